namespace TypedChannels;

/// <summary>At most so many events in any span of the given length. For rare events: it remembers each.</summary>
/// <remarks>A mutable struct: keep it in a field. Not safe for concurrent use.</remarks>
internal struct RateWindow(int limit, TimeSpan length)
{
    private Queue<TimeSpan>? _events;

    /// <summary>Counts an event; false, and it is not counted, where it is one too many.</summary>
    public bool TryCount(TimeSpan now)
    {
        while (_events is not null && _events.TryPeek(out var oldest) && now - oldest >= length)
            _events.Dequeue();
        if (limit == (_events?.Count ?? 0))
            return false;
        // Nothing can exceed it: nothing needs to be remembered.
        if (limit != int.MaxValue)
            (_events ??= []).Enqueue(now);
        return true;
    }
}
