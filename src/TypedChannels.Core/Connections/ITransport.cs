namespace TypedChannels;

/// <summary>
/// What supplies a <see cref="ChannelConnection"/> with messages and takes its own: the frame codec over pipes, or the framework's
/// <c>WebSocket</c>. Pings and the closing handshake are its own affair. All members are safe for concurrent use and do not block.
/// </summary>
internal interface ITransport
{
    /// <summary>
    /// Writes a text message that nothing waits before, for the flush by the next <see cref="Wake"/> of this thread, which must come. False:
    /// not now.
    /// </summary>
    /// <param name="message">The whole message.</param>
    /// <param name="channel">What names its channel where messages are counted.</param>
    bool TryWrite(ReadOnlySpan<byte> message, string channel);

    /// <summary>Messages wait in the connection's <see cref="OutboundQueue"/>: write them.</summary>
    void Wake();

    /// <summary>Begins the closing handshake (RFC 6455 §7.1.2) after what is queued; the first call counts.</summary>
    void BeginClose(CloseCode code, string reason);

    /// <summary>Drops the connection now.</summary>
    void Abort();

    /// <summary>Looks at the deadlines. Called by one periodic sweep over all connections.</summary>
    void Tick(TimeSpan now);
}
