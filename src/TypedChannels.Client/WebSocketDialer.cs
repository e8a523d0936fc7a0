using System.Net.Sockets;
using System.Net.WebSockets;

namespace TypedChannels;

/// <summary>Opens the framework's client socket, and says in our words what went wrong.</summary>
internal static class WebSocketDialer
{
    /// <exception cref="ClientException">The server cannot be reached, or refuses.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<WebSocket> DialAsync(ClientOptions options, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.KeepAliveInterval = options.PingInterval;
            socket.Options.KeepAliveTimeout = options.PingTimeout;
            socket.Options.CollectHttpResponseDetails = true;
            await socket.ConnectAsync(options.Uri!, cancellationToken).ConfigureAwait(false);
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
            throw new ClientException(code, $"{options.Uri} {what}", exception);
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
