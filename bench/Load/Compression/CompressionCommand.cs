using System.Globalization;

namespace TypedChannels.Load;

/// <summary>What compression costs and saves: bytes and the server's CPU a message, and memory a connection.</summary>
internal sealed class CompressionCommand(Arguments arguments)
{
    private static readonly int[] Sizes = [300, 1000, 8000, 60_000];

    private readonly TimeSpan _time = TimeSpan.FromSeconds(arguments.Number("--seconds", 3));
    private readonly int _connections = arguments.Number("--connections", 5000);

    public async Task<int> RunAsync(CancellationToken stop)
    {
        Console.WriteLine("| message | bytes, plain | bytes, compressed | server CPU an echo, plain | compressed |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var size in Sizes)
        {
            var plain = await EchoAsync(size, isCompressed: false, stop);
            var compressed = await EchoAsync(size, isCompressed: true, stop);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {size:N0} characters | {plain.Bytes:N0} | {compressed.Bytes:N0} "
                + $"| {plain.Microseconds:0.0} µs | {compressed.Microseconds:0.0} µs |"));
        }
        Console.WriteLine();
        foreach (var isCompressed in new[] { false, true })
        {
            var bytes = await HoldAsync(isCompressed, stop);
            var kind = isCompressed ? "compressed" : "plain";
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"Idle connection, {kind}: {bytes / 1024:0.0} KiB ({_connections:N0} of them, a message each)."));
        }
        return 0;
    }

    /// <summary>Echoes as fast as one connection can; those that are compressed are so both ways.</summary>
    private async Task<(double Bytes, double Microseconds)> EchoAsync(int size, bool isCompressed, CancellationToken stop)
    {
        await using var server = await StartAsync(isCompressed, stop);
        using var talker = await Talker.OpenAsync(server.Port, isCompressed, stop);
        var texts = Enumerable.Range(0, 16).Select(seed => SampleText.Make(seed, size)).ToArray();
        // Until what is compiled while it runs is compiled.
        await talker.TalkAsync(texts, _time / 2, stop);
        var before = server.Program.Cpu;
        var (messages, bytes) = await talker.TalkAsync(texts, _time, stop);
        return ((double)bytes / messages, (server.Program.Cpu - before).TotalMicroseconds / messages);
    }

    /// <summary>The resident bytes of one connection.</summary>
    private async Task<double> HoldAsync(bool isCompressed, CancellationToken stop)
    {
        await using var server = await StartAsync(isCompressed, stop);
        var texts = new[] { SampleText.Make(1, 4000) };
        var all = new List<Talker>();
        try
        {
            // What the first ones bring into memory is not theirs.
            await OpenAsync(500);
            await server.CollectAsync();
            var before = server.Program.ResidentBytes;
            await OpenAsync(_connections);
            await server.CollectAsync();
            return (double)(server.Program.ResidentBytes - before) / _connections;
        }
        finally
        {
            all.ForEach(talker => talker.Dispose());
        }

        async Task OpenAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                all.Add(await Talker.OpenAsync(server.Port, isCompressed, stop));
                await all[^1].TalkAsync(texts, TimeSpan.Zero, stop);
            }
        }
    }

    private static Task<ServerProcess> StartAsync(bool isCompressed, CancellationToken stop) =>
        isCompressed ? ServerProcess.StartAsync(stop, ServeCommand.Compressing) : ServerProcess.StartAsync(stop);
}
