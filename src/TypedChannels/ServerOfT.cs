namespace TypedChannels;

/// <summary>A server of typed connections. Its typed members are generated. Safe for concurrent use.</summary>
/// <typeparam name="TConnection">The generated connection type.</typeparam>
/// <typeparam name="TProps">The type of each connection's own properties.</typeparam>
/// <param name="options">The options; <see langword="null"/> for the defaults.</param>
public abstract class Server<TConnection, TProps>(ServerOptions? options) : Server(options), IConnectionHome
    where TConnection : Connection<TProps>
    where TProps : class
{
    private readonly ConnectionRegistry<TConnection> _registry = new();
    private ChannelHandler<TConnection>[]? _onConnect;
    private ChannelHandler<TConnection, Disconnect>[]? _onDisconnect;

    /// <summary>
    /// A client has connected, and its ready message is queued. Its messages are handled after
    /// these handlers, which are awaited. One that fails closes the connection with 1011.
    /// </summary>
    public event ChannelHandler<TConnection> OnConnect
    {
        add => ChannelHandlers.Add(ref _onConnect, value);
        remove => ChannelHandlers.Remove(ref _onConnect, value);
    }

    /// <summary>
    /// A connection has ended and left <see cref="Connections"/>. Runs before the connection's own handlers; awaited; a failure is logged.
    /// </summary>
    public event ChannelHandler<TConnection, Disconnect> OnDisconnect
    {
        add => ChannelHandlers.Add(ref _onDisconnect, value);
        remove => ChannelHandlers.Remove(ref _onDisconnect, value);
    }

    /// <summary>A message was received, but processing it failed. The connection goes on.</summary>
    public event Action<TConnection, MessageError>? OnMessageError;

    /// <summary>The live connections: a snapshot, safe to enumerate while clients come and go.</summary>
#pragma warning disable CA1819 // A snapshot is the caller's own.
    public IReadOnlyList<TConnection> Connections => _registry.Snapshot();
#pragma warning restore CA1819

    /// <inheritdoc/>
    public override int ConnectionCount => _registry.Count;

    /// <summary>Finds a live connection.</summary>
    /// <param name="identifier">Its <see cref="Connection{TProps}.Identifier"/>.</param>
    /// <returns>The connection, or <see langword="null"/>.</returns>
    public TConnection? GetConnection(string identifier) => _registry.Find(identifier);

    /// <summary>Whether a connection is live.</summary>
    /// <param name="identifier">Its <see cref="Connection{TProps}.Identifier"/>.</param>
    /// <returns>Whether it is.</returns>
    public bool ConnectionExists(string identifier) => _registry.Find(identifier) is not null;

    /// <summary>
    /// Makes the properties of a new connection. Generated for a type that can
    /// be made by <c>new()</c>; override it to make them from the handshake.
    /// </summary>
    /// <param name="handshake">The client's request.</param>
    /// <returns>The properties.</returns>
    protected abstract TProps CreateProps(HandshakeContext handshake);

    /// <summary>Implemented by generated code.</summary>
    /// <param name="ticket">What the connection's constructor takes.</param>
    /// <returns>The connection.</returns>
    protected abstract TConnection CreateConnection(ConnectionTicket ticket);

    /// <summary>Called by generated code: sends to every live connection.</summary>
    /// <typeparam name="TMessage">The channel's record.</typeparam>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels before the message is queued.</param>
    /// <returns>A task that ends when every receiver's queue has the message.</returns>
    protected ValueTask EmitAsync<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channel);
        ArgumentNullException.ThrowIfNull(message);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (EncodedMessage.TryEncode(channel, message, Services.Buffers, out var encoded) is { } thrown)
            return ValueTask.FromException(thrown);
        try
        {
            // What no queue can ever take is the caller's fault, and no client is slow for it.
            if (!OutboundQueue.CanEverTake(encoded, Limits.SendQueueBytes))
                return ValueTask.FromException(ConnectionException.TooLarge());
            _registry.Broadcast(encoded);
        }
        finally
        {
            encoded.Release();
        }
        return default;
    }

    private protected sealed override ChannelConnection Connect(HandshakeContext handshake, string identifier)
    {
        var ticket = new ConnectionTicket(identifier, handshake, CreateProps(handshake), this, Limits, Services);
        return CreateConnection(ticket).Core;
    }

    async ValueTask IConnectionHome.OpenedAsync(IServerConnection connection)
    {
        var self = (TConnection)connection;
        if (!_registry.TryJoin(self, SystemMessages.Ready(Services.Buffers)))
            return;
        connection.IsKnown = true;
        foreach (var handler in _onConnect ?? [])
            await handler(self).ConfigureAwait(false);
    }

    void IConnectionHome.Left(IServerConnection connection) => _registry.Remove((TConnection)connection);

    void IConnectionHome.MessageFailed(IServerConnection connection, MessageError error) =>
        EventSequence.Run(
            OnMessageError, handler => handler((TConnection)connection, error), Logger, connection.Core.Identifier, "MessageError");

    async ValueTask IConnectionHome.ClosedAsync(IServerConnection connection, Disconnect disconnect)
    {
        foreach (var handler in _onDisconnect ?? [])
        {
            ChannelHandler<Disconnect> bound = told => handler((TConnection)connection, told);
            await EventSequence.RunAsync([bound], disconnect, Logger, connection.Core.Identifier, "Disconnect").ConfigureAwait(false);
        }
    }
}
