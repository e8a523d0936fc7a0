namespace TypedChannels;

/// <summary>How a connection ended.</summary>
/// <param name="Code">
/// The close code (RFC 6455 §7.4) of whichever side began: the peer's, 1005 where it gave none, or this side's own, such as 4408 for a slow
/// consumer; 1006 where the connection was lost before either began.
/// </param>
/// <param name="Reason">The close reason; empty where none was given.</param>
/// <param name="WasClean">Whether the closing handshake was completed (RFC 6455 §7.1.4).</param>
public sealed record Disconnect(int Code, string Reason, bool WasClean)
{
    /// <summary>
    /// How many messages had been accepted for sending and were not written when the connection ended. What was written may not have
    /// arrived all the same: nobody on this side can know.
    /// </summary>
    /// <value>0 or more.</value>
    public int Unsent { get; init; }

    /// <summary>Why a client that connects again by itself does so no longer: what its last attempt failed with.</summary>
    /// <value><see langword="null"/> where there was no attempt, and at a server.</value>
    public Exception? Exception { get; init; }
}
