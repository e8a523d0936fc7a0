using System.Collections.Concurrent;
using System.Diagnostics;

namespace TypedChannels.Load;

/// <summary>Where one row is run: what its attackers may use, and what they did. Safe for concurrent use.</summary>
internal sealed class Field(int port, TimeSpan time, CancellationToken stop)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentBag<Ending> _endings = [];
    private long _bytes;
    private int _connections;

    public int Port => port;

    public CancellationToken Stop => stop;

    /// <summary>Whether no further connection shall begin.</summary>
    public bool IsOver => _clock.Elapsed >= time;

    public long Bytes => Volatile.Read(ref _bytes);

    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyCollection<Ending> Endings => _endings;

    /// <summary>Where the attackers do not read, and so see no end: when they broke the rules.</summary>
    public long BrokenAt { get; set; }

    public void Opened(int requestBytes)
    {
        Interlocked.Increment(ref _connections);
        Sent(requestBytes);
    }

    public void Sent(int bytes) => Interlocked.Add(ref _bytes, bytes);

    public void Ended(Ending ending) => _endings.Add(ending);

    /// <summary>Runs something so many times a second until the time is over, without waiting for one before the next.</summary>
    public async Task RepeatAsync(double perSecond, Func<int, Task> run)
    {
        // A timer ticks no more than some hundred times a second.
        var atOnce = (int)Math.Ceiling(perSecond / 100);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(atOnce / perSecond));
        var running = new List<Task>();
        var number = 0;
        do
        {
            for (var i = 0; i < atOnce; i++)
                running.Add(run(number++));
        }
        while (await timer.WaitForNextTickAsync(stop) && !IsOver);
        await Task.WhenAll(running);
    }
}
