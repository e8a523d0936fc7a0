using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedChannels.Tests;

/// <summary>A client of RFC 6455 that does what it is told and nothing by itself: no answer to a ping, none to a close.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    /// <summary>The key of RFC 6455 §1.3, and what it must be answered with.</summary>
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";
    public const string Accept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    public const int Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    private static readonly byte[] Mask = [0x37, 0xfa, 0x21, 0x3d];

    private readonly Socket _socket;

    private RawClient(Socket socket, Stream stream) => (_socket, Stream) = (socket, stream);

    public Stream Stream { get; set; }

    public int LocalPort => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    /// <summary>A TCP connection, and nothing said yet.</summary>
    public static async Task<RawClient> DialAsync(int port, int? receiveBytes = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBytes is { } bytes)
            socket.ReceiveBufferSize = bytes;
        await socket.ConnectAsync(IPAddress.Loopback, port).Within();
        return new RawClient(socket, new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>A connection whose handshake was accepted.</summary>
    public static async Task<RawClient> OpenAsync(int port, string path = "/", string headers = "", int? receiveBytes = null)
    {
        var client = await DialAsync(port, receiveBytes);
        await client.WriteAsync(Handshake(port, path, headers));
        var response = await client.ReadResponseAsync();
        Assert.StartsWith("HTTP/1.1 101 ", response);
        return client;
    }

    public static string Handshake(int port, string path = "/", string headers = "") =>
        $"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {Key}\r\n{headers}\r\n";

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public Task WriteAsync(byte[] bytes) => Stream.WriteAsync(bytes).Within();

    /// <summary>The head of an HTTP response; what follows is left unread.</summary>
    public async Task<string> ReadResponseAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            head.Append((char)(await ReadAsync(1))[0]);
        return head.ToString();
    }

    public static byte[] Frame(int opcode, ReadOnlySpan<byte> payload)
    {
        using var frame = new MemoryStream();
        frame.WriteByte((byte)(0x80 | opcode));
        if (payload.Length < 126)
        {
            frame.WriteByte((byte)(0x80 | payload.Length));
        }
        else
        {
            var isShort = payload.Length <= ushort.MaxValue;
            frame.WriteByte((byte)(0x80 | (isShort ? 126 : 127)));
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64BigEndian(length, (ulong)payload.Length);
            frame.Write(isShort ? length[6..] : length);
        }
        frame.Write(Mask);
        for (var i = 0; i < payload.Length; i++)
            frame.WriteByte((byte)(payload[i] ^ Mask[i % 4]));
        return frame.ToArray();
    }

    public static byte[] Frame(string text) => Frame(Text, Encoding.UTF8.GetBytes(text));

    public Task SendAsync(string text) => WriteAsync(Frame(text));

    public Task SendAsync(int opcode, byte[] payload) => WriteAsync(Frame(opcode, payload));

    public Task SendCloseAsync(int code, string reason = "") =>
        SendAsync(Close, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);

    /// <summary>A frame of the server's: never masked (RFC 6455 §5.1), never fragmented.</summary>
    public async Task<(int Opcode, byte[] Payload)> ReadFrameAsync()
    {
        var head = await ReadAsync(2);
        Assert.Equal(0x80, head[0] & 0xf0);
        Assert.Equal(0, head[1] & 0x80);
        long length = head[1];
        if (length == 126)
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2));
        else if (length == 127)
            length = BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8));
        return (head[0] & 0x0f, await ReadAsync((int)length));
    }

    public async Task<string> ReadTextAsync()
    {
        var (opcode, payload) = await ReadFrameAsync();
        Assert.Equal(Text, opcode);
        return Encoding.UTF8.GetString(payload);
    }

    public async Task ReadReadyAsync() => Assert.Equal("""{"channel":"_system:status:ready","message":{}}""", await ReadTextAsync());

    /// <summary>The close frame, past whatever text comes before it.</summary>
    public async Task<(int Code, string Reason)> ReadCloseAsync()
    {
        while (true)
        {
            var (opcode, payload) = await ReadFrameAsync();
            if (opcode == Close)
                return payload.Length == 0 ? (1005, "") : (BinaryPrimitives.ReadUInt16BigEndian(payload), Encoding.UTF8.GetString(payload.AsSpan(2)));
        }
    }

    /// <summary>Ends when the server has ended the TCP connection.</summary>
    public async Task ReadEndAsync()
    {
        try
        {
            while (await Stream.ReadAsync(new byte[4096]).Within() > 0)
            {
            }
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
    }

    /// <summary>All that the server sends until it ends the TCP connection.</summary>
    public async Task<byte[]> ReadAllAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await Stream.CopyToAsync(all).Within();
        }
        catch (IOException)
        {
            // A reset is an end too.
        }
        return all.ToArray();
    }

    /// <summary>Answers the server's close, and ends when it has ended the TCP connection.</summary>
    public async Task<(int Code, string Reason)> CloseBackAsync()
    {
        var close = await ReadCloseAsync();
        await SendCloseAsync(close.Code);
        await ReadEndAsync();
        return close;
    }

    /// <summary>Closes as RFC 6455 §7.1.2 asks, and ends when the server has ended the TCP connection.</summary>
    public async Task LeaveAsync(int code = 1000)
    {
        await SendCloseAsync(code);
        await ReadCloseAsync();
        await ReadEndAsync();
    }

    /// <summary>Sends a FIN, and goes on reading.</summary>
    public void EndSending() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Resets the TCP connection.</summary>
    public void Kill()
    {
        _socket.LingerState = new LingerOption(enable: true, seconds: 0);
        _socket.Close();
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        await Stream.ReadExactlyAsync(bytes).Within();
        return bytes;
    }
}
