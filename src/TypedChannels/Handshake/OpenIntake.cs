namespace TypedChannels;

/// <summary>What there is between a start and the end of the last connection after the stop. Safe for concurrent use.</summary>
/// <param name="sweeper">Looks at the deadlines.</param>
/// <param name="origins">Which pages may connect.</param>
/// <param name="maxConnections">As many as there are files for.</param>
/// <param name="options">What was set when it was opened: later changes have no effect.</param>
#pragma warning disable CA1001 // Without a timer or a wait handle, a source of tokens holds nothing.
internal sealed class OpenIntake(Sweeper sweeper, OriginPolicy origins, int maxConnections, ServerOptions options)
#pragma warning restore CA1001
{
    // The first is whoever opened it.
    private int _users = 1;
    private readonly CancellationTokenSource _stopping = new();
    private Action<ChannelConnection>? _remove;

    public Sweeper Sweeper => sweeper;

    public OriginPolicy Origins => origins;

    public int MaxConnections => maxConnections;

    public TimeSpan HandshakeTimeout { get; } = options.HandshakeTimeout;

    public MessageCompression Compression { get; } = options.Compression;

    /// <summary>Whether no handshakes are taken any more, and all connections are being closed.</summary>
    public bool IsStopping => _stopping.IsCancellationRequested;

    /// <summary>Cancelled when <see cref="IsStopping"/> becomes true.</summary>
    public CancellationToken Stopping => _stopping.Token;

    public LogThrottle OriginLog { get; } = new();

    public LogThrottle FullLog { get; } = new();

    public LogThrottle TimeoutLog { get; } = new();

    /// <summary>False: nobody is left, and the sweeper is gone.</summary>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
                return true;
            users = seen;
        }
        return false;
    }

    /// <summary>Has a connection's deadlines looked at until it is finished. Its request has entered.</summary>
    public void Add(ChannelConnection connection)
    {
        // Longer than the request: a handler may go on. It never fails, as the request leaves later.
        TryEnter();
        connection.Finishing = _remove ??= Remove;
        sweeper.Add(connection);
    }

    /// <summary>Whoever opened it stops, and leaves.</summary>
    public void Stop()
    {
        // On the pool: handshakes are answered there, and whoever stops waits for none.
        _ = _stopping.CancelAsync();
        Leave();
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            sweeper.Dispose();
    }

    private void Remove(ChannelConnection connection)
    {
        sweeper.Remove(connection);
        Leave();
    }
}
