using System.Diagnostics;

namespace TypedChannels.Load;

/// <summary>What 1,000 clients that read nothing cost 9,000 others that hear the same broadcasts, and the server.</summary>
internal sealed class StalledCommand(Arguments arguments)
{
    // Beyond the bound of docs/limits.md, so that a miss is seen.
    private static readonly TimeSpan CutPatience = TimeSpan.FromSeconds(40);

    private readonly int _subscribers = arguments.Number("--subscribers", 10_000);
    private readonly int _stalled = arguments.Number("--stalled", 1_000);
    private readonly int _filled = arguments.Number("--filled", 200);
    private readonly int _rounds = arguments.Number("--rounds", 3);
    private readonly int _rate = arguments.Number("--rate", 2);
    private readonly int _bytes = arguments.Number("--bytes", 1024);
    private readonly TimeSpan _time = TimeSpan.FromSeconds(arguments.Number("--seconds", 15));

    public async Task<int> RunAsync(CancellationToken stop)
    {
        if (_stalled >= _subscribers || _filled < 1 || _rounds < 1)
            throw new ArgumentException("There must be a round, and somebody who does not stall.");
        await using var server = await ServerProcess.StartAsync(stop);
        var samples = new Samples(_subscribers * _rate * (int)(CutPatience + _time).TotalSeconds);
        using var live = new Audience(server, samples);
        Progress($"{_subscribers - _stalled} subscribers connect");
        await live.ConnectAsync(_subscribers - _stalled, Kind.Honest, stop);
        // What is measured must not hang on whether 9,000 pings happen to fall on a broadcast.
        var spread = live.SpreadPingsAsync(new ServerOptions().PingInterval, stop);
        await MeasureAsync(server, live, samples, TimeSpan.FromSeconds(5), stop);
        await spread;

        var rounds = new List<Round>();
        for (var i = 1; i <= _rounds; i++)
        {
            rounds.Add(await RunRoundAsync(server, live, samples, stop));
            Progress($"round {i} of {_rounds}: {rounds[^1]}");
        }
        var filled = await RunFilledAsync(server, live, samples, stop);
        Progress($"filled: {filled}");
        await server.Program.EndAsync();
        return StalledReport.Print(rounds, filled, _stalled, _filled, server.Program) ? 0 : 1;
    }

    /// <summary>Everybody reads; then some stop, until the last of them is cut.</summary>
    private async Task<Round> RunRoundAsync(ServerProcess server, Audience live, Samples samples, CancellationToken stop)
    {
        using var stalling = await ConnectStallingAsync(_stalled, server, live, samples, stop);
        var spread = stalling.SpreadPingsAsync(_time * 0.9, stop);
        var cpu = server.Program.Cpu;
        var before = await MeasureAsync(server, live, samples, _time, stop);
        var share = (server.Program.Cpu - cpu) / _time;
        await spread;
        await server.CollectAsync();
        var round = await StallAsync(server, live, samples, stalling, fill: false, stop);
        return round with { Before = before.Times, LostBefore = before.Lost, CpuShare = share };
    }

    /// <summary>They stop reading what only they are sent, and so much of it that their queues fill to the bound.</summary>
    private async Task<Round> RunFilledAsync(ServerProcess server, Audience live, Samples samples, CancellationToken stop)
    {
        using var stalling = await ConnectStallingAsync(_filled, server, live, samples, stop);
        await server.CollectAsync();
        return await StallAsync(server, live, samples, stalling, fill: true, stop);
    }

    private static async Task<Audience> ConnectStallingAsync(
        int count, ServerProcess server, Audience live, Samples samples, CancellationToken stop)
    {
        var stalling = new Audience(server, samples);
        await stalling.ConnectAsync(count, Kind.Stalling, stop);
        if (!await server.WaitForCountAsync(live.Count + stalling.Count, TimeSpan.FromSeconds(10)))
            throw new InvalidOperationException($"{await server.CountAsync()} of {live.Count + count} are connected.");
        await server.TakeEndsAsync(Kind.Stalling);
        return stalling;
    }

    private async Task<Round> StallAsync(
        ServerProcess server, Audience live, Samples samples, Audience stalling, bool fill, CancellationToken stop)
    {
        await using var memory = new MemoryWatch(server.Program);
        var clock = Stopwatch.StartNew();
        samples.Clear();
        foreach (var member in stalling.Members)
            member.Stall();
        var stalledAt = Stopwatch.GetTimestamp();
        await server.EmitAsync(_rate, _bytes);
        // With its envelope just below a power of two. So many a second that queues fill before an unanswered ping ends the connection.
        if (fill)
            await server.FillAsync(4, 32_000);
        await server.WaitForCountAsync(live.Count, CutPatience);
        while (!fill && clock.Elapsed < _time)
            await Task.Delay(100, stop);
        var lost = await live.CountLostAsync(await server.QuietAsync(), stop);
        // Whoever is over the queue's bound has left the server's list, and still has the close timeout.
        var ends = await server.TakeEndsAsync(Kind.Stalling);
        for (var i = 0; i < 100 && ends.Count < stalling.Count; i++)
        {
            await Task.Delay(100, stop);
            ends.AddRange(await server.TakeEndsAsync(Kind.Stalling));
        }
        var held = await server.CollectAsync();
        return new Round(samples.Sum(), lost, stalledAt, ends, memory.Before, memory.Peak, server.Program.ResidentBytes, held);
    }

    private async Task<(Quantiles Times, long Lost)> MeasureAsync(
        ServerProcess server, Audience live, Samples samples, TimeSpan time, CancellationToken stop)
    {
        samples.Clear();
        await server.EmitAsync(_rate, _bytes);
        await Task.Delay(time, stop);
        var lost = await live.CountLostAsync(await server.QuietAsync(), stop);
        return (samples.Sum(), lost);
    }

    private static void Progress(string text) => Console.Error.WriteLine(text);
}
