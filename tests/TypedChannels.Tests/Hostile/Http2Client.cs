using System.Buffers.Binary;
using System.Net.Security;
using System.Text;
using TypedChannels.Tests.Hosting;

namespace TypedChannels.Tests.Hostile;

/// <summary>A client of RFC 9113 that does what it is told: frames over TLS, headers without any compression.</summary>
internal sealed class Http2Client : IAsyncDisposable
{
    public const int Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8, Continuation = 9;

    public const int Ack = 1, EndStream = 1, EndHeaders = 4;

    // RFC 7541, appendix A: the statuses that have an index of their own.
    private static readonly int[] IndexedStatuses = [200, 204, 206, 304, 400, 404, 500];

    private readonly RawClient _client;

    private Http2Client(RawClient client) => _client = client;

    /// <param name="port">The server's port.</param>
    /// <param name="ssl">Its certificate.</param>
    /// <param name="settings">What the client's own settings frame says.</param>
    public static async Task<Http2Client> DialAsync(int port, SslOptions ssl, params byte[] settings)
    {
        var client = await RawClient.DialAsync(port);
        var tls = new SslStream(client.Stream);
        var options = Certificates.Trust(ssl);
        (options.TargetHost, options.ApplicationProtocols) = ("localhost", [SslApplicationProtocol.Http2]);
        await tls.AuthenticateAsClientAsync(options).Within();
        client.Stream = tls;
        var http2 = new Http2Client(client);
        await http2.WriteAsync([.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, settings)]);
        return http2;
    }

    /// <summary>The first message of a TLS handshake.</summary>
    public static async Task<byte[]> HelloAsync()
    {
        using var written = new MemoryStream();
        await using (var tls = new SslStream(written, leaveInnerStreamOpen: true))
            await Assert.ThrowsAnyAsync<IOException>(() => tls.AuthenticateAsClientAsync("localhost"));
        return written.ToArray();
    }

    public static byte[] Frame(int type, int flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, (payload.Length << 8) | type);
        frame[4] = (byte)flags;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(9));
        return frame;
    }

    /// <summary>RFC 7541 §6.2.2: each header as a literal that nobody remembers.</summary>
    public static byte[] Block(params IEnumerable<(string Name, string Value)> headers)
    {
        var block = new List<byte>();
        foreach (var (name, value) in headers)
        {
            block.Add(0);
            foreach (var text in new[] { name, value })
            {
                Assert.InRange(text.Length, 0, 126);
                block.Add((byte)text.Length);
                block.AddRange(Encoding.Latin1.GetBytes(text));
            }
        }
        return [.. block];
    }

    /// <summary>RFC 8441 §5: the handshake of a WebSocket, with a header changed, added or (null) left out.</summary>
    public static byte[] Connect(int port, params IEnumerable<(string Name, string? Value)> changes)
    {
        List<(string Name, string Value)> headers =
        [
            (":method", "CONNECT"), (":protocol", "websocket"), (":scheme", "https"), (":path", "/"), (":authority", $"localhost:{port}"),
            ("sec-websocket-version", "13"),
        ];
        foreach (var (name, value) in changes)
        {
            headers.RemoveAll(header => header.Name == name);
            if (value is not null)
                headers.Insert(name.StartsWith(':') ? 0 : headers.Count, (name, value));
        }
        return Block(headers);
    }

    public Task WriteAsync(params byte[][] frames) => _client.WriteAsync([.. frames.SelectMany(frame => frame)]);

    public async Task<(int Type, int Flags, int Stream, byte[] Payload)> ReadFrameAsync()
    {
        var head = new byte[9];
        await _client.Stream.ReadExactlyAsync(head).Within();
        var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(head) >> 8];
        await _client.Stream.ReadExactlyAsync(payload).Within();
        return (head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)), payload);
    }

    /// <summary>
    /// What becomes of a stream: <c>status 404</c>, <c>reset 1</c>, or of the whole connection: <c>goaway 11</c>, <c>end</c>.
    /// </summary>
    public async Task<string> ReadAnswerAsync(int stream)
    {
        try
        {
            while (true)
            {
                var (type, _, of, payload) = await ReadFrameAsync();
                if (type == GoAway)
                    return $"goaway {BinaryPrimitives.ReadInt32BigEndian(payload.AsSpan(4))}";
                if (of == stream && type == Reset)
                    return $"reset {BinaryPrimitives.ReadInt32BigEndian(payload)}";
                if (of == stream && type == Headers)
                    return $"status {Status(payload)}";
            }
        }
        catch (IOException)
        {
            return "end";
        }
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private static int Status(ReadOnlySpan<byte> block)
    {
        // RFC 7541 §6.3: the block may begin with the size of the table.
        if ((block[0] & 0xe0) == 0x20)
            block = block[((block[0] & 0x1f) == 0x1f ? block.IndexOfAnyInRange((byte)0, (byte)0x7f) + 1 : 1)..];
        return block[0] is >= 0x88 and <= 0x8e
            ? IndexedStatuses[block[0] - 0x88]
            : int.Parse(Encoding.ASCII.GetString(block.Slice(2, 3)), null);
    }
}
