using System.Diagnostics;
using System.Numerics;

namespace TypedChannels.LoadGenerator.Work;

/// <summary>How often each latency came: steps of a 256th of the power of two below it, so that a percentile is exact to 0.4 %.</summary>
internal sealed class Latencies
{
    private const int StepBits = 8;

    private readonly long[] _counts = new long[(64 - StepBits + 1) << StepBits];
    private long _count;
    private long _max;

    public double MaxMilliseconds => Milliseconds(_max);

    /// <param name="ticks">Of the stopwatch.</param>
    public void Add(long ticks)
    {
        _counts[StepOf(ticks)]++;
        _count++;
        _max = Math.Max(_max, ticks);
    }

    /// <summary>The latency that so much of all does not exceed.</summary>
    /// <param name="share">0 to 1.</param>
    public double Percentile(double share)
    {
        var left = (long)Math.Ceiling(share * _count);
        for (var step = 0; step < _counts.Length && left > 0; step++)
        {
            left -= _counts[step];
            if (left <= 0)
                return Math.Min(Milliseconds(FloorOf(step)), MaxMilliseconds);
        }
        return 0;
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private static int StepOf(long ticks)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)ticks | 1) - StepBits);
        return (shift << StepBits) + (int)(ticks >> shift);
    }

    private static long FloorOf(int step)
    {
        var shift = Math.Max(0, (step >> StepBits) - 1);
        return (long)(step - (shift << StepBits)) << shift;
    }
}
