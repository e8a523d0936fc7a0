using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>Whether a server is stopped, starting, running or stopping, on its own host or in an application. Safe for concurrent use.</summary>
internal sealed class ServerLife(Server server)
{
    private readonly Lock _gate = new();
    private State _state;
    private bool _hasToldStarting;
    private KestrelHost? _host;
    private TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _lastHandlers = Task.CompletedTask;

    private enum State
    {
        Stopped,
        Starting,
        Running,
        Stopping,
        Hosted,
    }

    public int Port => _host?.Port ?? 0;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_state != State.Stopped)
                throw CannotStart(_state);
            _state = State.Starting;
            _stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        KestrelHost? host = null;
        try
        {
            ServerOptionsCheck.Check(server.Options);
            host = KestrelHost.Build(server.Options, server.Intake.AcceptAsync);
            Prepare(host.LoggerFactory, applicationTime: null);
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            _host = host;
            Become(State.Running);
        }
        catch
        {
            await server.Intake.CloseAsync(CancellationToken.None).ConfigureAwait(false);
            if (host is not null)
                await host.DisposeAsync().ConfigureAwait(false);
            Become(State.Stopped);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_state != State.Running)
                throw CannotStop(_state);
            _state = State.Stopping;
        }
        var host = _host!;
        try
        {
            var handlers = await server.Intake.CloseAsync(cancellationToken).ConfigureAwait(false);
            await host.StopAsync().ConfigureAwait(false);
            _lastHandlers = EndAsync(host, handlers);
        }
        finally
        {
            _host = null;
            Become(State.Stopped);
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken).ConfigureAwait(false);
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.UnsafeRegister(static state => ((TaskCompletionSource)state!).TrySetResult(), asked))
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask))
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask))
        {
            await Task.WhenAny(asked.Task, _stopped.Task).ConfigureAwait(false);
            await StopIfRunningAsync().ConfigureAwait(false);
            await _lastHandlers.ConfigureAwait(false);
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
        ServerOptionsCheck.Check(server.Options);
        Prepare(logging, time);
        // At once, not with the hosted services: the host would first wait for the connections to end by themselves.
        applicationStopping.UnsafeRegister(static state => ((ServerLife)state!).CloseHosted(), this);
    }

    /// <summary>Ends when a hosted server's connections are closed and their handlers have ended, within the close timeout.</summary>
    public Task WaitForHostedAsync() => _lastHandlers;

    /// <summary>Stops what runs. Does not throw.</summary>
    public async Task DisposeAsync()
    {
        if (_state == State.Hosted)
            CloseHosted();
        else
            await StopIfRunningAsync().ConfigureAwait(false);
        await _lastHandlers.ConfigureAwait(false);
    }

    private async Task StopIfRunningAsync()
    {
        State state;
        lock (_gate)
            state = _state;
        if (state == State.Stopped)
            return;
        try
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (ServerException)
        {
            // Another call stops it already.
            await _stopped.Task.ConfigureAwait(false);
        }
    }

    private void CloseHosted() => _lastHandlers = CloseHostedAsync(_lastHandlers);

    private async Task CloseHostedAsync(Task before)
    {
        await before.ConfigureAwait(false);
        await (await server.Intake.CloseAsync(CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private void Prepare(ILoggerFactory? logging, TimeProvider? applicationTime)
    {
        server.Configure(logging, applicationTime);
        if (!_hasToldStarting)
        {
            _hasToldStarting = true;
            server.TellStarting();
        }
        server.Intake.Open();
    }

    private static async Task EndAsync(KestrelHost host, Task handlers)
    {
        await handlers.ConfigureAwait(false);
        await host.DisposeAsync().ConfigureAwait(false);
    }

    private void Become(State state)
    {
        lock (_gate)
            _state = state;
        if (state == State.Stopped)
            _stopped.TrySetResult();
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
