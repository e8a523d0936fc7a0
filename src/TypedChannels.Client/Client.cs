using System.Text.Json.Serialization.Metadata;

namespace TypedChannels;

/// <summary>
/// A typed client. Its typed members are generated. It can be connected again once it is disconnected. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Handlers may be attached and detached at any time, inside handlers too. What is being handled keeps the handlers that it began with;
/// a change counts from the next message or event on. An attached handler that is attached again runs twice.
/// </remarks>
public abstract class Client : IAsyncDisposable
{
    private readonly RuntimeChannels _runtimeChannels = new();
    private readonly ClientEvents _events;
    private readonly ClientLifetime _lifetime;

    /// <summary>Called by generated code.</summary>
    /// <param name="options">The options.</param>
    protected Client(ClientOptions? options)
    {
        options ??= new ClientOptions();
        _events = new ClientEvents(options);
        _lifetime = new ClientLifetime(this, options, _events);
    }

    /// <summary>
    /// The connection has ended, and does not come back by itself; the client may connect again. Handlers are awaited, after the last
    /// message's; a failure is logged.
    /// </summary>
    public event ChannelHandler<Disconnect> OnDisconnect
    {
        add => _events.OnDisconnect += value;
        remove => _events.OnDisconnect -= value;
    }

    /// <summary>
    /// The connection is lost, and the client will try to connect again: raised before each attempt, where
    /// <see cref="ClientOptions.Reconnect"/> is set. <see cref="DisconnectAsync"/> keeps it from trying. Handlers are awaited while the
    /// delay runs, at most <see cref="ClientOptions.CloseTimeout"/> beyond it; a failure is logged.
    /// </summary>
    public event ChannelHandler<Reconnecting> OnReconnecting
    {
        add => _events.OnReconnecting += value;
        remove => _events.OnReconnecting -= value;
    }

    /// <summary>
    /// The client has connected again by itself. What its handlers send goes before what waited meanwhile: the place to sign in. They are
    /// awaited; messages may be handled beside them; a failure is logged.
    /// </summary>
    public event ChannelHandler<Reconnected> OnReconnected
    {
        add => _events.OnReconnected += value;
        remove => _events.OnReconnected -= value;
    }

    /// <summary>
    /// The server refused a message of this client, or this client could not process one of the server's. The connection goes on.
    /// </summary>
    public event Action<MessageError>? OnMessageError;

    /// <summary>Whether the client is connected: neither side has begun to close.</summary>
    public bool IsAlive => _lifetime.IsAlive;

    /// <summary>Connects to the server.</summary>
    /// <param name="cancellationToken">Gives up connecting.</param>
    /// <returns>A task that ends when the server's ready message has arrived.</returns>
    /// <exception cref="ClientException">The client is connected or connecting already, by itself too, or it could not connect.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The client has been disposed of.</exception>
    public Task ConnectAsync(CancellationToken cancellationToken = default) => _lifetime.ConnectAsync(cancellationToken);

    /// <summary>
    /// Closes the connection: what is queued is sent, what is received from now on is dropped. A client that is about to connect again by
    /// itself stops that at once; what waits to be sent fails.
    /// </summary>
    /// <param name="code">The close code: 1000, 1001, 1008, 1011, or 3000 to 4999 (RFC 6455 §7.4.2). Default 1000.</param>
    /// <param name="reason">The close reason: at most 123 bytes of UTF-8 (RFC 6455 §5.5.1).</param>
    /// <returns>
    /// A task that ends when the closing handshake is done, or the close timeout has cut it; inside a handler too. The client may then
    /// connect again, unless a message's handler is still running: where one is, once it has ended, as <see cref="OnDisconnect"/> tells.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The code cannot be given by an application.</exception>
    /// <exception cref="ArgumentException">The reason is too long.</exception>
    /// <exception cref="ClientException"><see cref="ClientErrors.NotAlive"/>: the client is not connected.</exception>
    public ValueTask DisconnectAsync(int code = 1000, string reason = "")
    {
        CloseArguments.Check(code, reason);
        return _lifetime.DisconnectAsync(code, reason);
    }

    /// <summary>
    /// Disconnects if the client is connected: what is queued is sent. A client that is connecting, by itself too, gives up. Afterwards it
    /// cannot connect again. Does not throw.
    /// </summary>
    /// <returns>A task that ends when the connection has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await _lifetime.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    /// <summary>Handles what the server sends on a channel whose name is known only at run time.</summary>
    /// <typeparam name="TMessage">What its messages are read as.</typeparam>
    /// <param name="channel">
    /// The channel's name: 1 to 128 bytes of UTF-8, without control characters, not beginning with <c>_system:</c>.
    /// </param>
    /// <param name="typeInfo">
    /// How to read the messages. How strict that is (null, missing and double members) is its options' affair: that of a generated
    /// <c>ChannelJsonContext</c> is as strict as the channels of a contract.
    /// </param>
    /// <param name="handler">Stays when the client connects again.</param>
    /// <returns>Disposing of it removes this handler and no other; a message that is being handled may still reach it.</returns>
    /// <remarks>
    /// All handlers are awaited one by one; the first that fails ends the message with <see cref="ConnectionErrors.HandlerFailed"/>.
    /// Each reads the message for itself, before the first runs: one that does not fit all of them is
    /// <see cref="ConnectionErrors.InvalidMessage"/> and reaches none. A name without a handler is
    /// <see cref="ConnectionErrors.UnknownChannel"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// No channel may be called so, or the contract has the client receive it: that channel has an event of its own.
    /// </exception>
    public IDisposable On<TMessage>(string channel, JsonTypeInfo<TMessage> typeInfo, ChannelHandler<TMessage> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _runtimeChannels.Add(channel, EventOf, typeInfo, (_, message) => handler(message));
    }

    /// <summary>Sends on a channel whose name is known only at run time.</summary>
    /// <typeparam name="TMessage">What is sent.</typeparam>
    /// <param name="channel">
    /// The channel's name: 1 to 128 bytes of UTF-8, without control characters, not beginning with <c>_system:</c>.
    /// </param>
    /// <param name="message">The message, which becomes a JSON object.</param>
    /// <param name="typeInfo">How to write it.</param>
    /// <param name="cancellationToken">Cancels before the message is queued.</param>
    /// <returns>A task that ends when the outbound queue has the message.</returns>
    /// <exception cref="ArgumentException">No channel may be called so.</exception>
    /// <exception cref="System.Text.Json.JsonException">The message is written as something else than an object.</exception>
    /// <exception cref="ClientException">The message was not queued.</exception>
#pragma warning disable RS0026 // The two differ in what they require, so no call can mean both.
    public ValueTask SendAsync<TMessage>(
        string channel, TMessage message, JsonTypeInfo<TMessage> typeInfo, CancellationToken cancellationToken = default) =>
        SendAsync(RuntimeDescriptor.Of(channel, typeInfo), message, cancellationToken);

    /// <summary>Sends a message without members on a channel whose name is known only at run time.</summary>
    /// <param name="channel">
    /// The channel's name: 1 to 128 bytes of UTF-8, without control characters, not beginning with <c>_system:</c>.
    /// </param>
    /// <param name="cancellationToken">Cancels before the message is queued.</param>
    /// <returns>A task that ends when the outbound queue has the message.</returns>
    /// <exception cref="ArgumentException">No channel may be called so.</exception>
    /// <exception cref="ClientException">The message was not queued.</exception>
    public ValueTask SendAsync(string channel, CancellationToken cancellationToken = default) =>
        SendAsync(RuntimeDescriptor.OfEmpty(channel), default, cancellationToken);
#pragma warning restore RS0026

    /// <summary>Called by generated code: sends on a channel.</summary>
    /// <typeparam name="TMessage">The channel's record.</typeparam>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Cancels before the message is queued.</param>
    /// <returns>A task that ends when the outbound queue has the message.</returns>
    /// <exception cref="ClientException">The message was not queued.</exception>
    protected ValueTask SendAsync<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return _lifetime.SendAsync(channel, message, cancellationToken);
    }

    /// <summary>Implemented by generated code: finds the channel of a received message.</summary>
    /// <param name="received">The message.</param>
    /// <returns>A task that ends when the message's handlers have.</returns>
    protected abstract ValueTask DispatchAsync(ReceivedMessage received);

    /// <summary>Implemented by generated code: finds the event of a channel that the contract has the client receive.</summary>
    /// <param name="channel">The channel's name.</param>
    /// <returns>The event's name, or <see langword="null"/>.</returns>
    protected virtual string? EventOf(string channel) => null;

    /// <summary>Called by generated code: handles a message on a channel that the contract does not have the client receive.</summary>
    /// <param name="received">The message.</param>
    /// <returns>A task that ends when the message is handled or refused. It never fails.</returns>
    protected ValueTask UnknownAsync(ReceivedMessage received) => _lifetime.Session is { } session
        ? RuntimeChannels.HandleAsync(session.Core.Messages, received, this, first: null, _runtimeChannels)
        : default;

    /// <summary>Called by generated code: reads a message and runs its handlers.</summary>
    /// <typeparam name="TMessage">The channel's record.</typeparam>
    /// <param name="received">The message.</param>
    /// <param name="channel">Its channel.</param>
    /// <param name="handlers">The handlers.</param>
    /// <returns>A task that ends when the handlers have. It never fails.</returns>
    protected ValueTask HandleAsync<TMessage>(
        ReceivedMessage received, ChannelDescriptor<TMessage> channel, ChannelHandler<TMessage>[]? handlers)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return _lifetime.Session is { } session
            ? session.Core.Messages.HandleAsync<Client, TMessage>(received, channel, this, first: null, handlers)
            : default;
    }

    /// <summary>The current connection.</summary>
    internal ChannelConnection? Core => _lifetime.Session?.Core;

    internal ValueTask DispatchFrom(ClientSession session, ReceivedMessage received) =>
        // What a connection that was given up had still to handle is over with it.
        ReferenceEquals(session, _lifetime.Session) ? DispatchAsync(received) : default;

    internal void TellMessageError(ClientSession session, MessageError error) => session.Core.RaiseMessageError(OnMessageError, error);

    internal static Exception Failure(ConnectionErrors code, string message) => new ClientException(
        code switch
        {
            ConnectionErrors.MessageTooLarge => ClientErrors.MessageTooLarge,
            ConnectionErrors.QueueFull => ClientErrors.QueueFull,
            _ => ClientErrors.NotAlive,
        },
        message);
}
