namespace TypedChannels.LoadGenerator.Work;

/// <summary>What the clients do once they are all connected. Times are ticks of the stopwatch.</summary>
internal abstract class Workload
{
    /// <summary>Messages received.</summary>
    public long Messages { get; protected set; }

    public Latencies Latencies { get; } = new();

    /// <summary>Whether there is always something to come.</summary>
    public virtual bool IsBusy => true;

    public abstract void Start(Connection[] connections, long now);

    /// <summary>So many messages were received at once.</summary>
    public abstract void OnMessages(Connection connection, int messages, long now);
}
