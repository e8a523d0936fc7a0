using System.Diagnostics;
using System.Globalization;

namespace TypedChannels.Load;

/// <summary>Times, all of which are kept: a percentile is one of them, not an estimate. Adding is safe for concurrent use.</summary>
internal sealed class Samples(int capacity)
{
    private readonly long[] _ticks = new long[capacity];
    private int _count;

    public int Count => Math.Min(_count, _ticks.Length);

    /// <summary>Adds a time in ticks of the <see cref="Stopwatch"/>.</summary>
    public void Add(long ticks)
    {
        var at = Interlocked.Increment(ref _count) - 1;
        if (at < _ticks.Length)
            _ticks[at] = ticks;
    }

    public void Clear() => _count = 0;

    public Quantiles Sum()
    {
        if (Count == 0)
            return default;
        var sorted = _ticks[..Count];
        Array.Sort(sorted);
        return new Quantiles(At(0), At(0.5), At(0.99), At(1));

        double At(double share)
        {
            var ticks = sorted[(int)Math.Ceiling(share * (sorted.Length - 1))];
            return Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds;
        }
    }
}

/// <summary>Of some times, in milliseconds.</summary>
internal readonly record struct Quantiles(double Min, double P50, double P99, double Max)
{
    public override string ToString() => Max == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{P50:0.0} / {P99:0.0} / {Max:0.0} ms");
}
