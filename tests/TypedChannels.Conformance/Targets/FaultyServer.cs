using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace TypedChannels.Conformance;

/// <summary>
/// A small echo server of its own, written from RFC 6455 and not from the product, into which a fault can be planted. Without one it
/// passes every case of groups 1 to 7 and 10.
/// </summary>
internal sealed class FaultyServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Fault _fault;
    private readonly Task _accepting;

    public FaultyServer(Fault fault)
    {
        _fault = fault;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Uri => new($"ws://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                var stream = client.GetStream();
                await ShakeHandsAsync(stream);
                var session = new FaultySession(_fault, bytes => stream.Write(bytes));
                var buffer = new byte[64 * 1024];
                while (await stream.ReadAsync(buffer) is var count and > 0)
                {
                    var wasClosed = session.IsClosed;
                    session.Read(buffer.AsSpan(0, count));
                    if (session.IsClosed && !wasClosed && _fault != Fault.NeverEndsTcp)
                        client.Client.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException or SocketException)
            {
                // The runner is gone.
            }
        }
    }

    private static async Task ShakeHandsAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }
#pragma warning disable CA5350 // SHA-1 is what RFC 6455 §4.2.2 prescribes.
        var hash = SHA1.HashData(Encoding.ASCII.GetBytes(Link.Header(head.ToString(), "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
#pragma warning restore CA5350
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Accept: {Convert.ToBase64String(hash)}\r\n\r\n"));
    }
}
