using System.Buffers.Text;
using System.Diagnostics;
using System.Net.Sockets;

namespace TypedChannels.Load;

/// <summary>A client that listens to the broadcasts, and answers pings. It may stop reading.</summary>
internal sealed class Subscriber(RawConnection connection, bool isMeasured) : IDisposable
{
    private static readonly byte[] Pong = ClientFrame.Encode(ClientFrame.Pong, []);
    private static readonly byte[] TickStart = """{"channel":"tick","message":{"number":"""u8.ToArray();
    private static readonly byte[] SentAtStart = ""","sentAt":"""u8.ToArray();

    private volatile bool _isStalled;
    private long _last;

    /// <summary>The last broadcast's number.</summary>
    public long Last => Volatile.Read(ref _last);

    /// <summary>Broadcasts that never came, or out of order.</summary>
    public long Lost { get; private set; }

    public void Stall() => _isStalled = true;

    /// <summary>Says that it is alive, unasked: the server's next ping is as far from now as can be.</summary>
    public async Task SendPongAsync() => await connection.Socket.SendAsync(Pong);

    /// <summary>Listens until it stalls, or the connection ends.</summary>
    public async Task RunAsync(Samples samples)
    {
        try
        {
            while (!_isStalled)
            {
                var count = await connection.Socket.ReceiveAsync(connection.Frames.Room);
                var now = Stopwatch.GetTimestamp();
                if (count == 0)
                    return;
                connection.Frames.Filled(count);
                if (!_isStalled && Read(now, samples))
                    await connection.Socket.SendAsync(Pong);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Cut. Whoever waits for its next broadcast sees that.
        }
    }

    public void Dispose() => connection.Dispose();

    private bool Read(long now, Samples samples)
    {
        var mustAnswer = false;
        while (connection.Frames.TryTake(out var opcode, out var payload))
        {
            mustAnswer |= opcode == ClientFrame.Ping;
            if (opcode == ClientFrame.Text && payload.StartsWith(TickStart))
                Hear(payload[TickStart.Length..], now, samples);
        }
        return mustAnswer;
    }

    private void Hear(ReadOnlySpan<byte> tick, long now, Samples samples)
    {
        if (!Utf8Parser.TryParse(tick, out long number, out var digits)
            || !tick[digits..].StartsWith(SentAtStart)
            || !Utf8Parser.TryParse(tick[(digits + SentAtStart.Length)..], out long sentAt, out _))
        {
            throw new InvalidDataException("A broadcast is not what was sent.");
        }
        if (_last != 0 && number != _last + 1)
            Lost += Math.Max(1, number - _last - 1);
        Volatile.Write(ref _last, number);
        if (isMeasured)
            samples.Add(now - sentAt);
    }
}
