namespace TypedChannels;

/// <summary>What happens to a connection that takes its messages more slowly than they are sent.</summary>
public enum SlowConsumer
{
    /// <summary>
    /// A send that finds the send queue full fails with <see cref="ConnectionErrors.QueueFull"/>,
    /// and the connection is closed with 4408. The default.
    /// </summary>
    Disconnect = 0,

    /// <summary>A send waits for room. An emit still closes the connection: a broadcast waits for nobody.</summary>
    Wait,
}
