namespace TypedChannels.Tests.Connections;

public class ClosingTests
{
    private static readonly Disconnect Clean = new(1000, "bye", true);

    [Fact]
    public async Task Closing_ends_when_the_transport_is_over()
    {
        var rig = new Rig().Open();
        var closing = rig.Connection.CloseAsync(4000, "enough").AsTask();
        Assert.Equal(((CloseCode)4000, "enough"), await rig.Transport.CloseBegun);
        Assert.False(closing.IsCompleted);
        Assert.False(rig.Connection.IsAlive);
        rig.Connection.TransportClosed(Clean);
        await closing.Soon();
        await rig.Connection.Finished.Soon();
        Assert.Same(Clean, rig.Disconnect);
    }

    [Fact]
    public async Task Closing_joins_a_close_that_has_begun_and_fails_after_it()
    {
        var rig = new Rig().Open();
        var first = rig.Connection.CloseAsync(4000, "first").AsTask();
        var second = rig.Connection.CloseAsync(4001, "second").AsTask();
        Assert.Equal(((CloseCode)4000, "first"), await rig.Transport.CloseBegun);
        rig.Connection.TransportClosed(Clean);
        await Task.WhenAll(first, second).Soon();
        var failure = await Assert.ThrowsAsync<ConnectionException>(async () => await rig.Connection.CloseAsync(1000, ""));
        Assert.Equal(ConnectionErrors.NotAlive, failure.Code);
        Assert.False(rig.Connection.BeginClose(CloseCode.Normal, ""));
    }

    [Fact]
    public async Task Closing_inside_a_handler_completes_and_drops_what_comes_later()
    {
        var rig = new Rig();
        var handled = new List<string>();
        var closed = new TaskCompletionSource();
        rig.Handlers = [async note =>
        {
            handled.Add(note.Text);
            if (note.Text != "close")
                return;
            await rig.Connection.CloseAsync(1000, "");
            closed.SetResult();
        }];
        rig.Open();
        rig.Receive("before");
        rig.Receive("close");
        rig.Receive("after");
        Assert.Equal(CloseCode.Normal, (await rig.Transport.CloseBegun).Code);
        rig.Connection.TransportClosed(Clean);
        await closed.Task.Soon();
        await rig.Connection.Finished.Soon();
        Assert.Equal(["before", "close"], handled);
    }

    [Fact]
    public async Task Closing_drops_what_waited_for_its_handler()
    {
        var rig = new Rig();
        var gate = new TaskCompletionSource();
        var handled = new List<string>();
        rig.Handlers = [async note => { handled.Add(note.Text); await gate.Task; }];
        rig.Open();
        rig.Receive("0");
        rig.Receive("1");
        rig.Receive("2");
        rig.Connection.BeginClose(CloseCode.GoingAway, "");
        rig.Connection.TransportClosed(Clean);
        Assert.False(rig.Connection.Finished.IsCompleted);
        gate.SetResult();
        await rig.Connection.Finished.Soon();
        Assert.Equal(["0"], handled);
        Assert.Contains(rig.Log, entry => entry.Text.Contains("2 received messages not handled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_received_before_the_peers_close_is_still_handled_and_then_the_disconnect_event()
    {
        var gate = new TaskCompletionSource();
        var order = new List<string>();
        var rig = new Rig { Closing = _ => { order.Add("disconnect"); return default; } };
        rig.Handlers = [async note => { order.Add(note.Text); await gate.Task; }];
        rig.Open();
        rig.Receive("0");
        rig.Receive("1");
        rig.Connection.Leave();
        rig.Connection.TransportClosed(Clean);
        Assert.True(rig.Connection.Closed.IsCompleted);
        Assert.Equal(["0"], order);
        gate.SetResult();
        await rig.Connection.Finished.Soon();
        Assert.Equal(["0", "1", "disconnect"], order);
    }

    [Fact]
    public async Task The_disconnect_event_of_an_idle_connection_comes_at_once_and_is_awaited()
    {
        var gate = new TaskCompletionSource();
        var rig = new Rig { Closing = _ => new ValueTask(gate.Task) };
        rig.Open();
        rig.Connection.TransportClosed(Clean);
        Assert.NotNull(rig.Disconnect);
        Assert.False(rig.Connection.Finished.IsCompleted);
        gate.SetResult();
        await rig.Connection.Finished.Soon();
    }

    [Fact]
    public async Task A_failing_disconnect_event_does_not_keep_the_connection_from_finishing()
    {
        var rig = new Rig { Closing = _ => throw new FormatException() };
        rig.Open();
        rig.Connection.TransportClosed(Clean);
        await rig.Connection.Finished.Soon();
    }

    [Fact]
    public async Task The_disconnect_event_waits_no_longer_than_the_close_timeout_for_a_handler()
    {
        var rig = new Rig();
        var gate = new TaskCompletionSource();
        var handled = new List<string>();
        rig.Handlers = [async note => { handled.Add(note.Text); await gate.Task; }];
        rig.Open();
        rig.Receive("0");
        rig.Receive("1");
        rig.Connection.TransportClosed(Clean);
        rig.Advance(rig.Limits.CloseTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Null(rig.Disconnect);
        rig.Advance(TimeSpan.FromMilliseconds(1));
        await rig.Connection.Finished.Soon();
        Assert.Same(Clean, rig.Disconnect);
        // What waited is not handled any more, and the event does not come twice.
        gate.SetResult();
        Assert.Equal(["0"], handled);
        Assert.False(rig.Connection.IsHandling);
    }

    [Fact]
    public void A_handler_that_outlives_its_connection_is_logged_once()
    {
        var gate = new TaskCompletionSource();
        var rig = new Rig { Closing = _ => new ValueTask(gate.Task) };
        rig.Handlers = [_ => new ValueTask(gate.Task)];
        rig.Open();
        rig.Receive("0");
        rig.Connection.TransportClosed(Clean);
        for (var i = 0; i < 5; i++)
            rig.Advance(rig.Limits.CloseTimeout);
        Assert.Single(rig.Log, entry => entry.Text.Contains("still runs", StringComparison.Ordinal));
    }

    [Fact]
    public void Deadlines_are_the_transports_until_it_is_over()
    {
        var rig = new Rig().Open();
        rig.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([rig.Time.Elapsed], rig.Transport.Ticks);
        rig.Connection.TransportClosed(Clean);
        rig.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(rig.Transport.Ticks);
    }

    [Fact]
    public async Task Whoever_learns_of_the_end_finds_the_connection_left_and_its_queue_closed()
    {
        var inLeft = new TaskCompletionSource();
        var goOn = new TaskCompletionSource();
        var left = 0;
        var rig = new Rig
        {
            // The first to leave is held up between the mark and what follows it.
            Leaving = () =>
            {
                if (Interlocked.Increment(ref left) != 1)
                    return;
                inLeft.SetResult();
                goOn.Task.Soon().Wait();
            },
        };
        rig.Open();
        var first = Task.Run(() => rig.Connection.BeginClose(CloseCode.Normal, ""));
        await inLeft.Task.Soon();
        rig.Connection.Leave();
        Assert.Equal(2, left);
        Assert.Equal(OutboundQueue.Outcome.Closed, rig.Connection.Outbound.TryEnqueue(SystemMessages.Ready()));
        goOn.SetResult();
        await first.Soon();
    }

    [Fact]
    public async Task Aborted_is_cancelled_when_the_transport_is_over_and_not_before()
    {
        var rig = new Rig().Open();
        var aborted = rig.Connection.Aborted;
        rig.Connection.BeginClose(CloseCode.Normal, "");
        Assert.False(aborted.IsCancellationRequested);
        var told = new TaskCompletionSource();
        using var registration = aborted.Register(told.SetResult);
        rig.Connection.TransportClosed(Clean);
        await told.Task.Soon();
        Assert.True(rig.Connection.Aborted.IsCancellationRequested);
    }

    [Fact]
    public void Aborted_that_is_asked_for_late_is_cancelled_already()
    {
        var rig = new Rig().Open();
        rig.Connection.TransportClosed(Clean);
        Assert.True(rig.Connection.Aborted.IsCancellationRequested);
    }

    [Fact]
    public async Task What_Aborteds_callbacks_throw_is_logged()
    {
        var rig = new Rig();
        var logged = new TaskCompletionSource();
        rig.Logged = text => { if (text.Contains("Aborted", StringComparison.Ordinal)) logged.SetResult(); };
        rig.Open();
        using var registration = rig.Connection.Aborted.Register(() => throw new FormatException());
        rig.Connection.TransportClosed(Clean);
        await logged.Task.Soon();
    }

    [Fact]
    public void Aborting_drops_the_transport_at_once()
    {
        var rig = new Rig().Open();
        rig.Connection.Abort();
        Assert.True(rig.Transport.IsAborted);
        Assert.False(rig.Connection.IsAlive);
    }

    [Fact]
    public void The_sweep_ticks_every_connection()
    {
        var rig = new Rig().Open();
        using (var sweeper = new Sweeper(rig.Time, TimeSpan.FromSeconds(1)))
        {
            sweeper.Add(rig.Connection);
            Assert.Equal([rig.Connection], sweeper.Connections);
            rig.Time.Advance(TimeSpan.FromSeconds(3));
            Assert.Equal(3, rig.Transport.Ticks.Count);
            sweeper.Remove(rig.Connection);
            rig.Time.Advance(TimeSpan.FromSeconds(3));
            Assert.Equal(3, rig.Transport.Ticks.Count);
            sweeper.Add(rig.Connection);
        }
        rig.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(3, rig.Transport.Ticks.Count);
    }

    [Theory]
    [InlineData(15_000, 10_000, 5_000, 200)]
    [InlineData(15_000, 400, 5_000, 100)]
    [InlineData(15_000, 10_000, 8, 10)]
    public void Deadlines_are_looked_at_often_enough(int pingInterval, int pingTimeout, int closeTimeout, int expected) =>
        Assert.Equal(expected, new ConnectionLimits
        {
            PingInterval = TimeSpan.FromMilliseconds(pingInterval),
            PingTimeout = TimeSpan.FromMilliseconds(pingTimeout),
            CloseTimeout = TimeSpan.FromMilliseconds(closeTimeout),
        }.SweepInterval.TotalMilliseconds);

    [Theory]
    [InlineData(999)]
    [InlineData(1002)]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(1015)]
    [InlineData(2999)]
    [InlineData(5000)]
    public void An_application_cannot_close_with_the_protocols_own_codes(int code) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CloseArguments.Check(code, ""));

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(1008)]
    [InlineData(1011)]
    [InlineData(3000)]
    [InlineData(4999)]
    public void An_application_closes_with_its_own_codes_and_a_reason_of_123_bytes(int code)
    {
        CloseArguments.Check(code, new string('x', 121) + "é");
        Assert.Throws<ArgumentException>(() => CloseArguments.Check(code, new string('x', 122) + "é"));
        Assert.Throws<ArgumentNullException>(() => CloseArguments.Check(code, null!));
    }
}
