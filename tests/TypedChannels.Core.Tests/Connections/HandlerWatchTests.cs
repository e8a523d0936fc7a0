namespace TypedChannels.Tests.Connections;

/// <summary>A handler that keeps an I/O thread is told of, once, and while it does.</summary>
public class HandlerWatchTests
{
    private readonly HandlerWatch _watch = new();
    private readonly Rig _rig = new();

    [Fact]
    public void A_handler_that_blocks_its_thread_is_told_of_once_while_it_does()
    {
        OnThread(() =>
        {
            var post = _watch.Enter(_rig.Connection, "slow")!;
            Look(TimeSpan.Zero);
            Look(HandlerWatch.Patience - TimeSpan.FromTicks(1));
            Assert.Empty(Told());
            Look(HandlerWatch.Patience);
            Look(HandlerWatch.Patience * 10);
            post.Leave();
            Look(HandlerWatch.Patience * 20);
        });
        Assert.Equal(["A handler of channel slow on connection test has blocked its I/O thread for 500 ms; all connections of that thread wait"], Told());
        Assert.Equal(1, _rig.Metrics["blocking_handlers slow"]);
    }

    [Fact]
    public void Each_that_blocks_is_told_of()
    {
        OnThread(() =>
        {
            for (var i = 0; i < 3; i++)
            {
                var post = _watch.Enter(_rig.Connection, "slow")!;
                Look(HandlerWatch.Patience * (2 * i));
                Look(HandlerWatch.Patience * ((2 * i) + 1));
                post.Leave();
            }
        });
        Assert.Equal(3, _rig.Metrics["blocking_handlers slow"]);
    }

    [Fact]
    public void Many_short_handlers_are_not_taken_for_a_long_one()
    {
        OnThread(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                Look(HandlerWatch.Patience * i);
                _watch.Enter(_rig.Connection, "short")!.Leave();
                _watch.Enter(_rig.Connection, "short")!.Leave();
                Look(HandlerWatch.Patience * i);
            }
        });
        Assert.Empty(Told());
    }

    [Fact]
    public void A_thread_that_serves_two_servers_is_told_of_by_the_one_whose_handler_blocks()
    {
        var other = new HandlerWatch();
        OnThread(() =>
        {
            other.Enter(new Rig().Connection, "before")!.Leave();
            other.Look(TimeSpan.Zero);
            var post = _watch.Enter(_rig.Connection, "slow")!;
            foreach (var time in (TimeSpan[])[TimeSpan.Zero, HandlerWatch.Patience])
            {
                other.Look(time);
                Look(time);
            }
            post.Leave();
        });
        Assert.Single(Told());
    }

    [Fact]
    public async Task A_thread_of_the_pool_may_be_blocked() =>
        Assert.Null(await Task.Run(() => _watch.Enter(_rig.Connection, "slow"), TestContext.Current.CancellationToken));

    private void Look(TimeSpan now) => _watch.Look(now);

    private string[] Told() => [.. _rig.Log.Where(line => line.Text.StartsWith("A handler", StringComparison.Ordinal)).Select(line => line.Text)];

    /// <summary>On a thread that is none of the pool, as those that wait for the kernel are.</summary>
    private static void OnThread(Action act)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                act();
            }
#pragma warning disable CA1031 // It fails the test, on the test's own thread.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
