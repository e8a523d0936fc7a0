using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedChannels.Tests.Client;

/// <summary>A server that does what a test tells it to, on bytes.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeServer() => _listener.Start();

    public Uri Uri => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public static byte[] Ready => Text("""{"channel":"_system:status:ready","message":{}}""");

    /// <summary>An unmasked, whole frame.</summary>
    public static byte[] Frame(int opcode, byte[] payload) => payload.Length < 126
        ? [(byte)(0x80 | opcode), (byte)payload.Length, .. payload]
        : [(byte)(0x80 | opcode), 126, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];

    public static byte[] Text(string text) => Frame(RawClient.Text, Encoding.UTF8.GetBytes(text));

    public static byte[] Close(int code) => Frame(RawClient.Close, [(byte)(code >> 8), (byte)code]);

    public Task<Socket> AcceptAsync() => _listener.AcceptSocketAsync().Within();

    /// <summary>Accepts a TCP connection, and ends it unanswered.</summary>
    public async Task HangUpAsync()
    {
        await using var stream = new NetworkStream(await AcceptAsync(), ownsSocket: true);
        await ReadRequestAsync(stream);
    }

    /// <summary>Accepts a TCP connection, reads the request, and answers it with the handshake.</summary>
    public async Task<NetworkStream> HandshakeAsync()
    {
        var stream = new NetworkStream(await AcceptAsync(), ownsSocket: true);
        await AcceptHandshakeAsync(stream);
        return stream;
    }

    /// <summary>Reads the request, and answers it with the handshake.</summary>
    public static async Task<string> AcceptHandshakeAsync(Stream stream)
    {
        var request = await ReadRequestAsync(stream);
        var key = request.Split("Sec-WebSocket-Key: ")[1].Split("\r\n")[0];
        var response = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {OpeningHandshake.AcceptKey(key)}\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(response)).Within();
        return request;
    }

    public static async Task<string> ReadRequestAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one).Within();
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    /// <summary>The opcode and payload of the client's next frame, which is masked and short.</summary>
    public static async Task<(int Opcode, byte[] Payload)> ReadFrameAsync(Stream stream)
    {
        var head = new byte[2];
        await stream.ReadExactlyAsync(head).Within();
        Assert.Equal(0x80, head[1] & 0x80);
        var rest = new byte[4 + (head[1] & 0x7f)];
        Assert.True(rest.Length < 4 + 126);
        await stream.ReadExactlyAsync(rest).Within();
        return (head[0] & 0x0f, [.. rest.Skip(4).Select((value, i) => (byte)(value ^ rest[i % 4]))]);
    }

    public static async Task<int> ReadCloseAsync(Stream stream)
    {
        while (true)
        {
            var (opcode, payload) = await ReadFrameAsync(stream);
            if (opcode == RawClient.Close)
                return payload.Length == 0 ? 1005 : (payload[0] << 8) | payload[1];
        }
    }

    /// <summary>Ends when the client has ended the TCP connection.</summary>
    public static async Task ReadToEndAsync(Stream stream)
    {
        try
        {
            await stream.CopyToAsync(Stream.Null).Within();
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        return default;
    }
}
