namespace TypedChannels;

/// <summary>Counts events in windows of fixed length. Not safe for concurrent use.</summary>
internal struct RateWindow(TimeSpan length)
{
    private TimeSpan _start;
    private int _count;

    /// <summary>Counts an event, and tells how many came in the current window with it.</summary>
    public int Count(TimeSpan now)
    {
        if (_count == 0 || now - _start >= length)
            (_start, _count) = (now, 0);
        return ++_count;
    }
}
