using System.Globalization;

namespace TypedChannels.Load;

/// <summary>The server's process: does what its standard input says, and ends with it.</summary>
internal static class ServeCommand
{
    public const string Name = "serve";

    /// <summary>Has the server agree to compression.</summary>
    public const string Compressing = "compressing";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var unobserved = 0;
        TaskScheduler.UnobservedTaskException += (_, failure) =>
        {
            Interlocked.Increment(ref unobserved);
            Console.Error.WriteLine(failure.Exception);
        };
        await using var server = new LoadServer(new ServerOptions
        {
            Host = "127.0.0.1",
            Compression = arguments.Contains(Compressing) ? MessageCompression.Deflate : MessageCompression.Off,
        });
        await using var emitter = new Emitter(server);
        await server.StartAsync();
        await SayAsync(Text(server.Port));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var words = line.Split(' ');
            await SayAsync(words[0] switch
            {
                "emit" => Text(emitter.Begin(Number(words[1]), Number(words[2]))),
                "fill" => Text(emitter.BeginFilling(Number(words[1]), Number(words[2]))),
                "quiet" => Text(await emitter.EndAsync()),
                "ends" => server.TakeEnds(Enum.Parse<Kind>(words[1])),
                "count" => Text(server.ConnectionCount),
                "collect" => Text(Collect()),
                _ => throw new ArgumentException(line),
            });
        }
        await server.StopAsync();
        Collect();
        return unobserved == 0 ? 0 : 3;
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static async Task SayAsync(string answer)
    {
        await Console.Out.WriteLineAsync(answer);
        await Console.Out.FlushAsync();
    }

    private static long Collect()
    {
        // Pools let go of what was not used between two collections.
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
