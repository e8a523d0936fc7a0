namespace TypedChannels.Tests.Client.Reconnecting;

/// <summary>
/// A clock, the system's where no other is given, which tells of each timer that is set once, and how long it runs: a client's delays.
/// </summary>
internal sealed class RecordedTime(TimeProvider? clock = null) : TimeProvider
{
    private readonly TimeProvider _clock = clock ?? System;

    public Seen<TimeSpan> Delays { get; } = new();

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _clock.CreateTimer(callback, state, dueTime, period);
        if (period == Timeout.InfiniteTimeSpan)
            Delays.Add(dueTime);
        return timer;
    }
}
