namespace TypedChannels.Tests.Connections;

public class HandlerSequenceTests
{
    private readonly List<string> ran = [];

    [Fact]
    public async Task The_servers_handlers_run_before_the_connections()
    {
        var running = HandlerSequence.RunAsync("connection", "message", [First("s1"), First("s2")], [Then("c1"), Then("c2")]);
        Assert.True(running.IsCompletedSuccessfully);
        await running;
        Assert.Equal(["s1 connection message", "s2 connection message", "c1 message", "c2 message"], ran);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_handler_is_awaited_before_the_next_begins(int slow)
    {
        var gate = new TaskCompletionSource();
        var running = HandlerSequence.RunAsync(
            "c", "m", [First("0", Until(0)), First("1", Until(1))], [Then("2", Until(2)), Then("3", Until(3))]);
        Assert.False(running.IsCompleted);
        Assert.Equal(slow + 1, ran.Count);
        gate.SetResult();
        await running;
        Assert.Equal(4, ran.Count);

        Task? Until(int handler) => handler == slow ? gate.Task : null;
    }

    [Fact]
    public async Task Every_handler_may_be_slow()
    {
        await HandlerSequence.RunAsync(
            "c", "m", [Yielding("0"), Yielding("1")],
            [async m => { await Task.Yield(); ran.Add("2"); }, async m => { await Task.Yield(); ran.Add("3"); }]);
        Assert.Equal(["0", "1", "2", "3"], ran);

        ChannelHandler<string, string> Yielding(string name) => async (c, m) => { await Task.Yield(); ran.Add(name); };
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_that_throws_ends_the_message(bool atOnce)
    {
        ChannelHandler<string, string> failing = atOnce ? (_, _) => throw new FormatException() : async (_, _) => { await Task.Yield(); throw new FormatException(); };
        await Assert.ThrowsAsync<FormatException>(async () => await HandlerSequence.RunAsync("c", "m", [First("s1"), failing, First("s2")], [Then("c1")]));
        Assert.Equal(["s1 c m"], ran);
    }

    [Fact]
    public async Task A_cancelled_handler_ends_the_message()
    {
        ChannelHandler<string> cancelled = _ => ValueTask.FromCanceled(new CancellationToken(canceled: true));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await HandlerSequence.RunAsync("c", "m", [First("s1")], [Then("c1"), cancelled, Then("c2")]));
        Assert.Equal(["s1 c m", "c1 m"], ran);
    }

    [Fact]
    public async Task Handlers_of_an_event_run_one_by_one_and_the_first_failure_ends_it()
    {
        await Assert.ThrowsAsync<FormatException>(async () =>
            await HandlerSequence.RunAsync("m", [Then("1"), async _ => { await Task.Yield(); throw new FormatException(); }, Then("2")]));
        Assert.Equal(["1 m"], ran);
    }

    [Fact]
    public async Task Handlers_of_a_logged_event_all_run_whatever_fails()
    {
        var rig = new Rig();
        await EventSequence.RunAsync(
            [
                Then("1"),
                _ => throw new FormatException(),
                async _ => { await Task.Yield(); throw new FormatException(); },
                _ => ValueTask.FromCanceled(new(true)),
                Then("2"),
            ],
            "m", rig, "c", "Disconnect");
        Assert.Equal(["1 m", "2 m"], ran);
        Assert.Equal(3, rig.Log.Count);
        await EventSequence.RunAsync(null, "m", rig, "c", "Disconnect");
    }

    [Fact]
    public void Handlers_of_a_synchronous_event_all_run_whatever_fails()
    {
        var rig = new Rig();
        var handlers = (Action<string>)ran.Add + (_ => throw new FormatException()) + ran.Add;
        EventSequence.Run(handlers, handler => handler("m"), rig, "c", "MessageError");
        EventSequence.Run<Action<string>>(null, handler => handler("m"), rig, "c", "MessageError");
        Assert.Equal(["m", "m"], ran);
        Assert.Single(rig.Log);
    }

    private ChannelHandler<string, string> First(string name, Task? until = null) => (connection, message) =>
    {
        ran.Add($"{name} {connection} {message}");
        return until is null ? default : new ValueTask(until);
    };

    private ChannelHandler<string> Then(string name, Task? until = null) => message =>
    {
        ran.Add($"{name} {message}");
        return until is null ? default : new ValueTask(until);
    };
}
