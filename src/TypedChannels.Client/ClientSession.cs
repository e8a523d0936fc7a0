using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TypedChannels;

/// <summary>One connection of a client, from the dialled socket to its end. A client that connects again has another.</summary>
internal sealed class ClientSession : IConnectionOwner
{
    private readonly Client _client;
    private readonly ClientLifetime _lifetime;
    private readonly ClientOptions _options;
    private readonly TaskCompletionSource _openingEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _connectionEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _readyAt;
    private volatile bool _isLetGo;

    public ClientSession(Client client, ClientLifetime lifetime, ClientOptions options)
    {
        (_client, _lifetime, _options) = (client, lifetime, options);
        var logger = options.LoggerFactory?.CreateLogger("TypedChannels.Client") ?? NullLogger.Instance;
        Limits = new ConnectionLimits
        {
            MaxMessageBytes = options.MaxMessageBytes,
            SendQueueBytes = options.SendQueueBytes,
            ReceiveQueueBytes = options.ReceiveQueueBytes,
            CloseTimeout = options.CloseTimeout,
            PingInterval = options.PingInterval,
            PingTimeout = options.PingTimeout,
            // A client does not judge its server, and has nobody to answer.
            MessageErrorLimit = int.MaxValue,
            AnswersErrors = false,
            CutsSlowPeer = false,
        };
        Core = new ChannelConnection(this, options.Address, Limits, new ConnectionServices(options.TimeProvider, logger));
    }

    public ChannelConnection Core { get; }

    /// <summary>Ends when opening has succeeded or failed.</summary>
    public Task OpeningEnded => _openingEnded.Task;

    /// <summary>Ends when the client is no longer connected by this, before its disconnect event.</summary>
    public Task ConnectionEnded => _connectionEnded.Task;

    /// <summary>Ends when the handlers that are told of the way back to it have ended; at once where it was connected by hand.</summary>
    public Task Returned { get; init; } = Task.CompletedTask;

    /// <summary>Whether this side has ended it on purpose: it is not replaced.</summary>
    public bool IsLetGo => _isLetGo;

    private ConnectionLimits Limits { get; }

    public void LetGo() => _isLetGo = true;

    /// <summary>Whether that much time has passed since it was ready.</summary>
    public bool HasLasted(TimeSpan time) => _options.TimeProvider.Elapsed - _readyAt >= time;

    public void EndOpening() => _openingEnded.TrySetResult();

    public void EndConnection() => _connectionEnded.TrySetResult();

    /// <summary>Connects. Ends when the server's ready message has arrived.</summary>
    /// <exception cref="ClientException">
    /// The server cannot be reached, refuses, closes before it is ready, or is not ready in time; nothing is left open.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is left open.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await DialAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var what = $"{_options.Address} was not ready within {_options.ConnectTimeout}.";
            throw new ClientException(ClientErrors.ConnectTimeout, what, exception);
        }
    }

    ValueTask IConnectionOwner.OpenedAsync() => default;

    ValueTask IConnectionOwner.DispatchAsync(ReceivedMessage received) => _client.DispatchFrom(this, received);

    bool IConnectionOwner.HandleSystemMessage(ReceivedMessage received)
    {
        if (received.Channel.SequenceEqual(SystemMessages.ReadyChannel))
        {
            // Here, and not where ConnectAsync goes on: the next message, or the end, may come before that.
            if (_lifetime.BecomeConnected(this) && !_ready.Task.IsCompleted)
            {
                _readyAt = _options.TimeProvider.Elapsed;
                _ready.TrySetResult();
            }
            return true;
        }
        if (!received.Channel.SequenceEqual(SystemMessages.ErrorChannel))
            return false;
        _client.TellMessageError(this, SystemErrorReader.Read(received.Message));
        return true;
    }

    void IConnectionOwner.MessageFailed(MessageError error) => _client.TellMessageError(this, error);

    bool IConnectionOwner.MeansNotAlive(Exception exception) => exception is ClientException { Code: ClientErrors.NotAlive };

    void IConnectionOwner.Left()
    {
    }

    ValueTask IConnectionOwner.ClosedAsync(Disconnect disconnect) => _lifetime.BecomeDisconnectedAsync(this, disconnect);

    Exception IConnectionOwner.Failure(ConnectionErrors code, string message) => Client.Failure(code, message);

    private async Task DialAsync(CancellationToken cancellationToken)
    {
        var clock = new ReceiveClock(_options.TimeProvider);
        var socket = await WebSocketDialer.DialAsync(_options, clock, cancellationToken).ConfigureAwait(false);
        var transport = new WebSocketTransport(Core, socket, Limits, _options.TimeProvider, clock);
        Core.Attach(transport);
        _ = CarryAsync(transport, socket);
        using (cancellationToken.UnsafeRegister(static state => ((ChannelConnection)state!).Abort(), Core))
            await Task.WhenAny(_ready.Task, Core.Closed).ConfigureAwait(false);
        if (_ready.Task.IsCompleted)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        throw new ClientException(ClientErrors.HandshakeFailed, $"{_options.Address} closed the connection before its ready message.");
    }

    private async Task CarryAsync(WebSocketTransport transport, System.Net.WebSockets.WebSocket socket)
    {
        using var sweeper = new Sweeper(_options.TimeProvider, Limits.SweepInterval);
        sweeper.Add(Core);
        using (socket)
            await transport.RunAsync().ConfigureAwait(false);
        await Core.Finished.ConfigureAwait(false);
    }
}
