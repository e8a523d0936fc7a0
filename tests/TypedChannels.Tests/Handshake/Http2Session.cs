using System.Buffers.Binary;
using System.Text;
using TypedChannels.Tests.Hostile;

namespace TypedChannels.Tests.Handshake;

/// <summary>What an HTTP/2 client has seen of each of its streams. It gives no stream more window than it is told to.</summary>
internal sealed class Http2Session(Http2Client client) : IAsyncDisposable
{
    public const int NoError = 0, ProtocolError = 1, RefusedStream = 7, Cancel = 8;

    private readonly Dictionary<int, List<byte>> _data = [];

    public Http2Client Client => client;

    /// <summary>The server's settings, by their identifiers.</summary>
    public Dictionary<int, uint> Settings { get; } = [];

    public Dictionary<int, byte[]> Heads { get; } = [];

    /// <summary>Streams that the server has ended (RFC 9113 §5.1).</summary>
    public HashSet<int> Ended { get; } = [];

    /// <summary>Streams that the server has reset, with the code.</summary>
    public Dictionary<int, int> Resets { get; } = [];

    /// <summary>The code of the server's last GOAWAY.</summary>
    public int? GoneAway { get; private set; }

    /// <param name="port">The server's port.</param>
    /// <param name="ssl">Its certificate.</param>
    public static async Task<Http2Session> DialAsync(int port, SslOptions ssl)
    {
        var client = await Http2Client.DialAsync(port, ssl);
        var session = new Http2Session(client);
        // The streams' windows are what these tests are about, and not the connection's.
        await session.GiveWindowAsync(0, 1 << 30);
        return session;
    }

    public Task GiveWindowAsync(int stream, int byteCount)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, byteCount);
        return client.WriteAsync(Http2Client.Frame(Http2Client.WindowUpdate, 0, stream, bytes));
    }

    public Task ConnectAsync(int port, int stream, params (string Name, string? Value)[] changes) =>
        client.WriteAsync(Http2Client.Frame(Http2Client.Headers, Http2Client.EndHeaders, stream, Http2Client.Connect(port, changes)));

    /// <summary>A stream that is a connection, past its ready message.</summary>
    public async Task OpenAsync(int port, int stream)
    {
        await ConnectAsync(port, stream);
        Assert.Equal("""{"channel":"_system:status:ready","message":{}}""", await ReadTextAsync(stream));
    }

    public Task SendAsync(int stream, byte[] bytes, bool isEnd = false) =>
        client.WriteAsync(Http2Client.Frame(Http2Client.Data, isEnd ? Http2Client.EndStream : 0, stream, bytes));

    public Task ResetAsync(int stream, int code) =>
        client.WriteAsync(Http2Client.Frame(Http2Client.Reset, 0, stream, [0, 0, 0, (byte)code]));

    /// <summary>Reads until what was seen is as it must be.</summary>
    public async Task UntilAsync(Func<bool> isRight)
    {
        while (!isRight())
            await ReadAsync();
    }

    /// <summary>Reads until the server ends the TCP connection.</summary>
    public async Task ReadEndAsync()
    {
        try
        {
            await UntilAsync(() => false);
        }
        catch (IOException)
        {
            // That is the end.
        }
    }

    public int Count(int stream) => _data.TryGetValue(stream, out var bytes) ? bytes.Count : 0;

    /// <summary>The next WebSocket frame of a stream: its first byte, and its payload.</summary>
    public async Task<(byte First, byte[] Payload)> ReadFrameAsync(int stream)
    {
        await UntilAsync(() => Count(stream) >= Length().Whole);
        var (header, whole) = Length();
        var frame = _data[stream].Take(whole).ToArray();
        _data[stream].RemoveRange(0, whole);
        return (frame[0], frame[header..]);

        (int Header, int Whole) Length()
        {
            if (Count(stream) < 4)
                return (2, 2 + (Count(stream) < 2 ? 0 : Math.Min((int)_data[stream][1], 2)));
            var bytes = _data[stream];
            return bytes[1] switch
            {
                < 126 => (2, 2 + bytes[1]),
                126 => (4, 4 + ((bytes[2] << 8) | bytes[3])),
                _ => throw new NotSupportedException("No test has messages that long."),
            };
        }
    }

    public async Task<string> ReadTextAsync(int stream)
    {
        var (first, payload) = await ReadFrameAsync(stream);
        Assert.Equal(0x81, first);
        return Encoding.UTF8.GetString(payload);
    }

    /// <summary>Says something on a stream, and gets it back.</summary>
    public async Task EchoesAsync(int stream, string text)
    {
        var say = HostileRoom.Say(text, stream);
        await SendAsync(stream, RawClient.Frame(say));
        Assert.Equal(say, await ReadTextAsync(stream));
    }

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private async Task ReadAsync()
    {
        var (type, flags, stream, payload) = await client.ReadFrameAsync();
        switch (type)
        {
            case Http2Client.Data:
                (_data.TryGetValue(stream, out var bytes) ? bytes : _data[stream] = []).AddRange(payload);
                break;
            case Http2Client.Headers:
                Heads[stream] = payload;
                break;
            case Http2Client.Reset:
                Resets[stream] = BinaryPrimitives.ReadInt32BigEndian(payload);
                break;
            case Http2Client.GoAway:
                GoneAway = BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(4));
                break;
            case Http2Client.Settings when flags != Http2Client.Ack:
                foreach (var setting in payload.Chunk(6))
                    Settings[BinaryPrimitives.ReadUInt16BigEndian(setting)] = BinaryPrimitives.ReadUInt32BigEndian(setting.AsSpan(2));
                break;
        }
        if (type is Http2Client.Data or Http2Client.Headers && (flags & Http2Client.EndStream) != 0)
            Ended.Add(stream);
    }
}
