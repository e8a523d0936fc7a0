namespace TypedChannels.Load;

/// <summary>Looks at a process's resident memory ten times a second, for its peak.</summary>
internal sealed class MemoryWatch : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public MemoryWatch(ChildProgram program)
    {
        Before = Peak = program.ResidentBytes;
        _watching = WatchAsync(program);
    }

    public long Before { get; }

    public long Peak { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync(ChildProgram program)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
                Peak = Math.Max(Peak, program.ResidentBytes);
        }
        catch (OperationCanceledException)
        {
            // Watched long enough.
        }
    }
}
