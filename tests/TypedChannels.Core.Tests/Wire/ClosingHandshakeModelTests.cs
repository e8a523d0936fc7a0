using CsCheck;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §7.1")]
public class ClosingHandshakeModelTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private enum Event
    {
        Begin,
        Fail,
        CloseReceived,
        Received,
        Linger,
        Lost,
    }

    private static readonly Gen<(Event Event, int Code, int Milliseconds)[]> Events =
        Gen.Select(Gen.Int[0, 5].Select(number => (Event)number), Gen.Int[4000, 4009], Gen.Int[0, 2_000]).Array[1, 30];

    [Fact]
    public void Any_order_of_events_sends_one_close_frame_and_tells_the_first_close() => Events.Sample(events =>
    {
        var closing = new ClosingHandshake(Timeout);
        var now = TimeSpan.FromSeconds(100);
        var sent = 0;
        bool isLost = false, isFailed = false, hasTheirs = false;
        (CloseCode Code, TimeSpan At)? first = null;
        foreach (var (happens, number, milliseconds) in events)
        {
            now += TimeSpan.FromMilliseconds(milliseconds);
            var code = (CloseCode)number;
            var mustSend = false;
            var mayCount = !isLost && first is null;
            switch (happens)
            {
                case Event.Begin:
                    mustSend = closing.TryBegin(code, "ours", now);
                    break;
                case Event.Fail:
                    mustSend = closing.TryFail(code, "a rule", now);
                    isFailed = true;
                    break;
                case Event.CloseReceived:
                    mustSend = closing.OnCloseReceived(code, "theirs", now);
                    mayCount &= !isFailed;
                    hasTheirs |= !isLost && !isFailed;
                    break;
                case Event.Received:
                    closing.OnReceived(now);
                    break;
                case Event.Linger:
                    Assert.False(closing.IsLingerOver(now) && !isFailed && closing.State != ClosingState.Complete);
                    break;
                case Event.Lost:
                    closing.OnConnectionLost();
                    isLost = true;
                    break;
            }
            if (mayCount && (happens is Event.Begin or Event.Fail or Event.CloseReceived))
                first = (code, now);
            sent += mustSend ? 1 : 0;
            Assert.Equal(first is null ? 0 : 1, sent);
            Assert.Equal(first?.Code ?? CloseCode.Abnormal, closing.Code);
            Assert.Equal(isLost ? null : first?.At + Timeout, closing.Deadline);
            Assert.Equal(hasTheirs, closing.WasClean);
            var state = isLost ? ClosingState.Lost
                : hasTheirs ? ClosingState.Complete
                : first is not null ? ClosingState.CloseSent : ClosingState.Open;
            Assert.Equal(state, closing.State);
        }
    });
}
