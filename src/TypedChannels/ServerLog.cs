using System.Net;
using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>The log messages of a server. Their event ids are stable.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(101, LogLevel.Warning,
        "{Count} handshakes are refused with 403, the last from origin {Origin} to {Address}. "
        + "If its pages may connect, add the origin to ServerOptions.AllowedOrigins. "
        + "If the two should be the same, a proxy has not forwarded the host or the scheme.")]
    public static partial void OriginRefused(ILogger logger, int count, string origin, string address);

    [LoggerMessage(102, LogLevel.Warning,
        "{Count} handshakes are refused with 503: there are {MaxConnections} connections. "
        + "ServerOptions.MaxConnections allows no more, or the process's limit of open files does not.")]
    public static partial void Full(ILogger logger, int count, int maxConnections);

    [LoggerMessage(103, LogLevel.Warning, "The server has stopped, and handlers still run after the close timeout")]
    public static partial void HandlersOutlive(ILogger logger);

    [LoggerMessage(104, LogLevel.Error, "The server's host failed to stop")]
    public static partial void StopFailed(ILogger logger, Exception exception);

    [LoggerMessage(105, LogLevel.Warning,
        "{Count} handshakes are refused with 503: OnHandshakeAsync has not decided within ServerOptions.HandshakeTimeout, {Timeout}")]
    public static partial void HandshakeTimedOut(ILogger logger, int count, TimeSpan timeout);

    [LoggerMessage(106, LogLevel.Error, "OnHandshakeAsync failed after its handshake was refused, for taking too long or because the server stops")]
    public static partial void HandshakeFailed(ILogger logger, Exception exception);

    [LoggerMessage(107, LogLevel.Debug, "Connection {Connection} is accepted from {RemoteEndPoint}")]
    public static partial void HandshakeAccepted(ILogger logger, string connection, IPEndPoint? remoteEndPoint);

    [LoggerMessage(108, LogLevel.Debug, "A handshake is refused with {Status}: {Reason}")]
    public static partial void HandshakeRefused(ILogger logger, int status, string reason);

    [LoggerMessage(110, LogLevel.Warning, "{Options} of the ServerOptions of {Server}: not used in an application, " + UnusedOptions.Instead)]
    public static partial void OptionsNotUsed(ILogger logger, string options, string server);

    [LoggerMessage(111, LogLevel.Warning, "ServerOptions.Ssl.Certificate: the certificate of {Subject} is valid from {From:u} to {To:u} only")]
    public static partial void CertificateNotValidNow(ILogger logger, string subject, DateTime from, DateTime to);
}
