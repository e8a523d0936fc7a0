using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TypedChannels.Load;

/// <summary>What the server remembers of a connection.</summary>
public sealed class LoadProps
{
    internal Kind Kind { get; init; }

    /// <summary>When its queue was first full; 0: never.</summary>
    internal long FullAt { get; set; }
}

/// <summary>The server under load: its options are the defaults, but for the address.</summary>
[ChannelServer<LoadProps>]
public sealed partial class LoadServer
{
    private readonly ConcurrentQueue<(long At, long FullAt, int Code, Kind Kind)> _ends = [];

    public LoadServer(ServerOptions options)
        : base(options)
    {
        OnEcho += (connection, message) => connection.SendEchoAsync(message);
        OnSay += (connection, message) => connection.SendSayAsync(message);
        OnAsk += (connection, message) => SendFillAsync(connection, new string('x', Math.Clamp(message.Bytes, 0, 60_000)));
        OnSink += (_, _) => ValueTask.CompletedTask;
        OnDisconnect += (connection, disconnect) =>
        {
            _ends.Enqueue((Stopwatch.GetTimestamp(), connection.Props.FullAt, disconnect.Code, connection.Props.Kind));
            return ValueTask.CompletedTask;
        };
    }

    /// <inheritdoc/>
    protected override LoadProps CreateProps(HandshakeContext handshake) => new()
    {
        Kind = Enum.TryParse<Kind>(handshake.Query.Keys.FirstOrDefault(), out var kind) ? kind : Kind.Honest,
    };

    /// <summary>The ends of connections of a kind since this was last asked: time, time when the queue was full, close code.</summary>
    internal string TakeEnds(Kind kind)
    {
        var taken = new List<string>();
        while (_ends.TryDequeue(out var end))
        {
            if (end.Kind == kind)
                taken.Add(string.Create(CultureInfo.InvariantCulture, $"{end.At}:{end.FullAt}:{end.Code}"));
        }
        return string.Join(' ', taken);
    }

    /// <summary>Sends every stalling connection one message, which no other shares.</summary>
    internal void FillStalling(string padding)
    {
        foreach (var connection in Connections.Where(connection => connection.Props.Kind == Kind.Stalling && connection.IsAlive))
        {
            // Its exception is looked at, so that it is not one that nobody observed.
            _ = SendFillAsync(connection, padding).AsTask().Exception;
        }
    }

    private static ValueTask SendFillAsync(LoadConnection connection, string padding)
    {
        var sent = connection.SendFillAsync(new Fill(padding));
        // A send to a queue without room has failed when it returns.
        if (sent.IsFaulted && connection.Props.FullAt == 0)
            connection.Props.FullAt = Stopwatch.GetTimestamp();
        return sent;
    }
}
