using System.Diagnostics;
using System.Globalization;

namespace TypedChannels.Load;

/// <summary>What one row cost.</summary>
/// <param name="Attack">The row.</param>
/// <param name="Field">What its attackers did.</param>
/// <param name="Cpu">What the server spent, beyond what the bystanders cost it.</param>
/// <param name="Before">The bystanders' round trips before.</param>
/// <param name="During">And meanwhile.</param>
/// <param name="Ends">How the server ended the attackers.</param>
/// <param name="AllGone">Whether in the end only the bystanders were connected.</param>
/// <param name="PeakGrowth">How much the server's resident memory grew, at most.</param>
/// <param name="LastingGrowth">And after a collection.</param>
internal sealed record RowResult(
    Attack Attack, Field Field, TimeSpan Cpu, Quantiles Before, Quantiles During, IReadOnlyList<End> Ends, bool AllGone,
    long PeakGrowth, long LastingGrowth)
{
    // The close timeout, and by how much a deadline may be missed: docs/limits.md.
    private const double EndBound = 5.25;

    public double CpuPerKilobyte => Cpu.TotalMilliseconds / (Field.Bytes / 1024.0);

    public bool KeepsBystanders => During.P99 <= Math.Max(5, 2 * Before.P99);

    /// <summary>After how long the last one was gone; null: one was not.</summary>
    public double? SlowestEnd
    {
        get
        {
            if (Field.BrokenAt == 0)
                return Field.Endings.Any(ending => ending.Seconds is null) ? null : Field.Endings.Max(ending => ending.Seconds) ?? 0;
            return AllGone && Ends.Count > 0 ? Ends.Max(SecondsTo) : null;

            double SecondsTo(End end) => Stopwatch.GetElapsedTime(Math.Max(Field.BrokenAt, end.FullAt), end.At).TotalSeconds;
        }
    }

    public bool EndsInTime => AllGone && SlowestEnd <= EndBound;

    public string HowItEnded
    {
        get
        {
            var codes = string.Join(", ", Ends.GroupBy(end => end.Code).Select(group => $"{group.Key} x {group.Count()}"));
            if (!AllGone)
                codes += ", some still there";
            if (Attack.IsValid && Field.Endings.Count == 0)
                return $"{codes}, by itself";
            var seen = Field.Endings.Count(ending => ending.CloseCode != 0);
            var time = SlowestEnd is { } slowest ? string.Create(CultureInfo.InvariantCulture, $"within {slowest:0.00} s") : "one was not";
            return Field.BrokenAt != 0 ? $"{codes}, {time}" : $"{codes} ({seen} saw the code), {time}";
        }
    }
}
