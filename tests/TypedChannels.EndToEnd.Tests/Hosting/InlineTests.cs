namespace TypedChannels.Tests.Hosting;

/// <summary>HandlerScheduling.Inline, which holds for a whole process.</summary>
public class InlineTests
{
    private const string Ask = """{"channel":"ask","message":{}}""";
    private const string Block = """{"channel":"block","message":{}}""";

    [Fact]
    public async Task Handlers_begin_on_an_io_thread_and_one_that_blocks_it_is_told_of_with_its_channel()
    {
        await using var process = new ChildProcess(
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(InlineServer).Assembly.Location]);
        var port = int.Parse(await process.LineAfterAsync("Port: "), System.Globalization.CultureInfo.InvariantCulture);
        await using var client = await WireClient.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/"), process);
        await client.NextAsync();

        // A connection is accepted on the pool, and what has come before that thread waits is read there.
        var (answer, asked) = (Told(isPool: true), 0);
        for (; answer != Told(isPool: false) && asked < 100; asked++)
        {
            await client.SendAsync(Ask);
            answer = await client.NextAsync();
            // Having waited, a handler goes on where any other code would.
            Assert.Equal(Told(isPool: true), await client.NextAsync());
        }
        Assert.InRange(asked, 1, 99);

        // What comes while a handler's rest still runs on the pool is read there too: it is told, and asked again.
        var told = process.LineAfterAsync("A handler");
        Task<string?> answered;
        var blocked = 0;
        do
        {
            await client.SendAsync(Block);
            answered = client.NextAsync();
            blocked++;
        }
        while (await Task.WhenAny((Task)told, answered) == answered && await answered == Told(isPool: true) && blocked < 100);
        // The answer comes two seconds after the report.
        Assert.Contains("of channel block", await told, StringComparison.Ordinal);
        Assert.Equal(Told(isPool: false), await answered);
    }

    private static string Told(bool isPool) => $$$"""{"channel":"told","message":{"isPool":{{{(isPool ? "true" : "false")}}}}}""";
}
