using System.Diagnostics;
using System.Globalization;

namespace TypedChannels.Load;

/// <summary>One comparison.</summary>
/// <param name="During">What the live ones' broadcasts took while the others had stalled.</param>
/// <param name="LostDuring">How many they lost.</param>
/// <param name="StalledAt">When the others stopped reading.</param>
/// <param name="Ends">How the server ended those.</param>
/// <param name="ResidentBefore">The server's resident bytes before.</param>
/// <param name="ResidentPeak">At most.</param>
/// <param name="ResidentAfter">After a collection.</param>
/// <param name="HeldAfter">What the garbage collector held after it.</param>
internal sealed record Round(
    Quantiles During, long LostDuring, long StalledAt, IReadOnlyList<End> Ends,
    long ResidentBefore, long ResidentPeak, long ResidentAfter, long HeldAfter)
{
    /// <summary>What broadcasts took while everybody read.</summary>
    public Quantiles Before { get; init; }

    public long LostBefore { get; init; }

    /// <summary>Of one processor, the server's, while everybody read.</summary>
    public double CpuShare { get; init; }

    public double Ratio => Before.P99 == 0 ? 0 : During.P99 / Before.P99;

    /// <summary>After how many seconds a stalled one was cut.</summary>
    public IReadOnlyList<double> CutSeconds =>
        [.. Ends.Select(end => Stopwatch.GetElapsedTime(StalledAt, end.At).TotalSeconds).Order()];

    /// <summary>After how many seconds one was cut whose queue was full.</summary>
    public IReadOnlyList<double> FullSeconds =>
        [.. Ends.Where(end => end.FullAt != 0).Select(end => Stopwatch.GetElapsedTime(end.FullAt, end.At).TotalSeconds).Order()];

    public string Codes => string.Join(", ", Ends.GroupBy(end => end.Code).Select(group => $"{group.Key} x {group.Count()}"));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"all read {Before}, some stalled {During}, p99 ratio {Ratio:0.00}, lost {LostBefore} + {LostDuring}, "
        + $"{Ends.Count} cut after {Spread(CutSeconds)} ({Codes}), server at {CpuShare:0%} of a core");

    public static string Spread(IReadOnlyList<double> sorted) => sorted.Count == 0
        ? "none"
        : string.Create(CultureInfo.InvariantCulture, $"{sorted[0]:0.00} / {sorted[sorted.Count / 2]:0.00} / {sorted[^1]:0.00} s");
}
