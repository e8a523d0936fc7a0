namespace TypedChannels.Tests.Hostile;

/// <summary>
/// A clock whose hands can be set (<see cref="Wall"/>), or at which nobody has looked for a while (<see cref="Stopped"/>).
/// </summary>
internal sealed class LeapingClock(TimeProvider clock) : TimeProvider
{
    public TimeSpan Wall { get; set; }

    public TimeSpan Stopped { get; set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override long GetTimestamp() => clock.GetTimestamp() + (long)(Stopped.TotalSeconds * TimestampFrequency);

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Wall + Stopped;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);
}
