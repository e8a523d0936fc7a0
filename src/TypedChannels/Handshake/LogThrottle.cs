namespace TypedChannels;

/// <summary>
/// Keeps what anybody can cause from filling the log: one line in ten seconds, with how many there were. Safe for concurrent use.
/// </summary>
internal sealed class LogThrottle
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private TimeSpan? _last;
    private int _count;

    /// <summary>Counts an event; true where it is to be logged, with how many there were since the last that was.</summary>
    public bool TryEnter(TimeSpan now, out int count)
    {
        lock (_gate)
        {
            count = ++_count;
            if (now - _last < Pause)
                return false;
            (_last, _count) = (now, 0);
            return true;
        }
    }
}
