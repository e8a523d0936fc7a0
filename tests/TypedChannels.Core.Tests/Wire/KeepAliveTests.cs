using Microsoft.Extensions.Time.Testing;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §5.5.2")]
public class KeepAliveTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PongTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private readonly FakeTimeProvider clock = new();
    private readonly long start;
    private readonly KeepAlive keepAlive;

    public KeepAliveTests()
    {
        start = clock.GetTimestamp();
        clock.Advance(TimeSpan.FromHours(1));
        keepAlive = new KeepAlive(Interval, PongTimeout, Now);
    }

    private TimeSpan Now => clock.GetElapsedTime(start);

    [Fact]
    public void Pings_a_peer_that_was_silent_for_the_interval()
    {
        Assert.Equal(KeepAliveAction.None, keepAlive.Poll(Now));
        Assert.Equal(KeepAliveAction.None, PollAfter(Interval - Tick));
        Assert.Equal(KeepAliveAction.SendPing, PollAfter(Tick));
        Assert.Equal(KeepAliveAction.None, keepAlive.Poll(Now));
    }

    [Fact]
    public void Aborts_a_peer_whose_pong_does_not_come_in_time()
    {
        PollAfter(Interval);
        Assert.Equal(KeepAliveAction.None, PollAfter(PongTimeout - Tick));
        Assert.Equal(KeepAliveAction.Abort, PollAfter(Tick));
        Assert.Equal(KeepAliveAction.Abort, keepAlive.Poll(Now));
    }

    [Fact]
    public void Pings_again_an_interval_after_the_pong()
    {
        PollAfter(Interval);
        clock.Advance(PongTimeout - Tick);
        keepAlive.OnPong(Now);
        Assert.Equal(KeepAliveAction.None, PollAfter(Interval - Tick));
        Assert.Equal(KeepAliveAction.SendPing, PollAfter(Tick));
    }

    [Fact]
    public void Does_not_ping_a_peer_that_sends()
    {
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(KeepAliveAction.None, PollAfter(Interval - Tick));
            keepAlive.OnReceived(Now);
        }
        Assert.Equal(KeepAliveAction.SendPing, PollAfter(Interval));
    }

    [Fact]
    public void Aborts_a_peer_that_sends_but_does_not_answer_its_ping()
    {
        PollAfter(Interval);
        clock.Advance(PongTimeout - Tick);
        keepAlive.OnReceived(Now);
        Assert.Equal(KeepAliveAction.Abort, PollAfter(Tick));
    }

    [Fact]
    [Trait("RFC", "6455 §5.5.3")]
    public void Takes_an_unsolicited_pong_for_a_sign_of_life()
    {
        clock.Advance(Interval - Tick);
        keepAlive.OnPong(Now);
        Assert.Equal(KeepAliveAction.None, PollAfter(Interval - Tick));
        Assert.Equal(KeepAliveAction.SendPing, PollAfter(Tick));
    }

    [Fact]
    public void Says_when_to_poll_next()
    {
        Assert.Equal(Now + Interval, keepAlive.Due);
        PollAfter(Interval);
        Assert.Equal(Now + PongTimeout, keepAlive.Due);
        keepAlive.OnPong(Now);
        Assert.Equal(Now + Interval, keepAlive.Due);
    }

    [Fact]
    public void Does_not_count_the_time_in_which_this_side_does_not_read()
    {
        PollAfter(Interval);
        clock.Advance(PongTimeout - TimeSpan.FromSeconds(1));
        keepAlive.OnReadingPaused(Now);
        keepAlive.OnReadingPaused(Now);
        Assert.Equal(TimeSpan.MaxValue, keepAlive.Due);
        Assert.Equal(KeepAliveAction.None, PollAfter(TimeSpan.FromDays(1)));
        keepAlive.OnReadingResumed(Now);
        keepAlive.OnReadingResumed(Now);
        Assert.Equal(KeepAliveAction.None, PollAfter(TimeSpan.FromSeconds(1) - Tick));
        Assert.Equal(KeepAliveAction.Abort, PollAfter(Tick));
    }

    [Fact]
    public void Does_not_ping_while_this_side_does_not_read()
    {
        keepAlive.OnReadingPaused(Now);
        Assert.Equal(KeepAliveAction.None, PollAfter(Interval));
        keepAlive.OnReadingResumed(Now);
        Assert.Equal(KeepAliveAction.None, PollAfter(Interval - Tick));
        Assert.Equal(KeepAliveAction.SendPing, PollAfter(Tick));
    }

    [Fact]
    public void Gives_one_more_timeout_after_this_process_was_stopped()
    {
        PollAfter(Interval);
        Assert.Equal(KeepAliveAction.None, PollAfter(PongTimeout + TimeSpan.FromMinutes(1)));
        Assert.Equal(KeepAliveAction.None, PollAfter(PongTimeout - Tick));
        Assert.Equal(KeepAliveAction.Abort, PollAfter(Tick));
    }

    [Fact]
    public void Gives_no_more_than_one_such_timeout_a_ping()
    {
        PollAfter(Interval);
        PollAfter(PongTimeout + TimeSpan.FromMinutes(1));
        Assert.Equal(KeepAliveAction.Abort, PollAfter(PongTimeout + TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Gives_the_next_ping_such_a_timeout_again()
    {
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(KeepAliveAction.SendPing, PollAfter(Interval));
            Assert.Equal(KeepAliveAction.None, PollAfter(PongTimeout + TimeSpan.FromMinutes(1)));
            keepAlive.OnPong(Now);
        }
    }

    [Fact]
    public void Never_pings_with_an_infinite_interval()
    {
        var never = new KeepAlive(System.Threading.Timeout.InfiniteTimeSpan, PongTimeout, Now);
        never.OnReceived(Now);
        never.OnReadingPaused(Now);
        clock.Advance(TimeSpan.FromDays(1));
        never.OnReadingResumed(Now);
        Assert.Equal(TimeSpan.MaxValue, never.Due);
        Assert.Equal(KeepAliveAction.None, never.Poll(Now));
    }

    [Fact]
    public void Waits_for_ever_with_an_infinite_timeout()
    {
        var patient = new KeepAlive(Interval, System.Threading.Timeout.InfiniteTimeSpan, Now);
        clock.Advance(Interval);
        Assert.Equal(KeepAliveAction.SendPing, patient.Poll(Now));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(KeepAliveAction.None, patient.Poll(Now));
    }

    private KeepAliveAction PollAfter(TimeSpan span)
    {
        clock.Advance(span);
        return keepAlive.Poll(Now);
    }
}
