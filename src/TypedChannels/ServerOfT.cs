using System.Text.Json.Serialization.Metadata;

namespace TypedChannels;

/// <summary>A server of typed connections. Its typed members are generated. Safe for concurrent use.</summary>
/// <typeparam name="TConnection">The generated connection type.</typeparam>
/// <typeparam name="TProps">The type of each connection's own properties.</typeparam>
/// <param name="options">The options; <see langword="null"/> for the defaults.</param>
/// <remarks>
/// Handlers may be attached and detached at any time, inside handlers too. What is being handled keeps the handlers that it began with;
/// a change counts from the next message or event on. An attached handler that is attached again runs twice.
/// </remarks>
public abstract class Server<TConnection, TProps>(ServerOptions? options) : Server(options), IConnectionHome
    where TConnection : Connection<TProps>
    where TProps : class
{
    private readonly ConnectionRegistry<TConnection> _registry = new();
    private readonly RuntimeChannels _runtimeChannels = new();
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

    /// <summary>Handles what any connection sends on a channel whose name is known only at run time.</summary>
    /// <typeparam name="TMessage">What its messages are read as.</typeparam>
    /// <param name="channel">
    /// The channel's name: 1 to 128 bytes of UTF-8, without control characters, not beginning with <c>_system:</c>.
    /// </param>
    /// <param name="typeInfo">
    /// How to read the messages. How strict that is (null, missing and double members) is its options' affair: that of a generated
    /// <c>ChannelJsonContext</c> is as strict as the channels of a contract.
    /// </param>
    /// <param name="handler">Runs before the connection's own handlers.</param>
    /// <returns>Disposing of it removes this handler and no other; a message that is being handled may still reach it.</returns>
    /// <remarks>
    /// All handlers are awaited one by one; the first that fails ends the message with <see cref="ConnectionErrors.HandlerFailed"/>.
    /// Each reads the message for itself, before the first runs: one that does not fit all of them is
    /// <see cref="ConnectionErrors.InvalidMessage"/> and reaches none. A name without a handler is
    /// <see cref="ConnectionErrors.UnknownChannel"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// No channel may be called so, or the contract has the server receive it: that channel has an event of its own.
    /// </exception>
    public IDisposable On<TMessage>(string channel, JsonTypeInfo<TMessage> typeInfo, ChannelHandler<TConnection, TMessage> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _runtimeChannels.Add(
            channel, EventOf, typeInfo, (connection, message) => handler((TConnection)connection, message));
    }

    /// <summary>Sends to every live connection on a channel whose name is known only at run time.</summary>
    /// <typeparam name="TMessage">What is sent.</typeparam>
    /// <param name="channel">
    /// The channel's name: 1 to 128 bytes of UTF-8, without control characters, not beginning with <c>_system:</c>.
    /// </param>
    /// <param name="message">The message, which becomes a JSON object. The server may compress it where its options say so.</param>
    /// <param name="typeInfo">How to write it.</param>
    /// <param name="cancellationToken">Cancels before the message is queued.</param>
    /// <returns>A task that ends when every receiver's queue has the message.</returns>
    /// <exception cref="ArgumentException">No channel may be called so.</exception>
    /// <exception cref="System.Text.Json.JsonException">The message is written as something else than an object.</exception>
    /// <exception cref="ConnectionException">
    /// <see cref="ConnectionErrors.MessageTooLarge"/>: the message is longer than a whole send queue.
    /// </exception>
#pragma warning disable RS0026 // The two differ in what they require, so no call can mean both.
    public ValueTask EmitAsync<TMessage>(
        string channel, TMessage message, JsonTypeInfo<TMessage> typeInfo, CancellationToken cancellationToken = default) =>
        EmitAsync(RuntimeDescriptor.Of(channel, typeInfo), message, cancellationToken);

    /// <summary>Sends a message without members to every live connection on a channel whose name is known only at run time.</summary>
    /// <param name="channel">
    /// The channel's name: 1 to 128 bytes of UTF-8, without control characters, not beginning with <c>_system:</c>.
    /// </param>
    /// <param name="cancellationToken">Cancels before the message is queued.</param>
    /// <returns>A task that ends when every receiver's queue has the message.</returns>
    /// <exception cref="ArgumentException">No channel may be called so.</exception>
    /// <exception cref="ConnectionException">
    /// <see cref="ConnectionErrors.MessageTooLarge"/>: the message is longer than a whole send queue.
    /// </exception>
    public ValueTask EmitAsync(string channel, CancellationToken cancellationToken = default) =>
        EmitAsync(RuntimeDescriptor.OfEmpty(channel), default, cancellationToken);
#pragma warning restore RS0026

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

    /// <summary>Implemented by generated code: finds the event of a channel that the contract has the server receive.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <returns>The event's name, or <see langword="null"/>.</returns>
    protected virtual string? EventOf(string channel) => null;

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
            if (!OutboundQueue.CanEverTake(encoded.Length, Limits.SendQueueBytes))
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
        var props = CreateProps(handshake) ?? throw new InvalidOperationException("CreateProps has returned null.");
        var ticket = new ConnectionTicket(identifier, handshake, props, this, Limits, Services);
        return CreateConnection(ticket).Core;
    }

    RuntimeChannels IConnectionHome.RuntimeChannels => _runtimeChannels;

    string? IConnectionHome.EventOf(string channel) => EventOf(channel);

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
