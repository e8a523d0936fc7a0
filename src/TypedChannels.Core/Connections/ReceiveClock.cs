namespace TypedChannels;

/// <summary>When the peer was last heard of, in whatever bytes. Safe for concurrent use.</summary>
internal sealed class ReceiveClock(TimeProvider time)
{
    private long _last = time.Elapsed.Ticks;

    public TimeSpan Last => TimeSpan.FromTicks(Volatile.Read(ref _last));

    public void Mark() => Volatile.Write(ref _last, time.Elapsed.Ticks);
}
