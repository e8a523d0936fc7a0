using TypedChannels.LoadGenerator.Wire;

namespace TypedChannels.LoadGenerator.Work;

/// <summary>Every connection keeps so many messages in flight: an answer is followed by the next message.</summary>
internal sealed class Echo(string message, int connectionCount, int depth) : Workload
{
    private readonly Outgoing _outgoing = Outgoing.Frame(message, depth);

    // Answers come in the order of the messages: a ring of the times of those in flight, one a connection.
    private readonly long[] _sentAt = new long[connectionCount * depth];
    private readonly int[] _oldest = new int[connectionCount];

    public override void Start(Connection[] connections, long now)
    {
        Array.Fill(_sentAt, now);
        foreach (var connection in connections)
            connection.Send(_outgoing, depth);
    }

    public override void OnMessages(Connection connection, int messages, long now)
    {
        if (messages > depth)
            throw new LoadException($"Connection {connection.Index} had {messages} answers to {depth} messages.");
        var ring = _sentAt.AsSpan(connection.Index * depth, depth);
        ref var oldest = ref _oldest[connection.Index];
        for (var i = 0; i < messages; i++)
        {
            Latencies.Add(now - ring[oldest]);
            ring[oldest] = now;
            oldest = oldest + 1 == depth ? 0 : oldest + 1;
        }
        Messages += messages;
        connection.Send(_outgoing, messages);
    }
}
