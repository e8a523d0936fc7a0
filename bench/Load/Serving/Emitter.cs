using System.Diagnostics;

namespace TypedChannels.Load;

/// <summary>Sends at a steady rate, until told to end.</summary>
internal sealed class Emitter(LoadServer server) : IAsyncDisposable
{
    private readonly List<Task> _running = [];
    private CancellationTokenSource _stop = new();
    private long _number;

    /// <summary>Begins to broadcast.</summary>
    /// <returns>The last number before.</returns>
    public long Begin(int perSecond, int bytes)
    {
        var padding = new string('x', bytes);
        _running.Add(RepeatAsync(perSecond, () => server.EmitTickAsync(new Tick(++_number, Stopwatch.GetTimestamp(), padding))));
        return _number;
    }

    /// <summary>Begins to send each stalling connection messages of its own.</summary>
    public int BeginFilling(int perSecond, int bytes)
    {
        var padding = new string('x', bytes);
        _running.Add(RepeatAsync(perSecond, () =>
        {
            server.FillStalling(padding);
            return default;
        }));
        return 0;
    }

    /// <summary>Ends, and tells the last number.</summary>
    public async Task<long> EndAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _running.Clear();
        _stop.Dispose();
        _stop = new CancellationTokenSource();
        return _number;
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _stop.Dispose();
    }

    private async Task RepeatAsync(int perSecond, Func<ValueTask> send)
    {
        var stop = _stop.Token;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1) / perSecond);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await send();
        }
        catch (OperationCanceledException)
        {
            // Told to end.
        }
    }
}
