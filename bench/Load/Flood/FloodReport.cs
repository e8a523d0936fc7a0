using System.Globalization;

namespace TypedChannels.Load;

/// <summary>The figures of the command <c>flood</c>, beside their goals.</summary>
/// <param name="honest">What an honest sender costs the server: milliseconds a KB.</param>
/// <param name="handshake">And an honest handshake, with its close: milliseconds.</param>
internal sealed class FloodReport(double honest, double handshake)
{
    private const double MaxRatio = 4;

    private readonly List<string> _missed = [];

    public static void PrintHead()
    {
        Console.Write("\n| row | what | connections | sent, KB | server CPU, ms/KB | x honest | x honest, handshakes apart ");
        Console.WriteLine("| bystanders' p99 before, during | how it ended | RSS growth: peak, after |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
    }

    public void Print(RowResult row, bool isJudged = true)
    {
        var ratio = row.CpuPerKilobyte / honest;
        var kilobytes = row.Field.Bytes / 1024.0;
        var apart = Math.Max(0, row.Cpu.TotalMilliseconds - row.Field.Connections * handshake) / kilobytes / honest;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {row.Attack.Row} | {row.Attack.What} | {row.Field.Connections} "
            + $"| {kilobytes:#,0} | {row.CpuPerKilobyte:0.0000} | {Mark(ratio <= MaxRatio)}{ratio:0.00} | {apart:0.00} "
            + $"| {row.Before.P99:0.0}, {Mark(row.KeepsBystanders)}{row.During.P99:0.0} ms | {Mark(row.EndsInTime)}{row.HowItEnded} "
            + $"| {row.PeakGrowth / 1048576.0:0}, {row.LastingGrowth / 1048576.0:0} MB |"));
        if (!isJudged)
            return;
        Note(row, ratio <= MaxRatio, "I-3, CPU a KB at most 4 x honest");
        Note(row, row.KeepsBystanders, "I-4, bystanders' p99 at most twice, or 5 ms");
        Note(row, row.EndsInTime, "I-5, gone within 5.25 s");
    }

    /// <summary>Prints what missed its goal. True: nothing.</summary>
    public bool PrintMissed(int lost, ChildProgram server)
    {
        if (lost > 0)
            _missed.Add($"{lost} bystanders lost an echo or their connection");
        if (server.ExitCode != 0)
            _missed.Add($"the server ended with {server.ExitCode}");
        Console.WriteLine($"\nHonest: {honest:0.0000} ms a KB, {handshake:0.000} ms a handshake.");
        Console.WriteLine($"The server wrote {server.ErrorLines} lines of log.");
        Console.WriteLine(_missed.Count == 0 ? "Every goal is met." : "MISSED (marked ! above):\n" + string.Join('\n', _missed));
        return _missed.Count == 0;
    }

    private void Note(RowResult row, bool isMet, string goal)
    {
        if (!isMet)
            _missed.Add($"{row.Attack.Row}: {goal}");
    }

    private static string Mark(bool isMet) => isMet ? "" : "! ";
}
