using TypedChannels.LoadGenerator.Wire;

namespace TypedChannels.LoadGenerator.Work;

/// <summary>The first connection has a message sent to all; once all have it, the next. The latency is that of the last receiver.</summary>
internal sealed class Fan(string message) : Workload
{
    private readonly Outgoing _outgoing = Outgoing.Frame(message);
    private Connection[] _connections = [];
    private bool[] _hasIt = [];
    private int _waiting;
    private long _sentAt;

    public override void Start(Connection[] connections, long now)
    {
        _connections = connections;
        _hasIt = new bool[connections.Length];
        Send(now);
    }

    public override void OnMessages(Connection connection, int messages, long now)
    {
        if (messages > 1 || _hasIt[connection.Index])
            throw new LoadException($"Connection {connection.Index} had one broadcast more than once.");
        _hasIt[connection.Index] = true;
        Messages++;
        if (--_waiting > 0)
            return;
        Latencies.Add(now - _sentAt);
        Send(now);
    }

    private void Send(long now)
    {
        Array.Clear(_hasIt);
        (_waiting, _sentAt) = (_connections.Length, now);
        _connections[0].Send(_outgoing, 1);
    }
}
