namespace TypedChannels;

/// <summary>Time as the state machines take it: a distance from a fixed moment, on a clock that never goes back.</summary>
internal static class Clock
{
    extension(TimeProvider time)
    {
        public TimeSpan Elapsed => time.GetElapsedTime(startingTimestamp: 0);
    }
}
