using System.Diagnostics;

namespace TypedChannels.Load;

/// <summary>What hostile input costs the server and the honest, row by row.</summary>
internal sealed class FloodCommand(Arguments arguments)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private readonly TimeSpan _time = TimeSpan.FromSeconds(arguments.Number("--seconds", 5));
    private readonly int _bystanders = arguments.Number("--bystanders", 100);
    private readonly HashSet<string>? _rows = arguments.Text("--rows")?.Split(',').ToHashSet();

    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (_rows?.FirstOrDefault(row => AttackTable.All.All(attack => attack.Row != row)) is { } unknown)
            throw new ArgumentException($"There is no row {unknown}, but {string.Join(", ", AttackTable.All.Select(attack => attack.Row))}.");
        await using var server = await ServerProcess.StartAsync(stop);
        await using var bystanders = await Bystanders.StartAsync(server.Port, _bystanders, stop);

        // The first of each makes the code warm.
        await RunAsync(AttackTable.Honest, server, bystanders, stop);
        await RunAsync(AttackTable.Handshakes, server, bystanders, stop);
        var honest = new List<RowResult>();
        for (var i = 0; i < 3; i++)
            honest.Add(await RunAsync(AttackTable.Honest, server, bystanders, stop));
        var median = honest.OrderBy(row => row.Cpu / row.Field.Bytes).ElementAt(1);
        var handshakes = await RunAsync(AttackTable.Handshakes, server, bystanders, stop);

        var report = new FloodReport(median.CpuPerKilobyte, handshakes.Cpu.TotalMilliseconds / handshakes.Field.Connections);
        FloodReport.PrintHead();
        report.Print(median, isJudged: false);
        foreach (var attack in AttackTable.All.Where(attack => _rows?.Contains(attack.Row) ?? true))
            report.Print(await RunAsync(attack, server, bystanders, stop));

        var lost = bystanders.Lost;
        await bystanders.EndAsync();
        await server.Program.EndAsync();
        return report.PrintMissed(lost, server.Program) ? 0 : 1;
    }

    private async Task<RowResult> RunAsync(Attack attack, ServerProcess server, Bystanders bystanders, CancellationToken stop)
    {
        Console.Error.WriteLine($"{attack.Row}: {attack.What}");
        await server.CollectAsync();
        await server.TakeEndsAsync(Kind.Attacker);
        // What the row before and the collection left in the way is not this one's.
        await Task.Delay(500, stop);
        await bystanders.MeasureAsync(stop);
        var cpu = server.Program.Cpu;
        await Task.Delay(Quiet, stop);
        var idle = (server.Program.Cpu - cpu) / Quiet;
        var before = await bystanders.MeasureAsync(stop);

        await using var memory = new MemoryWatch(server.Program);
        var field = new Field(server.Port, _time, stop);
        cpu = server.Program.Cpu;
        var clock = Stopwatch.StartNew();
        await attack.RunAsync(field);
        var during = await bystanders.MeasureAsync(stop);
        var allGone = await server.WaitForCountAsync(bystanders.Count, TimeSpan.FromSeconds(10));
        var spent = server.Program.Cpu - cpu - clock.Elapsed * idle;

        await Task.Delay(500, stop);
        var ends = await server.TakeEndsAsync(Kind.Attacker);
        await server.CollectAsync();
        return new RowResult(
            attack, field, spent, before, during, ends, allGone, memory.Peak - memory.Before, server.Program.ResidentBytes - memory.Before);
    }
}
