namespace TypedChannels;

/// <summary>The typed side of a <see cref="ChannelConnection"/>: a server's connection, or a client.</summary>
internal interface IConnectionOwner
{
    /// <summary>The connection is open. No message is handled before the result is complete.</summary>
    ValueTask OpenedAsync();

    /// <summary>A message on one of the user's channels. The result ends when its handlers have.</summary>
    ValueTask DispatchAsync(ReceivedMessage received);

    /// <summary>A message on one of the framework's channels. False: there is no such channel on this side.</summary>
    bool HandleSystemMessage(ReceivedMessage received);

    /// <summary>A message could not be processed. Does not throw.</summary>
    void MessageFailed(MessageError error);

    /// <summary>The exception with which a send or a close fails on this side.</summary>
    Exception Failure(ConnectionErrors code, string message);

    /// <summary>Whether an exception is what a send or a close fails with once the connection is closed or closing.</summary>
    bool MeansNotAlive(Exception exception);

    /// <summary>
    /// The connection is no longer alive: no send succeeds from now on. May be told more than once, and by several threads.
    /// </summary>
    void Left();

    /// <summary>The connection has ended, and its last handler too. Does not throw.</summary>
    ValueTask ClosedAsync(Disconnect disconnect);
}
