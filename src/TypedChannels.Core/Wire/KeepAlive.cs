namespace TypedChannels;

internal enum KeepAliveAction
{
    None,
    SendPing,

    /// <summary>No pong came in time: abort, since a close frame would not arrive either.</summary>
    Abort,
}

/// <summary>When to ping a peer, and when it is dead (RFC 6455 §5.5.2, §5.5.3).</summary>
/// <remarks>
/// A silent peer is pinged; from then on only its pong shows that it reads and answers. Times are distances from any fixed moment, on a
/// clock that never goes back. Not safe for concurrent use.
/// </remarks>
/// <param name="pingInterval">How long a peer may be silent before it is pinged; infinite: never.</param>
/// <param name="pingTimeout">How long after a ping its pong may take; infinite: for ever.</param>
/// <param name="now">When the connection began.</param>
internal sealed class KeepAlive(TimeSpan pingInterval, TimeSpan pingTimeout, TimeSpan now)
{
    private TimeSpan _due = After(now, pingInterval);
    private bool _isExtended;
    private TimeSpan? _pausedAt;

    /// <summary>Whether a ping is unanswered.</summary>
    public bool IsPongDue { get; private set; }

    /// <summary>Whether this side does not read, so that no time runs.</summary>
    public bool IsPaused => _pausedAt is not null;

    /// <summary>When <see cref="Poll"/> may next have something to do; <see cref="TimeSpan.MaxValue"/>: not by itself.</summary>
    public TimeSpan Due => IsPaused ? TimeSpan.MaxValue : _due;

    /// <summary>What is to be done now. A ping that is asked for counts as sent.</summary>
    public KeepAliveAction Poll(TimeSpan now)
    {
        if (now < Due)
            return KeepAliveAction.None;
        if (!IsPongDue)
        {
            IsPongDue = true;
            _isExtended = false;
            _due = After(now, pingTimeout);
            return KeepAliveAction.SendPing;
        }
        // A poll this late means that this process was stopped, or the machine asleep: the pong may lie unread,
        // so the ping gets one more timeout.
        if (!_isExtended && now - _due >= pingTimeout)
        {
            _isExtended = true;
            _due = After(now, pingTimeout);
            return KeepAliveAction.None;
        }
        return KeepAliveAction.Abort;
    }

    /// <summary>Bytes came, of whatever kind: the next ping can wait. They do not stand in for a pong that is due.</summary>
    public void OnReceived(TimeSpan now)
    {
        if (!IsPongDue)
            _due = After(now, pingInterval);
    }

    /// <summary>A pong came. Its payload does not matter: an unsolicited one (RFC 6455 §5.5.3) shows the same.</summary>
    public void OnPong(TimeSpan now)
    {
        IsPongDue = false;
        _due = After(now, pingInterval);
    }

    /// <summary>This side stops reading (its handlers do not keep up): a pong could not be seen, so its time does not run.</summary>
    public void OnReadingPaused(TimeSpan now) => _pausedAt ??= now;

    /// <summary>This side reads again: what time was left is left.</summary>
    public void OnReadingResumed(TimeSpan now)
    {
        if (_pausedAt is not { } since)
            return;
        _pausedAt = null;
        _due = After(_due, now - since);
    }

    private static TimeSpan After(TimeSpan start, TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan || start == TimeSpan.MaxValue ? TimeSpan.MaxValue : start + span;
}
