namespace TypedChannels;

internal enum ClosingState
{
    /// <summary>No close frame either way.</summary>
    Open,

    /// <summary>This side's close frame is to be sent after what is queued; the peer's is awaited.</summary>
    CloseSent,

    /// <summary>Both sides' close frames are there, or about to be sent: end the TCP connection once all is flushed.</summary>
    Complete,

    /// <summary>The connection is gone.</summary>
    Lost,
}

/// <summary>How a connection ends: who sends a close frame, what the application is told, when waiting is over (RFC 6455 §7).</summary>
/// <remarks>
/// The close that comes first is the one that the application is told, whichever side it is from. Times are distances from any fixed
/// moment, on a clock that never goes back. Not safe for concurrent use.
/// </remarks>
/// <param name="timeout">How long the whole closing may take, from the first close frame to the end of the TCP connection.</param>
internal sealed class ClosingHandshake(TimeSpan timeout)
{
    // A peer that has sent nothing for so long after the close frame has nothing more under way. TCP answers data that
    // comes after its end with a reset, and a reset may overtake the close frame.
    private static readonly TimeSpan LingerTime = TimeSpan.FromMilliseconds(250);

    private bool _isFailed;
    private TimeSpan? _quietSince;

    public ClosingState State { get; private set; }

    /// <summary>The code for the application: 1006 where there was no close frame, 1005 where the peer's had no code.</summary>
    public CloseCode Code { get; private set; } = CloseCode.Abnormal;

    public string Reason { get; private set; } = "";

    /// <summary>RFC 6455 §7.1.4: whether both close frames were there before the connection was gone, and no rule was broken.</summary>
    public bool WasClean { get; private set; }

    /// <summary>RFC 6455 §5.5.1: the answer to the peer's close echoes its code, or has none (1005).</summary>
    public CloseCode AnswerCode => Code;

    /// <summary>When to abort; null while nothing is closing, or nothing is left to abort.</summary>
    public TimeSpan? Deadline { get; private set; }

    public bool IsOverdue(TimeSpan now) => now >= Deadline;

    /// <summary>This side closes. True if its close frame is now to be sent: at most one ever is (RFC 6455 §5.5.1).</summary>
    public bool TryBegin(CloseCode code, string reason, TimeSpan now)
    {
        if (State != ClosingState.Open)
            return false;
        First(code, reason, now);
        State = ClosingState.CloseSent;
        return true;
    }

    /// <summary>RFC 6455 §7.1.7: the peer broke a rule. True if a close frame with this code is now to be sent.</summary>
    /// <remarks>
    /// Whatever the peer sends is ignored from here on, its close frame too: the end is its FIN, its silence or the deadline.
    /// </remarks>
    public bool TryFail(CloseCode code, string reason, TimeSpan now)
    {
        _isFailed = true;
        return TryBegin(code, reason, now);
    }

    /// <summary>The peer's close frame came. True if it is now to be answered with <see cref="AnswerCode"/> (RFC 6455 §5.5.1).</summary>
    public bool OnCloseReceived(CloseCode code, string reason, TimeSpan now)
    {
        if (State is ClosingState.Complete or ClosingState.Lost || _isFailed)
            return false;
        var mustAnswer = State == ClosingState.Open;
        if (mustAnswer)
            First(code, reason, now);
        State = ClosingState.Complete;
        WasClean = true;
        return mustAnswer;
    }

    /// <summary>The TCP connection has ended: a FIN after the closing, a reset, or an abort.</summary>
    public void OnConnectionLost()
    {
        State = ClosingState.Lost;
        Deadline = null;
    }

    /// <summary>Bytes came, of whatever kind.</summary>
    public void OnReceived(TimeSpan now) => _quietSince = _quietSince is null ? null : now;

    /// <summary>Whether nothing will come any more that would have to be read before TCP is closed.</summary>
    /// <remarks>Asked from the moment on when this side's close frame was handed to the transport, and again until it is so.</remarks>
    public bool IsLingerOver(TimeSpan now)
    {
        _quietSince ??= now;
        return (_isFailed || State == ClosingState.Complete) && now - _quietSince >= LingerTime;
    }

    private void First(CloseCode code, string reason, TimeSpan now)
    {
        (Code, Reason) = (code, reason);
        Deadline = now + timeout;
    }
}
