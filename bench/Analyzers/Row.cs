using System.Globalization;

namespace TypedChannels.Bench.Analyzers;

/// <summary>What was measured of the project in either layout, and what it should stay under.</summary>
internal sealed record Row(string What, double OneFile, double FileEach, string Unit, double? Goal = null)
{
    public bool IsMissed => OneFile >= Goal || FileEach >= Goal;

    public override string ToString() => $"| {What} | {Show(OneFile)} | {Show(FileEach)} | {(Goal is { } goal ? "under " + goal.ToString(CultureInfo.InvariantCulture) + " " + Unit : "")} |";

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private string Show(double value) =>
        (value >= Goal ? "! " : "") + value.ToString(value < 10 ? "0.00" : "0.0", CultureInfo.InvariantCulture) + " " + Unit;
}
