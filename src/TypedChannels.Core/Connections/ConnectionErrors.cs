namespace TypedChannels;

/// <summary>What can go wrong with a connection, or with one of its messages.</summary>
public enum ConnectionErrors
{
    /// <summary>The connection is closed, or is closing.</summary>
    NotAlive = 0,

    /// <summary>The text is not JSON, is nested too deeply, or is followed by more data.</summary>
    InvalidJson,

    /// <summary>JSON, but not an object with a string <c>channel</c> and an object <c>message</c>, each at most once.</summary>
    InvalidEnvelope,

    /// <summary>A channel that this side does not receive.</summary>
    UnknownChannel,

    /// <summary>A message that does not fit its channel's record.</summary>
    InvalidMessage,

    /// <summary>Longer than the channel's own limit; or, sent, longer than the whole send queue.</summary>
    MessageTooLarge,

    /// <summary>A channel that this side receives, but nobody handles. Not told to the sender.</summary>
    NoHandler,

    /// <summary>A handler failed. The sender is told the code only.</summary>
    HandlerFailed,

    /// <summary>The send queue is full.</summary>
    QueueFull,

    /// <summary>More messages than the limit allows.</summary>
    RateLimited,
}
