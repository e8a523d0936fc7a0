using System.Collections.Concurrent;

namespace TypedChannels;

/// <summary>The live connections of a server. Safe for concurrent use.</summary>
/// <remarks>
/// Joining and broadcasting take one lock, so that every receiver gets all broadcasts in the same order, and none before its ready message.
/// Under the lock messages are only queued, never written.
/// </remarks>
internal sealed class ConnectionRegistry<TConnection>
    where TConnection : class, IServerConnection
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, TConnection> _byIdentifier = new();
    private readonly List<TConnection> _live = [];

    public int Count
    {
        get
        {
            lock (_gate)
                return _live.Count;
        }
    }

    public TConnection[] Snapshot()
    {
        lock (_gate)
            return [.. _live];
    }

    public TConnection? Find(string identifier) => _byIdentifier.GetValueOrDefault(identifier);

    /// <summary>Queues a connection's first message and makes it a receiver, in one step. False: it is no longer alive.</summary>
    public bool TryJoin(TConnection connection, EncodedMessage first)
    {
        lock (_gate)
        {
            // Leaving is marked before it comes here, so whoever is alive now leaves later.
            if (!connection.Core.IsAlive)
            {
                first.Release();
                return false;
            }
            if (connection.Core.Sending.Post(first) is not null)
                return false;
            connection.RegistryIndex = _live.Count;
            _live.Add(connection);
            _byIdentifier[connection.Core.Identifier] = connection;
            return true;
        }
    }

    /// <summary>Takes a connection out. False: it was not there.</summary>
    public bool Remove(TConnection connection)
    {
        lock (_gate)
        {
            var index = connection.RegistryIndex;
            if (index < 0)
                return false;
            // The last takes its place, so that leaving costs the same however many are there.
            var last = _live[^1];
            _live[index] = last;
            last.RegistryIndex = index;
            _live.RemoveAt(_live.Count - 1);
            connection.RegistryIndex = -1;
            return _byIdentifier.TryRemove(connection.Core.Identifier, out _);
        }
    }

    /// <summary>Queues one message at every live connection. A connection whose queue is full is cut; the others never notice.</summary>
    public void Broadcast(EncodedMessage message)
    {
        List<ChannelConnection>? crowded = null, slow = null;
        var batch = SendBatch.Begin();
        try
        {
            lock (_gate)
            {
                foreach (var connection in _live)
                {
                    var core = connection.Core;
                    switch (core.Outbound.TryEnqueue(message))
                    {
                        case OutboundQueue.Outcome.Accepted when core.IsCrowded:
                            (crowded ??= []).Add(core);
                            break;
                        case OutboundQueue.Outcome.Accepted:
                            SendBatch.Wake(core);
                            break;
                        case OutboundQueue.Outcome.Full:
                            (slow ??= []).Add(core);
                            break;
                    }
                }
            }
            foreach (var core in crowded ?? [])
                core.WakeTransport();
            foreach (var core in slow ?? [])
                core.CutSlowConsumer();
        }
        finally
        {
            batch?.End();
        }
    }
}
