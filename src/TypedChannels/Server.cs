using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TypedChannels;

/// <summary>A server's life: it starts, accepts connections, and stops. Safe for concurrent use.</summary>
public abstract class Server : IAsyncDisposable
{
    private static readonly ActivitySource Source = new(ChannelMetrics.Name);

    private readonly ServerLife _life;
    private readonly ConnectionIntake _intake;

    private protected Server(ServerOptions? options)
    {
        Options = options ?? new ServerOptions();
        _life = new ServerLife(this);
        _intake = new ConnectionIntake(this);
    }

    /// <summary>How many clients are connected.</summary>
    public abstract int ConnectionCount { get; }

    /// <summary>The TCP port that the server listens on; 0 while it does not, or where an application's host does.</summary>
    public int Port => _life.Port;

    internal ServerOptions Options { get; }

    internal ConnectionIntake Intake => _intake;

    internal ServerLife Life => _life;

    internal ConnectionLimits Limits { get; private set; } = new();

    internal ConnectionServices Services { get; private set; } = new(TimeProvider.System, NullLogger.Instance);

    internal TimeProvider Time => Services.Time;

    internal ILogger Logger => Services.Logger;

    /// <summary>Starts the server on its own host and ends when it listens. Installs no signal handlers.</summary>
    /// <param name="cancellationToken">Gives up starting; nothing is left running.</param>
    /// <returns>A task that ends when clients can connect.</returns>
    /// <exception cref="ServerException">
    /// The server is running or starting already, belongs to an application, or cannot listen.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The server has been disposed of.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => _life.StartAsync(cancellationToken);

    /// <summary>
    /// Stops the server: refuses new connections, closes every connection with 1001 and waits for the closing handshakes, at most for
    /// <see cref="ServerOptions.CloseTimeout"/>; then for the handlers of <c>OnDisconnect</c>, as long. It can be started again.
    /// Allowed inside a handler: it waits for no message's handler that is running, nor for the one that calls it.
    /// </summary>
    /// <param name="cancellationToken">Drops the connections that are still closing.</param>
    /// <returns>A task that ends when nothing listens and no connection is left.</returns>
    /// <exception cref="ServerException">The server is not running, or belongs to an application.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default) => _life.StopAsync(cancellationToken);

    /// <summary>
    /// Starts the server and stops it on SIGTERM, Ctrl+C or cancellation; then waits
    /// for running handlers too, at most for <see cref="ServerOptions.CloseTimeout"/>.
    /// </summary>
    /// <param name="cancellationToken">Stops the server.</param>
    /// <returns>A task that ends when the server has stopped.</returns>
    /// <exception cref="ServerException">As for <see cref="StartAsync"/>.</exception>
    /// <exception cref="ObjectDisposedException">The server has been disposed of.</exception>
    public Task RunAsync(CancellationToken cancellationToken = default) => _life.RunAsync(cancellationToken);

    /// <summary>
    /// Stops the server if it runs, and waits for running handlers, at most for <see cref="ServerOptions.CloseTimeout"/>. Afterwards it
    /// cannot be started again. Does not throw.
    /// </summary>
    /// <returns>A task that ends when it has stopped. Awaited inside a handler, which it waits for, it takes the whole time.</returns>
    public async ValueTask DisposeAsync()
    {
        await _life.DisposeAsync().ConfigureAwait(false);
        try
        {
            Services.Metrics?.Dispose();
        }
#pragma warning disable CA1031 // Whoever listens to the meter is told that it ends, and may fail.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        GC.SuppressFinalize(this);
    }

    /// <summary>Called once, before the server first accepts connections: a place to attach handlers.</summary>
    protected virtual void OnStarting()
    {
    }

    /// <summary>
    /// Called for each handshake that is well-formed and whose origin is allowed; <see cref="HandshakeContext.Refuse"/> refuses it.
    /// </summary>
    /// <param name="handshake">The client's request.</param>
    /// <returns>A task that ends when it is decided.</returns>
    protected virtual ValueTask OnHandshakeAsync(HandshakeContext handshake) => default;

    internal void TellStarting() => OnStarting();

    internal ValueTask DecideAsync(HandshakeContext handshake) => OnHandshakeAsync(handshake);

    /// <summary>Takes over the options, which are checked, with what the host's services add.</summary>
    internal void Configure(ILoggerFactory? logging, IMeterFactory? meters, TimeProvider? applicationTime)
    {
        Services = new ConnectionServices(
            Options.TimeProvider ?? applicationTime ?? TimeProvider.System,
            (Options.LoggerFactory ?? logging)?.CreateLogger("TypedChannels.Server") ?? NullLogger.Instance,
            // They are the server's, however often it is started.
            Services.Metrics ?? new ChannelMetrics(NewMeter(meters), _intake.CountQueueBytes))
        {
            Activities = Source,
            Watch = Options.HandlerScheduling == HandlerScheduling.Inline ? new HandlerWatch() : null,
            Buffers = Options.Buffers,
        };
        Limits = new ConnectionLimits
        {
            MaxMessageBytes = Options.MaxMessageBytes,
            MaxFragments = Options.MaxFragments,
            SendQueueBytes = Options.SendQueueBytes,
            ReceiveQueueBytes = Options.ReceiveQueueBytes,
            SlowConsumer = Options.SlowConsumer,
            PingInterval = Options.PingInterval,
            PingTimeout = Options.PingTimeout,
            CloseTimeout = Options.CloseTimeout,
            MessageTimeout = Options.MessageTimeout,
            MaxControlFramesPerSecond = Options.MaxControlFramesPerSecond,
            MaxMessagesPerSecond = Options.MaxMessagesPerSecond,
            MaxBytesPerSecond = Options.MaxBytesPerSecond,
            MessageErrorLimit = Options.MessageErrorLimit,
        };
    }

    // The application's factory tells its meters from those of others in the process; without one, the server is what tells it.
    private Meter NewMeter(IMeterFactory? meters)
    {
        var options = new MeterOptions(ChannelMetrics.Name)
        {
            Tags = [new("typedchannels.server.name", GetType().FullName)],
        };
        if (meters is not null)
            return meters.Create(options);
        options.Scope = this;
        return new Meter(options);
    }

    private protected abstract ChannelConnection Connect(HandshakeContext handshake, string identifier);

    internal ChannelConnection NewConnection(HandshakeContext handshake, string identifier) => Connect(handshake, identifier);
}
