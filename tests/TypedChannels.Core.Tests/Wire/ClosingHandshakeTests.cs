namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §7.1")]
public class ClosingHandshakeTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private readonly ClosingHandshake closing = new(Timeout);

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    [Fact]
    public void Tells_1006_when_the_connection_is_lost_without_a_close()
    {
        Assert.Equal(ClosingState.Open, closing.State);
        closing.OnConnectionLost();
        AssertTold(CloseCode.Abnormal, "", wasClean: false);
        Assert.Equal(ClosingState.Lost, closing.State);
        Assert.Null(closing.Deadline);
    }

    [Fact]
    public void Answers_the_peers_close_with_its_code_and_tells_it()
    {
        Assert.True(closing.OnCloseReceived((CloseCode)4001, "bye", Start));
        Assert.Equal((CloseCode)4001, closing.AnswerCode);
        Assert.Equal(ClosingState.Complete, closing.State);
        AssertTold((CloseCode)4001, "bye", wasClean: true);
    }

    [Fact]
    public void Answers_a_close_without_a_code_without_a_code()
    {
        Assert.True(closing.OnCloseReceived(CloseCode.NoStatus, "", Start));
        Assert.Equal(CloseCode.NoStatus, closing.AnswerCode);
        AssertTold(CloseCode.NoStatus, "", wasClean: true);
    }

    [Fact]
    public void Begins_a_close_once_and_is_clean_once_the_peer_answered()
    {
        Assert.True(closing.TryBegin(CloseCode.Normal, "done", Start));
        Assert.Equal(ClosingState.CloseSent, closing.State);
        AssertTold(CloseCode.Normal, "done", wasClean: false);
        Assert.False(closing.TryBegin(CloseCode.GoingAway, "again", Start));

        Assert.False(closing.OnCloseReceived(CloseCode.GoingAway, "theirs", Start));
        Assert.Equal(ClosingState.Complete, closing.State);
        AssertTold(CloseCode.Normal, "done", wasClean: true);
        closing.OnConnectionLost();
        AssertTold(CloseCode.Normal, "done", wasClean: true);
    }

    [Fact]
    public void Lingers_after_a_violation_until_the_peer_has_been_silent_since_the_close_frame_was_sent()
    {
        closing.TryFail(CloseCode.ProtocolError, "", Start);
        Assert.False(closing.IsLingerOver(Start + Milliseconds(900)));
        closing.OnReceived(Start + Milliseconds(1000));
        Assert.False(closing.IsLingerOver(Start + Milliseconds(1249)));
        Assert.True(closing.IsLingerOver(Start + Milliseconds(1250)));
    }

    [Fact]
    public void Lingers_after_the_peers_close_was_answered_in_the_same_way()
    {
        closing.OnCloseReceived(CloseCode.Normal, "", Start);
        Assert.False(closing.IsLingerOver(Start));
        Assert.True(closing.IsLingerOver(Start + Milliseconds(250)));
    }

    [Fact]
    public void Waits_for_the_peers_close_however_silent_it_is()
    {
        closing.TryBegin(CloseCode.Normal, "", Start);
        Assert.False(closing.IsLingerOver(Start));
        Assert.False(closing.IsLingerOver(Start + Timeout));
    }

    [Fact]
    public void Ignores_a_second_close_of_the_peer()
    {
        closing.OnCloseReceived(CloseCode.Normal, "first", Start);
        Assert.False(closing.OnCloseReceived(CloseCode.GoingAway, "second", Start));
        AssertTold(CloseCode.Normal, "first", wasClean: true);
    }

    [Fact]
    public void Begins_nothing_after_the_peers_close()
    {
        closing.OnCloseReceived(CloseCode.Normal, "theirs", Start);
        Assert.False(closing.TryBegin(CloseCode.GoingAway, "ours", Start));
        Assert.False(closing.TryFail(CloseCode.ProtocolError, "ours", Start));
        AssertTold(CloseCode.Normal, "theirs", wasClean: true);
    }

    [Fact]
    public void Begins_and_answers_nothing_once_the_connection_is_lost()
    {
        closing.OnConnectionLost();
        Assert.False(closing.TryBegin(CloseCode.Normal, "late", Start));
        Assert.False(closing.TryFail(CloseCode.ProtocolError, "late", Start));
        Assert.False(closing.OnCloseReceived(CloseCode.Normal, "late", Start));
        AssertTold(CloseCode.Abnormal, "", wasClean: false);
    }

    [Fact]
    [Trait("RFC", "6455 §7.1.7")]
    public void Is_never_clean_after_a_violation()
    {
        Assert.True(closing.TryFail(CloseCode.ProtocolError, "A rule.", Start));
        Assert.Equal(ClosingState.CloseSent, closing.State);
        Assert.False(closing.OnCloseReceived(CloseCode.Normal, "", Start));
        Assert.Equal(ClosingState.CloseSent, closing.State);
        closing.OnConnectionLost();
        AssertTold(CloseCode.ProtocolError, "A rule.", wasClean: false);
    }

    [Fact]
    [Trait("RFC", "6455 §7.1.7")]
    public void Keeps_its_own_close_at_a_violation_while_the_answer_is_awaited()
    {
        closing.TryBegin(CloseCode.GoingAway, "stopping", Start);
        Assert.False(closing.TryFail(CloseCode.ProtocolError, "A rule.", Start));
        Assert.False(closing.OnCloseReceived(CloseCode.GoingAway, "", Start));
        AssertTold(CloseCode.GoingAway, "stopping", wasClean: false);
    }

    [Theory]
    [InlineData("begun")]
    [InlineData("failed")]
    [InlineData("received")]
    public void Is_overdue_a_timeout_after_the_first_close(string first)
    {
        Assert.Null(closing.Deadline);
        Assert.False(closing.IsOverdue(TimeSpan.MaxValue));
        _ = first switch
        {
            "begun" => closing.TryBegin(CloseCode.Normal, "", Start),
            "failed" => closing.TryFail(CloseCode.Normal, "", Start),
            _ => closing.OnCloseReceived(CloseCode.Normal, "", Start),
        };
        closing.OnCloseReceived(CloseCode.Normal, "", Start + TimeSpan.FromSeconds(3));
        Assert.Equal(Start + Timeout, closing.Deadline);
        Assert.False(closing.IsOverdue(Start + Timeout - TimeSpan.FromTicks(1)));
        Assert.True(closing.IsOverdue(Start + Timeout));
        closing.OnConnectionLost();
        Assert.False(closing.IsOverdue(Start + Timeout));
    }

    private void AssertTold(CloseCode code, string reason, bool wasClean) =>
        Assert.Equal((code, reason, wasClean), (closing.Code, closing.Reason, closing.WasClean));
}
