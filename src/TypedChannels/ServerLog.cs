using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>The log messages of a server. Their event ids are stable.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(101, LogLevel.Warning,
        "A handshake from origin {Origin} to host {Host} is refused with 403. "
        + "If its pages may connect, add the origin to ServerOptions.AllowedOrigins.")]
    public static partial void OriginRefused(ILogger logger, string origin, string host);

    [LoggerMessage(102, LogLevel.Warning, "A handshake is refused with 503: ServerOptions.MaxConnections is {MaxConnections}")]
    public static partial void Full(ILogger logger, int maxConnections);

    [LoggerMessage(103, LogLevel.Warning, "The server has stopped, and handlers still run after the close timeout")]
    public static partial void HandlersOutlive(ILogger logger);

    [LoggerMessage(104, LogLevel.Error, "The server's host failed to stop")]
    public static partial void StopFailed(ILogger logger, Exception exception);
}
