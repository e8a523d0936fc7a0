namespace TypedChannels;

/// <summary>The bounds of one connection, shared by all connections of a server.</summary>
internal sealed record ConnectionLimits
{
    /// <summary>What a message that waits in a queue costs beside its bytes, so that small and empty ones count too.</summary>
    public const int MessageOverheadBytes = 64;

    public int MaxMessageBytes { get; init; } = 64 * 1024;

    public int MaxFragments { get; init; } = 1024;

    /// <summary>Whether binary messages are received; otherwise they close the connection with 1003.</summary>
    public bool AcceptBinary { get; init; }

    public int SendQueueBytes { get; init; } = 1024 * 1024;

    public int ReceiveQueueBytes { get; init; } = 256 * 1024;

    public SlowConsumer SlowConsumer { get; init; }

    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a message may take from its first byte to its last.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public int MaxControlFramesPerSecond { get; init; } = 1000;

    public int? MaxMessagesPerSecond { get; init; }

    public int? MaxBytesPerSecond { get; init; }

    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Message errors a minute after which the connection is closed.</summary>
    public int MessageErrorLimit { get; init; } = 60;

    /// <summary>Whether this side tells its peer of messages that it refused: the server does.</summary>
    public bool AnswersErrors { get; init; } = true;

    /// <summary>Whether a peer that takes its messages too slowly is cut: the server does that.</summary>
    public bool CutsSlowPeer { get; init; } = true;

    /// <summary>
    /// How often deadlines are looked at: often enough that none is missed by more than a quarter, nor by more than 250 ms, of which 50 are
    /// for a timer that is late.
    /// </summary>
    public TimeSpan SweepInterval
    {
        get
        {
            var shortest = new[] { PingInterval, PingTimeout, MessageTimeout, CloseTimeout }.Min() / 4;
            return TimeSpan.FromMilliseconds(Math.Clamp(shortest.TotalMilliseconds, 10, 200));
        }
    }
}
