using System.Globalization;

namespace TypedChannels.Load;

/// <summary>The figures of the command <c>stalled</c>, beside their goals.</summary>
internal static class StalledReport
{
    private const double Megabyte = 1024 * 1024;

    private static readonly ServerOptions Defaults = new();

    /// <summary>Prints the table. True where every goal is met.</summary>
    public static bool Print(IReadOnlyList<Round> rounds, Round filled, int stalled, int fillCount, ChildProgram server)
    {
        Console.Write("\n| round | all read: p50 / p99 / max | some stalled: p50 / p99 / max | p99 ratio | lost ");
        Console.WriteLine("| cut after: min / p50 / max | RSS before, peak, after | server's cores, all read |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        for (var i = 0; i < rounds.Count; i++)
            Console.WriteLine(Line($"{i + 1}", rounds[i]));
        Console.WriteLine(Line("queues filled", filled));

        // No deadline is missed by more than 250 ms (docs/limits.md); here are two, one after the other.
        var deadCut = (Defaults.PingInterval + Defaults.PingTimeout).TotalSeconds + 2 * 0.25;
        var slowCut = Defaults.CloseTimeout.TotalSeconds + 0.25;
        var bound = stalled * 1.2 * Defaults.SendQueueBytes / Megabyte;
        var fillBound = fillCount * 1.2 * Defaults.SendQueueBytes / Megabyte;
        var ratio = Median(rounds, round => round.Ratio);
        var growth = rounds.Max(Growth);
        var (before, during) = (Median(rounds, round => round.Before.P99), Median(rounds, round => round.During.P99));
        Console.WriteLine($"\nMedians of p99: all read {before:0.0} ms, some stalled {during:0.0} ms.");
        return new[]
        {
            Check($"median of the p99 ratios {ratio:0.00}, at most 1.20", ratio <= 1.2),
            Check("the live ones lost nothing", rounds.Append(filled).All(round => round.LostBefore + round.LostDuring == 0)),
            Check($"every stalled one was cut ({stalled} a round)", rounds.All(round => round.Ends.Count == stalled)),
            Check($"at the latest {Last(rounds):0.00} s after it stopped, bound {deadCut:0.00} s", Last(rounds) <= deadCut),
            Check(
                $"with a full queue {Round.Spread(filled.FullSeconds)} after that, bound {slowCut:0.00} s ({filled.Codes})",
                filled.FullSeconds.Count == fillCount && filled.FullSeconds[^1] <= slowCut),
            Check($"RSS grew by {growth:0} MB, bound {bound:0} MB", growth <= bound),
            Check($"with {fillCount} full queues by {Growth(filled):0} MB, bound {fillBound:0} MB", Growth(filled) <= fillBound),
            Check($"the server ended with {server.ExitCode}, log lines {server.ErrorLines}", server.ExitCode == 0),
        }.All(isMet => isMet);
    }

    private static double Median(IReadOnlyList<Round> rounds, Func<Round, double> figure) =>
        rounds.Select(figure).Order().ElementAt(rounds.Count / 2);

    private static double Growth(Round round) => (round.ResidentPeak - round.ResidentBefore) / Megabyte;

    private static double Last(IEnumerable<Round> rounds) => rounds.Max(round => round.CutSeconds.Count == 0 ? 0 : round.CutSeconds[^1]);

    private static string Line(string name, Round round) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {round.Before} | {round.During} | {Number(round.Ratio)} | {round.LostBefore + round.LostDuring} "
        + $"| {Round.Spread(round.CutSeconds)} ({round.Codes}) | {round.ResidentBefore / Megabyte:0}, {round.ResidentPeak / Megabyte:0}, "
        + $"{round.ResidentAfter / Megabyte:0} MB (GC {round.HeldAfter / Megabyte:0}) | {Number(round.CpuShare)} |");

    // Where everybody reads, nothing was measured before the queues were filled.
    private static string Number(double number) => number is 0 or double.PositiveInfinity ? "" : $"{number:0.00}";

    private static bool Check(string text, bool isMet)
    {
        Console.WriteLine($"{(isMet ? "met   " : "MISSED")} {text}");
        return isMet;
    }
}
