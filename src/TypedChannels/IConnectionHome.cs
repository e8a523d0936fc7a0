namespace TypedChannels;

/// <summary>What a connection tells its server, which alone knows its full type.</summary>
internal interface IConnectionHome
{
    /// <summary>The server's handlers of channels whose names are known only at run time.</summary>
    RuntimeChannels RuntimeChannels { get; }

    /// <summary>The event of a channel that the contract has the server receive; null: it has none such.</summary>
    string? EventOf(string channel);

    /// <summary>
    /// The connection is open: it joins the receivers as its ready message is queued, and the connect event's handlers run.
    /// </summary>
    ValueTask OpenedAsync(IServerConnection connection);

    /// <summary>The connection is no longer alive.</summary>
    void Left(IServerConnection connection);

    /// <summary>A message could not be processed. Does not throw.</summary>
    void MessageFailed(IServerConnection connection, MessageError error);

    /// <summary>The connection has ended. Does not throw.</summary>
    ValueTask ClosedAsync(IServerConnection connection, Disconnect disconnect);
}

/// <summary>A server's connection, whatever its properties.</summary>
internal interface IServerConnection
{
    /// <summary>The connection without its types.</summary>
    ChannelConnection Core { get; }

    /// <summary>Where the registry keeps the connection; -1 where it does not.</summary>
    int RegistryIndex { get; set; }

    /// <summary>Whether the connect event told of it; otherwise the disconnect event does not either.</summary>
    bool IsKnown { get; set; }
}
