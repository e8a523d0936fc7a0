using System.Net.Sockets;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace TypedChannels;

/// <summary>Says in our words why a server could not be dialled.</summary>
internal static class DialFailure
{
    /// <param name="exception">What the framework says.</param>
    /// <param name="status">The status that the handshake was answered with; 0: none.</param>
    /// <param name="address">The server, without secrets.</param>
    public static ClientException Of(WebSocketException exception, int status, string address)
    {
        // A proxy refuses its tunnel with a status too, which only the exception tells.
        var refusal = status != 0 ? status : (int?)Causes(exception).OfType<HttpRequestException>().FirstOrDefault()?.StatusCode;
        var cause = exception.GetBaseException();
        var (code, what) = (refusal, cause) switch
        {
            ({ } answer, _) => (ClientErrors.HandshakeFailed, $"answered the handshake with status {answer}."),
            (_, SocketException socket) when IsUnreachable(socket) =>
                (ClientErrors.ConnectionRefused, $"cannot be reached: {socket.Message}."),
            _ when Causes(exception).OfType<AuthenticationException>().FirstOrDefault() is { } tls =>
                (ClientErrors.TlsFailed, $"did not come to terms about TLS: {tls.Message}"),
            _ => (ClientErrors.HandshakeFailed, $"did not complete the handshake: {cause.Message}"),
        };
        return new ClientException(code, $"{address} {what}", exception, refusal);
    }

    // A server that resets the connection was reached.
    private static bool IsUnreachable(SocketException cause) =>
        cause.SocketErrorCode is not (SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown);

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }
}
