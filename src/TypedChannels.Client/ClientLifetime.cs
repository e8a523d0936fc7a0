namespace TypedChannels;

/// <summary>
/// A client's connections, one after the other: which is the current one, and whether a lost one is being replaced. Safe for concurrent
/// use.
/// </summary>
/// <remarks>
/// Disconnected: neither session nor way back. Connecting: a session that is not connected. Connected: one that is. Coming back: a
/// <see cref="Reconnection"/>, and while it dials a session.
/// </remarks>
internal sealed class ClientLifetime(Client client, ClientOptions options, ClientEvents events) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposed = new();
    private volatile ClientSession? _session;
    private volatile bool _isConnected;
    private volatile WaitingSends? _waiting;
    private Reconnection? _reconnection;
    private Task _lastReconnection = Task.CompletedTask;
    private int _attempts;

    /// <summary>The connection that is current, connected or connecting.</summary>
    public ClientSession? Session => _session;

    public bool IsAlive => _isConnected && _session is { Core.IsAlive: true };

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        options.Check();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposed.Token);
        var session = Begin();
        try
        {
            await OpenAsync(session, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            throw new ObjectDisposedException(client.GetType().Name);
        }
        catch (OperationCanceledException exception)
        {
            throw new OperationCanceledException(exception.Message, exception, cancellationToken);
        }
    }

    public ValueTask DisconnectAsync(int code, string reason)
    {
        ClientSession? session = null;
        Reconnection? reconnection;
        lock (_gate)
        {
            reconnection = _reconnection;
            reconnection?.End();
            if (reconnection is null && _isConnected)
                session = _session;
            session?.LetGo();
        }
        return (reconnection, session) switch
        {
            ({ } way, _) => new ValueTask(way.Ended),
            (_, { } connected) => DisconnectAsync(connected, code, reason),
            _ => NotConnected(),
        };
    }

    /// <summary>Ends whatever is under way. Does not throw.</summary>
    public async ValueTask DisposeAsync()
    {
        // First: a disconnect handler that connects again would otherwise keep the client alive for ever.
        await _disposed.CancelAsync().ConfigureAwait(false);
        ClientSession? session;
        Reconnection? reconnection;
        bool isConnected;
        lock (_gate)
            (session, isConnected, reconnection) = (_session, _isConnected, _reconnection);
        if (session is not null && isConnected)
        {
            session.Core.BeginClose(CloseCode.Normal, "");
            await session.Core.Closed.ConfigureAwait(false);
        }
        else if (reconnection is not null)
        {
            await reconnection.Ended.ConfigureAwait(false);
        }
        else if (session is not null)
        {
            await session.OpeningEnded.ConfigureAwait(false);
        }
    }

    public ValueTask SendAsync<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, CancellationToken cancellationToken)
    {
        if (_waiting is { } waiting)
            return waiting.SendAsync(channel, message, cancellationToken);
        return _isConnected && _session is { } session
            ? session.Core.Sending.SendAsync(channel, message, cancellationToken)
            : NotConnected();
    }

    // ---- From a session ----

    /// <summary>The server's ready message is there. False: nobody waits for it any more.</summary>
    public bool BecomeConnected(ClientSession session)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(session, _session) || _reconnection is { IsEnded: true })
                return false;
            if (!_isConnected && _reconnection is null)
                _waiting?.Open(session);
            (_isConnected, _reconnection) = (true, null);
            return true;
        }
    }

    public async ValueTask BecomeDisconnectedAsync(ClientSession session, Disconnect disconnect)
    {
        // A client that never became ready has not been connected: its ConnectAsync tells it.
        var wasConnected = IsConnectedBy(session);
        // Asked outside of the lock, since the answer may be the user's code.
        var mayReturn = wasConnected && ReconnectRule.MayReturn(options.Reconnect, session, disconnect);
        Reconnection? reconnection = null;
        var before = Task.CompletedTask;
        WaitingSends? waiting;
        lock (_gate)
        {
            waiting = _waiting;
            if (wasConnected)
                (_isConnected, _session) = (false, null);
            // A disconnect of this side's own may have come in between.
            if (mayReturn && !session.IsLetGo && !_disposed.IsCancellationRequested)
            {
                if (session.HasLasted(options.Reconnect!.MaxDelay))
                    _attempts = 0;
                waiting?.Hold(session);
                _reconnection = reconnection = new Reconnection(this, options, events, disconnect, _disposed.Token);
                (before, _lastReconnection) = (_lastReconnection, reconnection.Completed);
            }
        }
        session.EndConnection();
        if (reconnection is not null)
            _ = reconnection.RunAsync(before);
        else if (wasConnected)
            await EndAsync(waiting, disconnect, session.Returned).ConfigureAwait(false);
    }

    // ---- From a way back ----

    /// <summary>Counts an attempt. False: as many as may fail in a row have failed.</summary>
    public bool TryCountAttempt(int? max, out int attempt)
    {
        lock (_gate)
        {
            attempt = _attempts < max || max is null ? ++_attempts : 0;
            return attempt > 0;
        }
    }

    /// <exception cref="OperationCanceledException">The way back has ended.</exception>
    public ClientSession BeginAttempt(Reconnection reconnection)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(reconnection, _reconnection) || reconnection.IsEnded)
                throw new OperationCanceledException();
            return _session = new ClientSession(client, this, options) { Returned = reconnection.Completed };
        }
    }

    /// <summary>Connects; a session that does not is the current one no longer.</summary>
    public async Task OpenAsync(ClientSession session, CancellationToken cancellationToken)
    {
        try
        {
            await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            EndUnlessConnected(session);
            session.EndOpening();
        }
    }

    /// <summary>The connection is back: its event comes first, then what waited is sent.</summary>
    public async Task ReturnAsync(Reconnection reconnection, ClientSession session, Reconnected reconnected)
    {
        reconnection.TellEnded();
        var waiting = _waiting;
        waiting?.Return(session);
        var told = events.RaiseAsync(reconnected).AsTask();
        if (waiting is null)
        {
            await told.ConfigureAwait(false);
            return;
        }
        // A handler that never ends must not hold up what waits.
        await events.WaitAsync(told, CancellationToken.None).ConfigureAwait(false);
        await waiting.ReleaseAsync(session).ConfigureAwait(false);
    }

    /// <summary>The connection does not come back.</summary>
    public ValueTask GiveUpAsync(Reconnection reconnection, Exception? failure)
    {
        WaitingSends? waiting;
        lock (_gate)
            (_reconnection, waiting) = (null, _waiting);
        reconnection.TellEnded();
        return EndAsync(waiting, reconnection.Lost with { Exception = failure }, Task.CompletedTask);
    }

    private static ValueTask NotConnected() =>
        ValueTask.FromException(Client.Failure(ConnectionErrors.NotAlive, "The client is not connected."));

    private async ValueTask DisconnectAsync(ClientSession session, int code, string reason)
    {
        try
        {
            await session.Core.CloseAsync(code, reason).ConfigureAwait(false);
        }
        catch (ClientException exception) when (exception.Code == ClientErrors.NotAlive && options.Reconnect is not null)
        {
            // Lost a moment ago. It would have come back, and does not: the call has done what it was for.
        }
        // Whoever awaits this may connect again. A handler that is running may be who does, so it is not waited for.
        if (!session.Core.IsHandling)
            await session.ConnectionEnded.ConfigureAwait(false);
    }

    private async ValueTask EndAsync(WaitingSends? waiting, Disconnect disconnect, Task before)
    {
        waiting?.Close();
        // A server may close at the moment at which it lets in: that the client is back is told before that it is gone again.
        await events.WaitAsync(before, CancellationToken.None).ConfigureAwait(false);
        await events.RaiseAsync(disconnect).ConfigureAwait(false);
    }

    private bool IsConnectedBy(ClientSession session)
    {
        lock (_gate)
            return _isConnected && ReferenceEquals(session, _session);
    }

    private ClientSession Begin()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, client);
            if (_isConnected)
                throw new ClientException(ClientErrors.AlreadyConnected, IsAlive
                    ? "The client is connected."
                    : "The client's connection is still ending: a handler of it runs. OnDisconnect tells when it may connect again.");
            if (_session is not null || _reconnection is not null)
                throw new ClientException(ClientErrors.AlreadyConnecting, "The client is connecting.");
            _attempts = 0;
            _waiting = options.Reconnect is { WaitingSendBytes: > 0 } reconnect
                ? new WaitingSends(reconnect.WaitingSendBytes, options.SendQueueBytes)
                : null;
            return _session = new ClientSession(client, this, options);
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
}
