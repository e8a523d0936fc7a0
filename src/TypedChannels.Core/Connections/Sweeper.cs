using System.Buffers;

namespace TypedChannels;

/// <summary>One timer for the deadlines of all connections, instead of one each. Safe for concurrent use.</summary>
internal sealed class Sweeper : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<ChannelConnection> _connections = [];
    private readonly TimeProvider _time;
    private readonly HandlerWatch? _watch;
    private readonly ITimer _timer;

    /// <param name="time">The clock.</param>
    /// <param name="interval">How often deadlines are looked at.</param>
    /// <param name="watch">What is looked at too.</param>
    public Sweeper(TimeProvider time, TimeSpan interval, HandlerWatch? watch = null)
    {
        _time = time;
        _watch = watch;
        _timer = time.CreateTimer(static state => ((Sweeper)state!).Sweep(), this, interval, interval);
    }

    /// <summary>A snapshot.</summary>
    public ChannelConnection[] Connections
    {
        get
        {
            lock (_gate)
                return [.. _connections];
        }
    }

    public void Add(ChannelConnection connection)
    {
        lock (_gate)
        {
            connection.SweeperIndex = _connections.Count;
            _connections.Add(connection);
        }
    }

    /// <summary>Has no effect for one that is not there.</summary>
    public void Remove(ChannelConnection connection)
    {
        lock (_gate)
        {
            var index = connection.SweeperIndex;
            if (index < 0)
                return;
            // The last takes its place, so that leaving costs the same however many are there.
            var last = _connections[^1];
            _connections[index] = last;
            last.SweeperIndex = index;
            _connections.RemoveAt(_connections.Count - 1);
            connection.SweeperIndex = -1;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        var now = _time.Elapsed;
        // Not under the lock, and by several timers' threads where one is held up: each has a list of its own.
        ChannelConnection[] swept;
        int count;
        lock (_gate)
        {
            count = _connections.Count;
            swept = ArrayPool<ChannelConnection>.Shared.Rent(count);
            _connections.CopyTo(swept);
        }
        try
        {
            _watch?.Look(now);
        }
#pragma warning disable CA1031 // As below.
        catch (Exception)
#pragma warning restore CA1031
        {
            // It has told of that handler, or cannot.
        }
        foreach (var connection in swept.AsSpan(0, count))
        {
            try
            {
                connection.Tick(now);
            }
#pragma warning disable CA1031 // A timer's failure ends the process, and the others have deadlines too. What can fail is a logger.
            catch (Exception)
#pragma warning restore CA1031
            {
                connection.Abort();
            }
        }
        ArrayPool<ChannelConnection>.Shared.Return(swept, clearArray: true);
    }
}
