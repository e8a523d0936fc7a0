using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;

namespace TypedChannels.Conformance;

/// <summary>A TCP connection to a server, past the opening handshake, which hands out what the server sends as it comes.</summary>
internal sealed class Link : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
    private Task _reading = Task.CompletedTask;

    private Link(Socket socket, Stream stream) => (_socket, _stream) = (socket, stream);

    /// <summary>What the server agreed to, such as <c>permessage-deflate</c>; empty: nothing.</summary>
    public string Extensions { get; private set; } = "";

    private MessageDeflater? _deflater;

    /// <summary>What comes, up to the server's end of the TCP connection.</summary>
    public ChannelReader<Received> Received => _received.Reader;

    /// <summary>Whether the server ended the TCP connection with a reset.</summary>
    public bool WasReset { get; private set; }

    public static async Task<Link> OpenAsync(Uri uri, string? extensions = null)
    {
        var link = await DialAsync(uri);
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var request = $"GET {uri.PathAndQuery} HTTP/1.1\r\nHost: {uri.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            + (extensions is null ? "" : $"Sec-WebSocket-Extensions: {extensions}\r\n") + "\r\n";
        await link.WriteAsync(Encoding.ASCII.GetBytes(request));
        var head = await link.ReadHeadAsync();
        if (!head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
            throw new IOException($"The server refused the handshake: {head.Split('\r')[0]}");
        link.Extensions = Header(head, "Sec-WebSocket-Extensions");
        var inflater = link.Extensions.Length == 0
            ? null
            : new MessageInflater(!link.Extensions.Contains("server_no_context_takeover", StringComparison.Ordinal));
        if (inflater is not null)
            link._deflater = new MessageDeflater(!link.Extensions.Contains("client_no_context_takeover", StringComparison.Ordinal));
        link._reading = link.ReadAsync(new FrameParser(inflater));
        return link;
    }

    /// <summary>A TCP connection, with TLS where the address asks for it, and nothing said yet.</summary>
    public static async Task<Link> DialAsync(Uri uri)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(uri.Host, uri.Port);
        Stream stream = new NetworkStream(socket, ownsSocket: true);
        if (uri.Scheme == "wss")
        {
#pragma warning disable CA5359 // The certificate is the endpoint's own, made a moment ago.
            var tls = new SslStream(stream, leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = uri.Host });
            stream = tls;
        }
        return new Link(socket, stream);
    }

    /// <summary>A message's frames, compressed where that was agreed.</summary>
    public byte[] Encode(int opcode, byte[] message, int? fragmentBytes)
    {
        var payload = _deflater?.Deflate(message) ?? message;
        var frames = CaseTable.Fragments(opcode, fragmentBytes is { } size && payload.Length > 0 ? [.. payload.Chunk(size)] : [payload]);
        if (_deflater is not null)
            frames[0] = frames[0] with { Reserved = 4 };
        return [.. frames.SelectMany(frame => frame.Encode())];
    }

    /// <summary>Writes. False: the server has ended the connection.</summary>
    public async Task<bool> WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes);
            await _stream.FlushAsync();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The head of an HTTP response; what follows it is left.</summary>
    public async Task<string> ReadHeadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _stream.ReadAsync(one, patience.Token) == 0)
                throw new IOException("The server ended the connection inside the handshake.");
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    public static string Header(string head, string name) => string.Join(
        ", ",
        head.Split("\r\n").Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(line => line[(name.Length + 1)..].Trim()));

    /// <summary>Ends this side's sending.</summary>
    public void SendFin() => _socket.Shutdown(SocketShutdown.Send);

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _reading;
    }

    private async Task ReadAsync(FrameParser parser)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await _stream.ReadAsync(buffer) is var count and > 0)
            {
                parser.Append(buffer.AsSpan(0, count));
                while (parser.Next() is { } one)
                    _received.Writer.TryWrite(one);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidDataException)
        {
            WasReset = exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset };
        }
        _received.Writer.TryComplete();
    }
}
