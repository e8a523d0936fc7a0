using System.Collections.Concurrent;

namespace TypedChannels;

/// <summary>One timer for the deadlines of all connections, instead of one each. Safe for concurrent use.</summary>
internal sealed class Sweeper : IDisposable
{
    private readonly ConcurrentDictionary<ChannelConnection, byte> _connections = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public Sweeper(TimeProvider time, TimeSpan interval)
    {
        _time = time;
        _timer = time.CreateTimer(static state => ((Sweeper)state!).Sweep(), this, interval, interval);
    }

    public IEnumerable<ChannelConnection> Connections => _connections.Select(entry => entry.Key);

    public void Add(ChannelConnection connection) => _connections.TryAdd(connection, 0);

    public void Remove(ChannelConnection connection) => _connections.TryRemove(connection, out _);

    public void Dispose() => _timer.Dispose();

    private void Sweep()
    {
        var now = _time.Elapsed;
        foreach (var (connection, _) in _connections)
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
    }
}
