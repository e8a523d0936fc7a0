using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>
/// Whether a server is stopped, starting, running or stopping, on its own host or in an application. Safe for concurrent use.
/// </summary>
internal sealed class ServerLife(Server server)
{
    private readonly Lock _gate = new();
    private State _state;
    private bool _hasToldStarting;
    private KestrelHost? _host;
    private Task _lastHandlers = Task.CompletedTask;

    // Ends when the start or the stop that is under way has ended.
    private TaskCompletionSource _changed = new();

    // Ends when the run has, with what ends when its last handlers have.
    private TaskCompletionSource<Task> _ended = new();

    private enum State
    {
        Stopped,
        Starting,
        Running,
        Stopping,
        Hosted,
    }

    public int Port
    {
        get
        {
            lock (_gate)
                return _host?.Port ?? 0;
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => BeginAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        KestrelHost host;
        lock (_gate)
        {
            if (_state != State.Running)
                throw CannotStop(_state);
            host = _host!;
            BeginChange(State.Stopping);
        }
        var handlers = Task.CompletedTask;
        try
        {
            handlers = await server.Intake.CloseAsync(cancellationToken).ConfigureAwait(false);
            await host.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            EndChange(State.Stopped, host: null, EndAsync(host, handlers));
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var ended = await BeginAsync(cancellationToken).ConfigureAwait(false);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), asked))
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask))
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask))
        {
            await Task.WhenAny(asked.Task, ended).ConfigureAwait(false);
            // Whoever stopped this run may have started the next one, which is not ours to stop.
            if (!ended.IsCompleted)
                await StopWhatRunsAsync().ConfigureAwait(false);
            await (await ended.ConfigureAwait(false)).ConfigureAwait(false);
        }

        void Ask(PosixSignalContext signal)
        {
            // Not the runtime's own end: the connections are closed first.
            signal.Cancel = true;
            asked.TrySetResult();
        }
    }

    /// <summary>The server belongs to an application from now on, whose host starts and stops it. It may be mapped several times.</summary>
    public void BecomeHosted(ILoggerFactory? logging, TimeProvider? time, CancellationToken applicationStopping)
    {
        lock (_gate)
        {
            if (_state == State.Hosted)
                return;
            if (_state != State.Stopped)
                throw CannotStart(_state);
            _state = State.Hosted;
        }
        try
        {
            ServerOptionsCheck.Check(server.Options);
            Prepare(logging, time, server.Options.MaxConnections);
        }
        catch
        {
            lock (_gate)
                _state = State.Stopped;
            throw;
        }
        // At once, not with the hosted services: the host would first wait for the connections to end by themselves.
        applicationStopping.UnsafeRegister(static state => ((ServerLife)state!).CloseHosted(), this);
    }

    /// <summary>Ends when a hosted server's connections are closed and their handlers have ended, within the close timeout.</summary>
    public Task WaitForHostedAsync() => _lastHandlers;

    /// <summary>Stops what runs. Does not throw.</summary>
    public async Task DisposeAsync()
    {
        if (IsHosted)
            CloseHosted();
        else
            await StopWhatRunsAsync().ConfigureAwait(false);
        // However it ended: a host that fails as it is disposed of has nobody to tell.
        await _lastHandlers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private bool IsHosted
    {
        get
        {
            lock (_gate)
                return _state == State.Hosted;
        }
    }

    /// <summary>Starts the server. The result ends when it is stopped, with what ends when its last handlers have.</summary>
    private async Task<Task<Task>> BeginAsync(CancellationToken cancellationToken)
    {
        Task<Task> ended;
        lock (_gate)
        {
            if (_state != State.Stopped)
                throw CannotStart(_state);
            BeginChange(State.Starting);
            _ended = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
            ended = _ended.Task;
        }
        KestrelHost? host = null;
        try
        {
            ServerOptionsCheck.Check(server.Options);
            var room = ConnectionRoom.For(server.Options, ConnectionRoom.ReadMaxOpenFiles());
            host = KestrelHost.Build(server.Options, room, server.Intake.AcceptAsync);
            Prepare(host.LoggerFactory, applicationTime: null, room.Connections);
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            EndChange(State.Running, host, handlers: null);
            return ended;
        }
        catch
        {
            var handlers = Task.CompletedTask;
            try
            {
                handlers = await server.Intake.CloseAsync(CancellationToken.None).ConfigureAwait(false);
                if (host is not null)
                    await host.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                EndChange(State.Stopped, host: null, handlers);
            }
            throw;
        }
    }

    /// <summary>Stops the server, whatever it is doing: a start or a stop that is under way is waited for. Does not throw.</summary>
    private async Task StopWhatRunsAsync()
    {
        while (true)
        {
            Task? change;
            lock (_gate)
            {
                if (_state == State.Stopped)
                    return;
                change = _state == State.Running ? null : _changed.Task;
            }
            try
            {
                await (change ?? StopAsync(CancellationToken.None)).ConfigureAwait(false);
            }
            catch (ServerException)
            {
                // Another call was faster.
            }
#pragma warning disable CA1031 // Whatever a host fails with as it stops, there is nobody to tell.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                ServerLog.StopFailed(server.Logger, exception);
            }
        }
    }

    private void CloseHosted()
    {
        lock (_gate)
            _lastHandlers = CloseHostedAsync(_lastHandlers);
    }

    private async Task CloseHostedAsync(Task before)
    {
        // Whoever asks, holds the lock.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await (await server.Intake.CloseAsync(CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private void Prepare(ILoggerFactory? logging, TimeProvider? applicationTime, int maxConnections)
    {
        server.Configure(logging, applicationTime);
        if (!_hasToldStarting)
        {
            server.TellStarting();
            // Only now: a start that fails here is tried again whole.
            _hasToldStarting = true;
        }
        server.Intake.Open(maxConnections);
    }

    private static async Task EndAsync(KestrelHost host, Task handlers)
    {
        await handlers.ConfigureAwait(false);
        await host.DisposeAsync().ConfigureAwait(false);
    }

    private void BeginChange(State state)
    {
        _state = state;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private void EndChange(State state, KestrelHost? host, Task? handlers)
    {
        TaskCompletionSource changed;
        TaskCompletionSource<Task> ended;
        lock (_gate)
        {
            (_state, _host) = (state, host);
            _lastHandlers = handlers ?? _lastHandlers;
            (changed, ended) = (_changed, _ended);
        }
        changed.TrySetResult();
        if (handlers is not null)
            ended.TrySetResult(handlers);
    }

    private static ServerException CannotStart(State state) => state switch
    {
        State.Hosted => BelongsToHost(),
        State.Starting => new ServerException(ServerErrors.AlreadyStarting, "The server is being started."),
        _ => new ServerException(ServerErrors.AlreadyRunning, "The server is running."),
    };

    private static ServerException CannotStop(State state) => state == State.Hosted
        ? BelongsToHost()
        : new ServerException(ServerErrors.NotRunning, "The server is not running.");

    private static ServerException BelongsToHost() =>
        new(ServerErrors.Hosted, "The server is mapped into an application, whose host starts and stops it.");
}
