using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedChannels.Load;

/// <summary>A TCP connection to the server, past the opening handshake, with nothing of the product on this side.</summary>
internal sealed class RawConnection : IDisposable
{
    private const int IpProtocolTcp = 6, TcpMaxSegment = 2;

    private static int lastSource;

    private RawConnection(Socket socket) => Socket = socket;

    public Socket Socket { get; }

    public ServerFrames Frames { get; } = new();

    /// <summary>How long the handshake's request is.</summary>
    public int RequestBytes { get; private set; }

    /// <param name="port">Of 127.0.0.1.</param>
    /// <param name="kind">What the server shall count the connection as.</param>
    /// <param name="hasSmallBuffers">
    /// Whether the kernels shall hold as little as they can of what is not read: over loopback the sender's alone would hold megabytes.
    /// </param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <param name="extensions">What is offered.</param>
    /// <exception cref="IOException">The server refused.</exception>
    public static async Task<RawConnection> OpenAsync(
        int port, Kind kind, bool hasSmallBuffers, CancellationToken cancellationToken, string? extensions = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var connection = new RawConnection(socket);
        try
        {
            if (hasSmallBuffers)
            {
                socket.ReceiveBufferSize = 4096;
                socket.SetRawSocketOption(IpProtocolTcp, TcpMaxSegment, BitConverter.GetBytes(536));
            }
            // One source address has 28,000 ports, and a port rests for a minute after its connection.
            var source = (byte)(2 + (uint)Interlocked.Increment(ref lastSource) % 8);
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, source]), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken);
            await connection.ShakeHandsAsync(port, kind, extensions, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose() => Socket.Dispose();

    private async Task ShakeHandsAsync(int port, Kind kind, string? extensions, CancellationToken cancellationToken)
    {
        var request = Encoding.ASCII.GetBytes(
            $"GET /?{kind} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + (extensions is null ? "\r\n" : $"Sec-WebSocket-Extensions: {extensions}\r\n\r\n"));
        RequestBytes = request.Length;
        await Socket.SendAsync(request, cancellationToken);
        int status;
        while (!Frames.TryTakeHead(out status))
        {
            var count = await Socket.ReceiveAsync(Frames.Room, cancellationToken);
            if (count == 0)
                throw new IOException("The server ended the connection inside the handshake.");
            Frames.Filled(count);
        }
        if (status != 101)
            throw new IOException($"The server refused the handshake with {status}.");
    }
}
