using System.Globalization;

namespace TypedChannels.Load;

/// <summary>How a connection ended, as the server saw it: times in ticks of the stopwatch, which all processes share.</summary>
internal sealed record End(long At, long FullAt, int Code);

/// <summary>The server, seen from the process that loads it.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly CancellationToken _stop;

    private ServerProcess(ChildProgram program, int port, CancellationToken stop) => (Program, Port, _stop) = (program, port, stop);

    public ChildProgram Program { get; }

    public int Port { get; }

    public static async Task<ServerProcess> StartAsync(CancellationToken stop, params string[] arguments)
    {
        var program = ChildProgram.Start([ServeCommand.Name, .. arguments]);
        try
        {
            return new ServerProcess(program, Parse(await program.ReadAsync(stop)), stop);
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    /// <summary>Begins to broadcast, and tells the number of the broadcast before.</summary>
    public async Task<long> EmitAsync(int perSecond, int bytes) =>
        long.Parse(await Program.AskAsync($"emit {perSecond} {bytes}", _stop), CultureInfo.InvariantCulture);

    /// <summary>Begins to send every stalling connection messages of its own.</summary>
    public Task FillAsync(int perSecond, int bytes) => Program.AskAsync($"fill {perSecond} {bytes}", _stop);

    /// <summary>Sends no more, and tells the number of the last broadcast.</summary>
    public async Task<long> QuietAsync() => long.Parse(await Program.AskAsync("quiet", _stop), CultureInfo.InvariantCulture);

    public async Task<int> CountAsync() => Parse(await Program.AskAsync("count", _stop));

    /// <summary>What the garbage collector holds after it ran.</summary>
    public async Task<long> CollectAsync() => long.Parse(await Program.AskAsync("collect", _stop), CultureInfo.InvariantCulture);

    /// <summary>The connections of a kind that have ended since this was last asked.</summary>
    public async Task<List<End>> TakeEndsAsync(Kind kind)
    {
        var line = await Program.AskAsync($"ends {kind}", _stop);
        return [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split(':')).Select(parts => new End(
            long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture), Parse(parts[2])))];
    }

    /// <summary>Waits until so many are connected. False: not in time.</summary>
    public async Task<bool> WaitForCountAsync(int count, TimeSpan patience)
    {
        for (var waited = TimeSpan.Zero; waited < patience; waited += TimeSpan.FromMilliseconds(100))
        {
            if (await CountAsync() == count)
                return true;
            await Task.Delay(100, _stop);
        }
        return false;
    }

    public ValueTask DisposeAsync() => Program.DisposeAsync();

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
