using System.Globalization;

namespace TypedChannels.Load;

/// <summary>The bystanders, seen from the process that attacks.</summary>
internal sealed class Bystanders : IAsyncDisposable
{
    private readonly ChildProgram _program;

    private Bystanders(ChildProgram program, int count) => (_program, Count) = (program, count);

    public int Count { get; }

    /// <summary>How many have lost an echo, or their connection.</summary>
    public int Lost { get; private set; }

    public static async Task<Bystanders> StartAsync(int port, int count, CancellationToken stop)
    {
        var program = ChildProgram.Start(BystandCommand.Name, "--port", $"{port}", "--count", $"{count}");
        await program.ReadAsync(stop);
        return new Bystanders(program, count);
    }

    /// <summary>What round trips took since this was last asked.</summary>
    public async Task<Quantiles> MeasureAsync(CancellationToken stop)
    {
        var words = (await _program.AskAsync("begin", stop)).Split(' ');
        var numbers = words.Select(word => double.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        Lost = (int)numbers[3];
        return new Quantiles(0, numbers[0], numbers[1], numbers[2]);
    }

    public Task EndAsync() => _program.EndAsync();

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
