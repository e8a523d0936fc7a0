namespace TypedChannels;

/// <summary>What is due on a connection; see <see cref="TransportState.Poll"/>.</summary>
internal enum TransportAction
{
    None,
    SendPing,

    /// <summary>A message was begun and is not finished in time: close with 1008.</summary>
    FailSlowMessage,

    /// <summary>All that had to be read was read: stop reading, and end.</summary>
    EndReading,

    /// <summary>The peer is dead: abort.</summary>
    AbortDead,

    /// <summary>The closing handshake has had its time: abort.</summary>
    AbortUnclosed,
}

/// <summary>
/// Where a connection stands between open and gone, and until when what it waits for must come. Safe for concurrent use.
/// </summary>
internal sealed class TransportState(ConnectionLimits limits, TimeProvider time)
{
    private readonly ClosingHandshake _closing = new(limits.CloseTimeout);
    private readonly KeepAlive _keepAlive = new(limits.PingInterval, limits.PingTimeout, time.Elapsed);
    private TimeSpan? _unfinishedSince;
    private TimeSpan? _lostAt;
    private volatile bool _isReadingOver;
    private volatile bool _isComplete;

    // Meanwhile neither a pong nor a message's end can be seen, so the time for them does not run.
    private volatile bool _isHandling;
    private bool _isAborted;
    private bool _isEnded;

    /// <summary>Whether nothing more is to be read.</summary>
    public bool IsReadingOver => _isReadingOver;

    /// <summary>Whether both sides' close frames are there.</summary>
    public bool IsComplete => _isComplete;

    /// <summary>This side closes. True if its close frame is now to be sent.</summary>
    public bool TryBegin(CloseCode code, string reason)
    {
        lock (this)
            return _closing.TryBegin(code, reason, time.Elapsed);
    }

    /// <summary>The peer broke a rule. True if a close frame is now to be sent.</summary>
    public bool TryFail(Violation violation)
    {
        lock (this)
            return _closing.TryFail(violation.Code, violation.Reason, time.Elapsed);
    }

    /// <summary>The peer's close frame came. The result is the code to answer with; null: it is an answer itself.</summary>
    public CloseCode? OnCloseReceived(CloseCode code, string reason)
    {
        lock (this)
        {
            var mustAnswer = _closing.OnCloseReceived(code, reason, time.Elapsed);
            _isComplete = _closing.State == ClosingState.Complete;
            return mustAnswer ? _closing.AnswerCode : null;
        }
    }

    /// <summary>Bytes came, of whatever kind.</summary>
    public void OnReceived(TimeSpan now)
    {
        lock (this)
        {
            _keepAlive.OnReceived(now);
            _closing.OnReceived(now);
        }
    }

    /// <summary>Bytes came that are handled now, by handlers that may hold the thread that would read on. Called by the one reader.</summary>
    public void OnHandling(TimeSpan now)
    {
        lock (this)
        {
            _isHandling = true;
            _keepAlive.OnReceived(now);
            if (_keepAlive.IsPongDue)
                _keepAlive.OnReadingPaused(now);
            _closing.OnReceived(now);
        }
    }

    /// <summary>What came is handled. Called by the one reader.</summary>
    /// <param name="now">When it came. The clock is asked again only where the handlers' time is not the peer's.</param>
    /// <param name="hadMessage">Whether a message ended in it.</param>
    /// <param name="isBetweenMessages">Whether the peer has finished all that it began.</param>
    public void OnHandled(TimeSpan now, bool hadMessage, bool isBetweenMessages)
    {
        // Nobody else writes these meanwhile, so no lock is needed to see that they stay as they are.
        if (!isBetweenMessages || _unfinishedSince is not null || _keepAlive.IsPaused)
        {
            lock (this)
            {
                _keepAlive.OnReadingResumed(_keepAlive.IsPongDue ? time.Elapsed : now);
                _unfinishedSince = isBetweenMessages ? null : hadMessage ? time.Elapsed : _unfinishedSince ?? now;
            }
        }
        _isHandling = false;
    }

    public void OnPong()
    {
        lock (this)
            _keepAlive.OnPong(time.Elapsed);
    }

    public void OnReadingPaused()
    {
        lock (this)
            _keepAlive.OnReadingPaused(time.Elapsed);
    }

    public void OnReadingResumed()
    {
        lock (this)
            _keepAlive.OnReadingResumed(time.Elapsed);
    }

    /// <summary>The peer is gone, though not all that it sent is read.</summary>
    public void OnLost()
    {
        lock (this)
            _lostAt ??= time.Elapsed;
    }

    /// <summary>False: the transport is over. What carried its bytes may carry another connection's by now.</summary>
    public bool TryAbort()
    {
        lock (this)
        {
            if (_isEnded)
                return false;
            _isReadingOver = _isAborted = true;
            return true;
        }
    }

    /// <summary>The transport is over.</summary>
    /// <param name="isAnswered">Whether the peer's close frame was answered.</param>
    public Disconnect End(bool isAnswered)
    {
        lock (this)
        {
            _isEnded = true;
            _closing.OnConnectionLost();
            return new Disconnect((int)_closing.Code, _closing.Reason, _closing.WasClean && isAnswered);
        }
    }

    /// <summary>What is due now.</summary>
    /// <param name="now">The time.</param>
    /// <param name="blockedSince">Since when the peer takes nothing; null while it does.</param>
    /// <param name="isCloseFlushed">Whether the close frame has been handed to the transport.</param>
    public TransportAction Poll(TimeSpan now, TimeSpan? blockedSince, bool isCloseFlushed)
    {
        lock (this)
        {
            if (_isEnded || _isAborted)
                return TransportAction.None;
            if (_closing.State != ClosingState.Open)
            {
                if (_closing.IsOverdue(now))
                    return TransportAction.AbortUnclosed;
                _isReadingOver = isCloseFlushed && _closing.IsLingerOver(now);
                return _isReadingOver ? TransportAction.EndReading : TransportAction.None;
            }
            // A ping could not even be sent. This also ends a peer that is not read from, because its handler waits for room to send to it.
            if (now - blockedSince >= limits.PingInterval + limits.PingTimeout)
                return TransportAction.AbortDead;
            if (now - _lostAt >= limits.CloseTimeout)
                return TransportAction.AbortUnclosed;
            if (_isHandling)
                return TransportAction.None;
            if (now - _unfinishedSince >= limits.MessageTimeout)
                return TransportAction.FailSlowMessage;
            return _keepAlive.Poll(now) switch
            {
                KeepAliveAction.SendPing => TransportAction.SendPing,
                KeepAliveAction.Abort => TransportAction.AbortDead,
                _ => TransportAction.None,
            };
        }
    }
}
