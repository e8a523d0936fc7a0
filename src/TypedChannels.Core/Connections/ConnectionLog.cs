using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>The log messages of a connection. Their event ids are stable.</summary>
internal static partial class ConnectionLog
{
    [LoggerMessage(1, LogLevel.Error, "A handler of channel {Channel} failed on connection {Connection}")]
    public static partial void HandlerFailed(ILogger logger, string connection, string? channel, Exception? exception);

    [LoggerMessage(2, LogLevel.Error, "A handler of the {Event} event failed on connection {Connection}")]
    public static partial void EventHandlerFailed(ILogger logger, string connection, string @event, Exception exception);

    [LoggerMessage(3, LogLevel.Error, "Connection {Connection} is closed with 1011 because of an internal failure")]
    public static partial void InternalFailure(ILogger logger, string connection, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Connection {Connection} is closed with 4408: over {QueueBytes} bytes waited for it")]
    public static partial void SlowConsumerCut(ILogger logger, string connection, int queueBytes);

    [LoggerMessage(5, LogLevel.Debug,
        "Connection {Connection} ended with {Inbound} received messages not handled and {Outbound} queued messages not sent")]
    public static partial void MessagesDropped(ILogger logger, string connection, int inbound, int outbound);

    [LoggerMessage(6, LogLevel.Warning,
        "Connection {Connection} has ended, and a handler of it still runs after the close timeout; "
        + "its disconnect event does not wait any longer")]
    public static partial void HandlerOutlivesConnection(ILogger logger, string connection);

    [LoggerMessage(7, LogLevel.Debug, "Connection {Connection} is closed with {Code}: {Reason}")]
    public static partial void Violation(ILogger logger, string connection, int code, string reason);

    [LoggerMessage(8, LogLevel.Debug, "Connection {Connection} is open")]
    public static partial void Opened(ILogger logger, string connection);

    [LoggerMessage(9, LogLevel.Debug, "Connection {Connection} has ended with {Code} after {Duration}, reason: {Reason}")]
    public static partial void Ended(ILogger logger, string connection, int code, TimeSpan duration, string reason);

    [LoggerMessage(10, LogLevel.Debug,
        "Connection {Connection} sent a message on channel {Channel} that is refused with {Error}: {Detail}")]
    public static partial void MessageRefused(ILogger logger, string connection, ConnectionErrors error, string? channel, string detail);

    [LoggerMessage(11, LogLevel.Warning,
        "A handler of channel {Channel} on connection {Connection} has blocked its I/O thread for {Milliseconds} ms; "
        + "all connections of that thread wait")]
    public static partial void HandlerBlocks(ILogger logger, string connection, string channel, long milliseconds);
}
