namespace TypedChannels.Tests.Hostile;

/// <summary>Handlers that a message brings down.</summary>
public class JsonHandlersTests
{
    private const string Tick = """{"channel":"tick","message":{}}""";

    public static TheoryData<string, Func<ValueTask>> Failures => new()
    {
        { "at once", () => throw new InvalidOperationException("secret") },
        { "later", async () => { await Task.Yield(); throw new InvalidOperationException("secret"); } },
        { "cancelled at once", () => throw new OperationCanceledException("secret") },
        { "cancelled later", async () => { await Task.Yield(); throw new OperationCanceledException("secret"); } },
        { "a cancelled task", () => new ValueTask(Task.FromCanceled(new CancellationToken(canceled: true))) },
        { "short of stack", () => throw new InsufficientExecutionStackException("secret") },
        { "a message of its own that cannot be read", () => throw new System.Text.Json.JsonException("secret") },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task J22_A_handler_that_fails_costs_its_message_and_tells_the_sender_only_that(string how, Func<ValueTask> fail)
    {
        Assert.NotEmpty(how);
        await using var attack = await Attack.StartAsync(prepare: server => server.OnTick += (_, _) => fail());
        await attack.RefusesAsync(Tick, ConnectionErrors.HandlerFailed, "tick");
        await attack.RefusesAsync(Tick, ConnectionErrors.HandlerFailed, "tick");
    }
}
