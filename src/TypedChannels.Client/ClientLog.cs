using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>The log messages of a client that connects again by itself. Their event ids are stable.</summary>
internal static partial class ClientLog
{
    [LoggerMessage(201, LogLevel.Information,
        "The connection to {Address} has ended with {Code}: attempt {Attempt} to connect again in {Delay}")]
    public static partial void ConnectingAgain(ILogger logger, string address, int code, int attempt, TimeSpan delay);

    [LoggerMessage(202, LogLevel.Information, "Connected to {Address} again after {Attempts} attempts")]
    public static partial void ConnectedAgain(ILogger logger, string address, int attempts);

    [LoggerMessage(203, LogLevel.Warning,
        "The connection to {Address} has ended with {Code}, and no further attempt to connect again is made")]
    public static partial void GaveUp(ILogger logger, string address, int code, Exception? exception);

    [LoggerMessage(204, LogLevel.Warning,
        "A handler of the Reconnecting or Reconnected event at {Address} still runs after the close timeout, "
        + "and is not waited for any longer")]
    public static partial void HandlerHoldsUp(ILogger logger, string address);
}
