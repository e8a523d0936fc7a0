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
    private readonly ClientOptions _options;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposed = new();
    private readonly RuntimeChannels _runtimeChannels = new();
    private ChannelHandler<Disconnect>[]? _onDisconnect;
    private volatile ClientSession? _session;
    private volatile bool _isConnected;

    /// <summary>Called by generated code.</summary>
    /// <param name="options">The options.</param>
    protected Client(ClientOptions? options) => _options = options ?? new ClientOptions();

    /// <summary>
    /// The connection has ended; the client may connect again. Handlers are awaited, after the last message's; a failure is logged.
    /// </summary>
    public event ChannelHandler<Disconnect> OnDisconnect
    {
        add => ChannelHandlers.Add(ref _onDisconnect, value);
        remove => ChannelHandlers.Remove(ref _onDisconnect, value);
    }

    /// <summary>
    /// The server refused a message of this client, or this client could not process one of the server's. The connection goes on.
    /// </summary>
    public event Action<MessageError>? OnMessageError;

    /// <summary>Whether the client is connected: neither side has begun to close.</summary>
    public bool IsAlive => _isConnected && _session is { Core.IsAlive: true };

    /// <summary>Connects to the server.</summary>
    /// <param name="cancellationToken">Gives up connecting.</param>
    /// <returns>A task that ends when the server's ready message has arrived.</returns>
    /// <exception cref="ClientException">The client is connected or connecting already, or it could not connect.</exception>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="ObjectDisposedException">The client has been disposed of.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken = default)
    {
        _options.Check();
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken, _disposed.Token);
        // Last: what fails between this and the try would leave the client connecting for ever.
        var session = Begin();
        try
        {
            await session.OpenAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            throw new ObjectDisposedException(GetType().Name);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var what = $"{_options.Address} was not ready within {_options.ConnectTimeout}.";
            throw new ClientException(ClientErrors.ConnectTimeout, what, exception);
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
        finally
        {
            EndUnlessConnected(session);
            session.EndOpening();
        }
    }

    /// <summary>Closes the connection: what is queued is sent, what is received from now on is dropped.</summary>
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
        return _isConnected && _session is { } session ? DisconnectAsync(session, code, reason) : NotConnected();
    }

    /// <summary>
    /// Disconnects if the client is connected: what is queued is sent. A client that is connecting gives up. Afterwards it cannot connect
    /// again. Does not throw.
    /// </summary>
    /// <returns>A task that ends when the connection has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        // First: a disconnect handler that connects again would otherwise keep the client alive for ever.
        await _disposed.CancelAsync().ConfigureAwait(false);
        ClientSession? session;
        bool isConnected;
        lock (_gate)
            (session, isConnected) = (_session, _isConnected);
        if (session is not null && isConnected)
        {
            session.Core.BeginClose(CloseCode.Normal, "");
            await session.Core.Closed.ConfigureAwait(false);
        }
        else if (session is not null)
        {
            await session.OpeningEnded.ConfigureAwait(false);
        }
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
        return _isConnected && _session is { } session ? session.Core.Sending.SendAsync(channel, message, cancellationToken) : NotConnected();
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
    protected ValueTask UnknownAsync(ReceivedMessage received) => _session is { } session
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
        return _session is { } session
            ? session.Core.Messages.HandleAsync<Client, TMessage>(received, channel, this, first: null, handlers)
            : default;
    }

    internal ValueTask DispatchFrom(ClientSession session, ReceivedMessage received) =>
        // What a connection that was given up had still to handle is over with it.
        ReferenceEquals(session, _session) ? DispatchAsync(received) : default;

    internal void TellMessageError(ClientSession session, MessageError error) => session.Core.RaiseMessageError(OnMessageError, error);

    internal void BecomeConnected(ClientSession session)
    {
        lock (_gate)
            _isConnected |= ReferenceEquals(session, _session);
    }

    internal ValueTask BecomeDisconnectedAsync(ClientSession session, Disconnect disconnect)
    {
        bool wasConnected;
        lock (_gate)
        {
            // A client that never became ready has not been connected: its ConnectAsync tells it.
            wasConnected = ReferenceEquals(session, _session) && _isConnected;
            if (wasConnected)
                (_isConnected, _session) = (false, null);
        }
        session.EndConnection();
        return wasConnected ? session.Core.RaiseDisconnectAsync(_onDisconnect, disconnect) : default;
    }

    internal static Exception Failure(ConnectionErrors code, string message) => new ClientException(
        code switch
        {
            ConnectionErrors.MessageTooLarge => ClientErrors.MessageTooLarge,
            ConnectionErrors.QueueFull => ClientErrors.QueueFull,
            _ => ClientErrors.NotAlive,
        },
        message);

    private static async ValueTask DisconnectAsync(ClientSession session, int code, string reason)
    {
        await session.Core.CloseAsync(code, reason).ConfigureAwait(false);
        // Whoever awaits this may connect again. A handler that is running may be who does, so it is not waited for.
        if (!session.Core.IsHandling)
            await session.ConnectionEnded.ConfigureAwait(false);
    }

    private ClientSession Begin()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
            if (_isConnected)
                throw new ClientException(ClientErrors.AlreadyConnected, IsAlive
                    ? "The client is connected."
                    : "The client's connection is still ending: a handler of it runs. It may connect again once OnDisconnect has been raised.");
            if (_session is not null)
                throw new ClientException(ClientErrors.AlreadyConnecting, "The client is connecting.");
            return _session = new ClientSession(this, _options);
        }
    }

    private void EndUnlessConnected(ClientSession session)
    {
        lock (_gate)
        {
            if (ReferenceEquals(session, _session) && !_isConnected)
                _session = null;
        }
    }

    private static ValueTask NotConnected() => ValueTask.FromException(Failure(ConnectionErrors.NotAlive, "The client is not connected."));
}
