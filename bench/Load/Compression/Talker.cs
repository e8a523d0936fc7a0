using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace TypedChannels.Load;

/// <summary>A client that says things and waits for them to come back. It does not look into what is compressed.</summary>
internal sealed class Talker : IDisposable
{
    private const int Ahead = 16;

    private readonly RawConnection _connection;
    private readonly bool _isCompressed;

    private Talker(RawConnection connection, bool isCompressed) => (_connection, _isCompressed) = (connection, isCompressed);

    public static async Task<Talker> OpenAsync(int port, bool isCompressed, CancellationToken stop)
    {
        var extensions = isCompressed ? "permessage-deflate" : null;
        var talker = new Talker(await RawConnection.OpenAsync(port, Kind.Honest, hasSmallBuffers: false, stop, extensions), isCompressed);
        // The ready message.
        await talker.HearAsync(stop);
        return talker;
    }

    /// <summary>Says the texts over and over, some at a time, for so long; each once at least.</summary>
    /// <returns>How many came back, and in how many bytes of payload.</returns>
    public async Task<(int Messages, long Bytes)> TalkAsync(string[] texts, TimeSpan time, CancellationToken stop)
    {
        var frames = texts.Select(Encode).ToArray();
        var clock = Stopwatch.StartNew();
        var (messages, bytes) = (0, 0L);
        do
        {
            for (var i = 0; i < frames.Length; i += Ahead)
            {
                var part = frames[i..Math.Min(i + Ahead, frames.Length)];
                var sending = _connection.Socket.SendAsync(part.SelectMany(frame => frame).ToArray(), stop).AsTask();
                foreach (var _ in part)
                    bytes += await HearAsync(stop);
                await sending;
                messages += part.Length;
            }
        }
        while (clock.Elapsed < time);
        return (messages, bytes);
    }

    public void Dispose() => _connection.Dispose();

    private byte[] Encode(string text)
    {
        var message = $$$"""{"channel":"say","message":{"text":"{{{text}}}"}}""";
        if (!_isCompressed)
            return ClientFrame.OfText(message);
        using var output = new MemoryStream();
        using var deflate = new DeflateStream(output, CompressionLevel.Optimal);
        deflate.Write(Encoding.UTF8.GetBytes(message));
        deflate.Flush();
        var frame = ClientFrame.Encode(ClientFrame.Text, output.ToArray().AsSpan(..^4));
        frame[0] |= 0x40;
        return frame;
    }

    /// <summary>The length of the next message's payload.</summary>
    private async Task<int> HearAsync(CancellationToken stop)
    {
        while (true)
        {
            while (_connection.Frames.TryTake(out var opcode, out var payload))
            {
                if (opcode == ClientFrame.Text)
                    return payload.Length;
                if (opcode == ClientFrame.Close)
                    throw new IOException("The server has closed the connection.");
            }
            var count = await _connection.Socket.ReceiveAsync(_connection.Frames.Room, stop);
            if (count == 0)
                throw new IOException("The server has ended the connection.");
            _connection.Frames.Filled(count);
        }
    }
}
