using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace TypedChannels;

/// <summary>Opens the framework's client socket, and says in our words what went wrong.</summary>
internal static class WebSocketDialer
{
    // The framework's clock runs on while nobody reads, because handlers do not keep up, and would drop a server that is well. Ours stops:
    // see WebSocketTransport. Its pings it sends all the same.
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    /// <exception cref="ClientException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<WebSocket> DialAsync(ClientOptions options, ReceiveClock clock, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = options.PingInterval;
            socket.Options.KeepAliveTimeout = Never;
            socket.Options.CollectHttpResponseDetails = true;
            // What it has opened lives on without it.
            using var invoker = new HttpMessageInvoker(new SocketsHttpHandler
            {
                ConnectCallback = (context, token) => ConnectAsync(context.DnsEndPoint, clock, token),
            });
            await socket.ConnectAsync(options.Uri!, invoker, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch (WebSocketException exception)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            var (code, what) = (status, exception.GetBaseException()) switch
            {
                (0, SocketException cause) when IsUnreachable(cause) =>
                    (ClientErrors.ConnectionRefused, $"cannot be reached: {cause.Message}."),
                (0, var cause) => (ClientErrors.HandshakeFailed, $"did not complete the handshake: {cause.Message}"),
                _ => (ClientErrors.HandshakeFailed, $"answered the handshake with status {status}."),
            };
            throw new ClientException(code, $"{options.Address} {what}", exception);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint server, ReceiveClock clock, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            return new HeardStream(socket, clock);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A server that resets the connection was reached.
    private static bool IsUnreachable(SocketException cause) =>
        cause.SocketErrorCode is not (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown);
}
