using System.Net;
using System.Security.Claims;
using System.Text.Json.Serialization.Metadata;

namespace TypedChannels;

/// <summary>One client's connection at the server. Its typed members are generated. Safe for concurrent use.</summary>
/// <typeparam name="TProps">The type of the connection's own properties.</typeparam>
/// <remarks>
/// Handlers may be attached and detached at any time, inside handlers too. What is being handled keeps the handlers that it began with;
/// a change counts from the next message or event on. An attached handler that is attached again runs twice.
/// </remarks>
public abstract class Connection<TProps> : IServerConnection, IConnectionOwner
    where TProps : class
{
    private readonly IConnectionHome _home;
    private ChannelHandler<Disconnect>[]? _onDisconnect;
    private RuntimeChannels? _runtimeChannels;

    /// <summary>Called by generated code.</summary>
    /// <param name="ticket">What the server hands out.</param>
    protected Connection(ConnectionTicket ticket)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        _home = ticket.Home;
        Handshake = ticket.Handshake;
        Props = (TProps)ticket.Props;
        Core = new ChannelConnection(this, ticket.Identifier, ticket.Limits, ticket.Services);
    }

    /// <summary>
    /// The connection has ended. Its handlers are awaited, after the last message's; when they run, it has left the server's connections.
    /// </summary>
    /// <remarks>
    /// Told once, after the server's own handlers, which may still attach some here. Sends and <see cref="DisconnectAsync"/> fail with
    /// <see cref="ConnectionErrors.NotAlive"/> by then, and <see cref="Aborted"/> is cancelled. A failure is logged.
    /// </remarks>
    public event ChannelHandler<Disconnect> OnDisconnect
    {
        add => ChannelHandlers.Add(ref _onDisconnect, value);
        remove => ChannelHandlers.Remove(ref _onDisconnect, value);
    }

    /// <summary>A message was received, but processing it failed. The connection goes on.</summary>
    public event Action<MessageError>? OnMessageError;

    /// <summary>The application's own properties of this connection.</summary>
    public TProps Props { get; set; }

    /// <summary>Names this connection: 128 random bits in hexadecimal, never used again.</summary>
    public string Identifier => Core.Identifier;

    /// <summary>Whether the connection is open: neither side has begun to close it.</summary>
    public bool IsAlive => Core.IsAlive;

    /// <summary>Cancelled when the connection has ended.</summary>
    public CancellationToken Aborted => Core.Aborted;

    /// <summary>The request that opened the connection.</summary>
    public HandshakeContext Handshake { get; }

    /// <summary>Who the application's authentication says the client is.</summary>
    public ClaimsPrincipal User => Handshake.User;

    /// <summary>Where the client connects from.</summary>
    public IPEndPoint? RemoteEndPoint => Handshake.RemoteEndPoint;

    internal ChannelConnection Core { get; }

    ChannelConnection IServerConnection.Core => Core;

    int IServerConnection.RegistryIndex { get; set; } = -1;

    bool IServerConnection.IsKnown { get; set; }

    /// <summary>Closes the connection: what is queued is sent, what is received from now on is dropped.</summary>
    /// <param name="code">The close code: 1000, 1001, 1008, 1011, or 3000 to 4999 (RFC 6455 §7.4.2). Default 1000.</param>
    /// <param name="reason">The close reason: at most 123 bytes of UTF-8 (RFC 6455 §5.5.1).</param>
    /// <returns>A task that ends when the closing handshake is done, or the close timeout has cut it; inside a handler too.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code cannot be given by an application.</exception>
    /// <exception cref="ArgumentException">The reason is too long.</exception>
    /// <exception cref="ConnectionException"><see cref="ConnectionErrors.NotAlive"/>: the connection is closed already.</exception>
    public ValueTask DisconnectAsync(int code = 1000, string reason = "")
    {
        CloseArguments.Check(code, reason);
        return Core.CloseAsync(code, reason);
    }

    /// <summary>Handles what this connection sends on a channel whose name is known only at run time.</summary>
    /// <typeparam name="TMessage">What its messages are read as.</typeparam>
    /// <param name="channel">
    /// The channel's name: 1 to 128 bytes of UTF-8, without control characters, not beginning with <c>_system:</c>.
    /// </param>
    /// <param name="typeInfo">
    /// How to read the messages. How strict that is (null, missing and double members) is its options' affair: that of a generated
    /// <c>ChannelJsonContext</c> is as strict as the channels of a contract.
    /// </param>
    /// <param name="handler">Runs after the server's handlers, and as long as the connection lives.</param>
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
    public IDisposable On<TMessage>(string channel, JsonTypeInfo<TMessage> typeInfo, ChannelHandler<TMessage> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return LazyInitializer.EnsureInitialized(ref _runtimeChannels, static () => new RuntimeChannels())
            .Add(channel, _home.EventOf, typeInfo, (_, message) => handler(message));
    }

    /// <summary>Sends to this connection on a channel whose name is known only at run time.</summary>
    /// <typeparam name="TMessage">What is sent.</typeparam>
    /// <param name="channel">
    /// The channel's name: 1 to 128 bytes of UTF-8, without control characters, not beginning with <c>_system:</c>.
    /// </param>
    /// <param name="message">The message, which becomes a JSON object. The server may compress it where its options say so.</param>
    /// <param name="typeInfo">How to write it.</param>
    /// <param name="cancellationToken">Gives up waiting for room in the queue.</param>
    /// <returns>A task that ends when the outbound queue has the message.</returns>
    /// <exception cref="ArgumentException">No channel may be called so.</exception>
    /// <exception cref="System.Text.Json.JsonException">The message is written as something else than an object.</exception>
    /// <exception cref="ConnectionException">The message was not queued.</exception>
#pragma warning disable RS0026 // The two differ in what they require, so no call can mean both.
    public ValueTask SendAsync<TMessage>(
        string channel, TMessage message, JsonTypeInfo<TMessage> typeInfo, CancellationToken cancellationToken = default) =>
        SendAsync(RuntimeDescriptor.Of(channel, typeInfo), message, cancellationToken);

    /// <summary>Sends a message without members to this connection on a channel whose name is known only at run time.</summary>
    /// <param name="channel">
    /// The channel's name: 1 to 128 bytes of UTF-8, without control characters, not beginning with <c>_system:</c>.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting for room in the queue.</param>
    /// <returns>A task that ends when the outbound queue has the message.</returns>
    /// <exception cref="ArgumentException">No channel may be called so.</exception>
    /// <exception cref="ConnectionException">The message was not queued.</exception>
    public ValueTask SendAsync(string channel, CancellationToken cancellationToken = default) =>
        SendAsync(RuntimeDescriptor.OfEmpty(channel), default, cancellationToken);
#pragma warning restore RS0026

    /// <summary>Called by generated code: sends on a channel.</summary>
    /// <typeparam name="TMessage">The channel's record.</typeparam>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up waiting for room in the queue.</param>
    /// <returns>A task that ends when the outbound queue has the message.</returns>
    /// <exception cref="ConnectionException">The message was not queued.</exception>
    protected ValueTask SendAsync<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return Core.Sending.SendAsync(channel, message, cancellationToken);
    }

    /// <summary>Implemented by generated code: finds the channel of a received message.</summary>
    /// <param name="received">The message.</param>
    /// <returns>A task that ends when the message's handlers have.</returns>
    protected abstract ValueTask DispatchAsync(ReceivedMessage received);

    /// <summary>Called by generated code: handles a message on a channel that the contract does not have the server receive.</summary>
    /// <param name="received">The message.</param>
    /// <returns>A task that ends when the message is handled or refused. It never fails.</returns>
    protected ValueTask UnknownAsync(ReceivedMessage received) => RuntimeChannels.HandleAsync(
        Core.Messages, received, this, _home.RuntimeChannels, Volatile.Read(ref _runtimeChannels));

    /// <summary>Called by generated code: reads a message and runs its handlers.</summary>
    /// <typeparam name="TConnection">The server's connection type.</typeparam>
    /// <typeparam name="TMessage">The channel's record.</typeparam>
    /// <param name="received">The message.</param>
    /// <param name="channel">Its channel.</param>
    /// <param name="self">This connection.</param>
    /// <param name="serverHandlers">The server's handlers, which run first.</param>
    /// <param name="handlers">The connection's handlers.</param>
    /// <returns>A task that ends when the handlers have. It never fails.</returns>
    protected ValueTask HandleAsync<TConnection, TMessage>(
        ReceivedMessage received,
        ChannelDescriptor<TMessage> channel,
        TConnection self,
        ChannelHandler<TConnection, TMessage>[]? serverHandlers,
        ChannelHandler<TMessage>[]? handlers)
        where TConnection : Connection<TProps>
    {
        ArgumentNullException.ThrowIfNull(channel);
        return Core.Messages.HandleAsync(received, channel, self, serverHandlers, handlers);
    }

    ValueTask IConnectionOwner.OpenedAsync() => _home.OpenedAsync(this);

    ValueTask IConnectionOwner.DispatchAsync(ReceivedMessage received) => DispatchAsync(received);

    // A client has nothing to say on the framework's channels yet.
    bool IConnectionOwner.HandleSystemMessage(ReceivedMessage received) => false;

    bool IConnectionOwner.MeansNotAlive(Exception exception) => exception is ConnectionException { Code: ConnectionErrors.NotAlive };

    void IConnectionOwner.Left() => _home.Left(this);

    Exception IConnectionOwner.Failure(ConnectionErrors code, string message) => new ConnectionException(code, message);

    void IConnectionOwner.MessageFailed(MessageError error)
    {
        _home.MessageFailed(this, error);
        Core.RaiseMessageError(OnMessageError, error);
    }

    async ValueTask IConnectionOwner.ClosedAsync(Disconnect disconnect)
    {
        if (!((IServerConnection)this).IsKnown)
            return;
        await _home.ClosedAsync(this, disconnect).ConfigureAwait(false);
        await Core.RaiseDisconnectAsync(_onDisconnect, disconnect).ConfigureAwait(false);
    }
}
