using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>Starts and stops a server, on its own host or with an application. Safe for concurrent use.</summary>
internal sealed class ServerLife(Server server)
{
    private readonly ServerState _state = new();
    private bool _hasToldStarting;

    public int Port => _state.Port;

    public Task StartAsync(CancellationToken cancellationToken) => BeginAsync(cancellationToken);

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var host = _state.BeginStop();
        var handlers = Task.CompletedTask;
        try
        {
            handlers = await server.Intake.CloseAsync(cancellationToken).ConfigureAwait(false);
            await host.StopAsync().ConfigureAwait(false);
        }
        finally
        {
            _state.BecomeStopped(EndAsync(host, handlers));
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
    public void BecomeHosted(
        ILoggerFactory? logging, IMeterFactory? meters, TimeProvider? time, CancellationToken applicationStopping)
    {
        if (!_state.TryBecomeHosted())
            return;
        try
        {
            ServerOptionsCheck.CheckHosted(server.Options);
            Prepare(logging, meters, time, server.Options.MaxConnections);
            UnusedOptions.Tell(server.Options, server.Logger, server.GetType().Name);
        }
        catch
        {
            _state.LeaveHosted();
            throw;
        }
        // At once, not with the hosted services: the host would first wait for the connections to end by themselves.
        applicationStopping.UnsafeRegister(static state => ((ServerLife)state!).CloseHosted(), this);
    }

    /// <summary>Ends when a hosted server's connections are closed and their handlers have ended, within the close timeout.</summary>
    public Task WaitForHostedAsync() => _state.LastHandlers;

    /// <summary>Stops what runs. Does not throw.</summary>
    public async Task DisposeAsync()
    {
        // First: a start that comes later would leave running what nobody stops.
        _state.Dispose();
        if (_state.IsHosted)
            CloseHosted();
        else
            await StopWhatRunsAsync().ConfigureAwait(false);
        // However it ended: a host that fails as it is disposed of has nobody to tell.
        await _state.LastHandlers.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Starts the server. The result ends when it is stopped, with what ends when its last handlers have.</summary>
    private async Task<Task<Task>> BeginAsync(CancellationToken cancellationToken)
    {
        var ended = _state.BeginStart(server);
        KestrelHost? host = null;
        try
        {
            ServerOptionsCheck.Check(server.Options);
            var room = ConnectionRoom.For(server.Options, ConnectionRoom.ReadMaxOpenFiles());
            host = KestrelHost.Build(server.Options, room, server.Intake.AcceptAsync);
            Prepare(host.LoggerFactory, meters: null, applicationTime: null, room.Connections);
            host.TellOfCertificates(server.Logger, server.Time.GetUtcNow());
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            _state.BecomeRunning(host);
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
                _state.BecomeStopped(handlers);
            }
            throw;
        }
    }

    /// <summary>Stops the server, whatever it is doing: a start or a stop that is under way is waited for. Does not throw.</summary>
    private async Task StopWhatRunsAsync()
    {
        while (!_state.IsStopped(out var change))
        {
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

    private void CloseHosted() => _state.Close(CloseHostedAsync);

    private async Task CloseHostedAsync(Task before)
    {
        // Whoever asks holds the lock of the state.
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await (await server.Intake.CloseAsync(CancellationToken.None).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private void Prepare(ILoggerFactory? logging, IMeterFactory? meters, TimeProvider? applicationTime, int maxConnections)
    {
        server.Configure(logging, meters, applicationTime);
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
}
