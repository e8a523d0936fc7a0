namespace TypedChannels;

/// <summary>How much may come a second: as much at once, and then no more than runs in again.</summary>
/// <remarks>
/// A mutable struct: keep it in a field. Times are distances from any fixed moment, on a clock that never goes back. Not safe for
/// concurrent use. The framework's limiters ask the machine's own clock, which a test cannot set.
/// </remarks>
/// <param name="perSecond">1 or more.</param>
internal struct TokenBucket(int perSecond)
{
    // In parts of a ticks-a-second, so that nothing is ever rounded.
    private long _left = perSecond * TimeSpan.TicksPerSecond;
    private TimeSpan _last;

    /// <summary>Takes <paramref name="count"/>; false, and nothing is taken, where there is less.</summary>
    public bool TryTake(int count, TimeSpan now)
    {
        var passed = Math.Min((now - _last).Ticks, TimeSpan.TicksPerSecond);
        _left = Math.Min(_left + passed * perSecond, perSecond * TimeSpan.TicksPerSecond);
        _last = now;
        var cost = count * TimeSpan.TicksPerSecond;
        if (cost > _left)
            return false;
        _left -= cost;
        return true;
    }
}
