namespace TypedChannels;

/// <summary>What there is between a start and the end of the last connection after the stop. Safe for concurrent use.</summary>
/// <param name="sweeper">Looks at the deadlines.</param>
/// <param name="origins">Which pages may connect.</param>
/// <param name="maxConnections">As many as there are files for.</param>
/// <param name="options">What was set when it was opened: later changes have no effect.</param>
internal sealed class OpenIntake(Sweeper sweeper, OriginPolicy origins, int maxConnections, ServerOptions options)
{
    // The first is whoever opened it.
    private int _users = 1;
    private volatile bool _isStopping;

    public Sweeper Sweeper => sweeper;

    public OriginPolicy Origins => origins;

    public int MaxConnections => maxConnections;

    public TimeSpan HandshakeTimeout { get; } = options.HandshakeTimeout;

    public MessageCompression Compression { get; } = options.Compression;

    /// <summary>Whether no handshakes are taken any more, and all connections are being closed.</summary>
    public bool IsStopping => _isStopping;

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

    /// <summary>Whoever opened it stops, and leaves.</summary>
    public void Stop()
    {
        _isStopping = true;
        Leave();
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
            sweeper.Dispose();
    }
}
