namespace TypedChannels;

/// <summary>
/// Whether a server is stopped, starting, running or stopping, on its own host or in an application, and what may follow.
/// Safe for concurrent use.
/// </summary>
internal sealed class ServerState
{
    private readonly Lock _gate = new();
    private Phase _phase;
    private bool _isDisposed;
    private KestrelHost? _host;
    private Task _lastHandlers = Task.CompletedTask;

    // Ends when the start or the stop that is under way has ended.
    private TaskCompletionSource _changed = new();

    // Ends when the run has, with what ends when its last handlers have.
    private TaskCompletionSource<Task> _ended = new();

    private enum Phase
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

    public bool IsHosted
    {
        get
        {
            lock (_gate)
                return _phase == Phase.Hosted;
        }
    }

    /// <summary>Ends when the handlers have ended that the last stop left running.</summary>
    public Task LastHandlers => _lastHandlers;

    /// <summary>A start begins. The result ends when the run has, with what ends when its last handlers have.</summary>
    /// <exception cref="ServerException">The server is not stopped.</exception>
    /// <exception cref="ObjectDisposedException">The server has been disposed of.</exception>
    public Task<Task> BeginStart(Server server)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, server);
            if (_phase != Phase.Stopped)
                throw CannotStart(_phase);
            Begin(Phase.Starting);
            _ended = new TaskCompletionSource<Task>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _ended.Task;
        }
    }

    /// <summary>A stop begins, of the host that is the result.</summary>
    /// <exception cref="ServerException">The server is not running.</exception>
    public KestrelHost BeginStop()
    {
        lock (_gate)
        {
            if (_phase != Phase.Running)
                throw CannotStop(_phase);
            Begin(Phase.Stopping);
            return _host!;
        }
    }

    /// <summary>The start has ended well.</summary>
    public void BecomeRunning(KestrelHost host)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            (_phase, _host) = (Phase.Running, host);
            changed = _changed;
        }
        changed.TrySetResult();
    }

    /// <summary>The stop has ended, or a start that failed.</summary>
    /// <param name="handlers">Ends when the last handlers have.</param>
    public void BecomeStopped(Task handlers)
    {
        TaskCompletionSource changed;
        TaskCompletionSource<Task> ended;
        lock (_gate)
        {
            // A handler of an earlier run may still have its time.
            (_phase, _host, _lastHandlers) = (Phase.Stopped, null, Task.WhenAll(_lastHandlers, handlers));
            (changed, ended) = (_changed, _ended);
        }
        changed.TrySetResult();
        ended.TrySetResult(handlers);
    }

    /// <summary>The server belongs to an application from now on. False: it does already.</summary>
    /// <exception cref="ServerException">The server is not stopped.</exception>
    public bool TryBecomeHosted()
    {
        lock (_gate)
        {
            if (_phase == Phase.Hosted)
                return false;
            if (_phase != Phase.Stopped)
                throw CannotStart(_phase);
            _phase = Phase.Hosted;
            return true;
        }
    }

    /// <summary>What <see cref="TryBecomeHosted"/> began has failed.</summary>
    public void LeaveHosted()
    {
        lock (_gate)
            _phase = Phase.Stopped;
    }

    /// <summary>No start is allowed any more; one that is under way goes on.</summary>
    public void Dispose()
    {
        lock (_gate)
            _isDisposed = true;
    }

    /// <summary>Whether the server is stopped.</summary>
    /// <param name="change">Where it is not: what ends with the start or stop that is under way; null where it runs.</param>
    public bool IsStopped(out Task? change)
    {
        lock (_gate)
        {
            change = _phase is Phase.Stopped or Phase.Running ? null : _changed.Task;
            return _phase == Phase.Stopped;
        }
    }

    /// <summary>Has the next of several closes follow the last.</summary>
    /// <param name="close">Begins it, and takes what it follows. Does not wait.</param>
    public void Close(Func<Task, Task> close)
    {
        lock (_gate)
            _lastHandlers = close(_lastHandlers);
    }

    private void Begin(Phase phase)
    {
        _phase = phase;
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static ServerException CannotStart(Phase phase) => phase switch
    {
        Phase.Hosted => BelongsToHost(),
        Phase.Starting => new ServerException(ServerErrors.AlreadyStarting, "The server is being started."),
        _ => new ServerException(ServerErrors.AlreadyRunning, "The server is running."),
    };

    private static ServerException CannotStop(Phase phase) => phase == Phase.Hosted
        ? BelongsToHost()
        : new ServerException(ServerErrors.NotRunning, "The server is not running.");

    private static ServerException BelongsToHost() =>
        new(ServerErrors.Hosted, "The server is mapped into an application, whose host starts and stops it.");
}
