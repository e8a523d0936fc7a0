namespace TypedChannels.Tests.Hosting;

/// <summary>A clock, the system's where no other is given, which knows how many of its timers nobody has disposed of.</summary>
internal sealed class CountingTime(TimeProvider? clock = null) : TimeProvider
{
    private readonly TimeProvider _clock = clock ?? System;
    private int _timers;

    public int Timers => Volatile.Read(ref _timers);

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override long GetTimestamp() => _clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new Timer(this, _clock.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Timer(CountingTime time, ITimer timer) : ITimer
    {
        private bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (!Interlocked.Exchange(ref _disposed, true))
                Interlocked.Decrement(ref time._timers);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
