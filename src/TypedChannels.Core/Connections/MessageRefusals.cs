using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>What a message costs that could not be processed: the event, the answer to its sender, and in the end the connection.</summary>
/// <remarks>Not safe for concurrent use: messages are handled one at a time.</remarks>
internal sealed class MessageRefusals(ChannelConnection connection, ConnectionLimits limits)
{
    private const int MaxAnswersPerSecond = 10;

    private RateWindow _answers = new(MaxAnswersPerSecond, TimeSpan.FromSeconds(1));
    private RateWindow _errors = new(limits.MessageErrorLimit, TimeSpan.FromMinutes(1));

    /// <param name="code">What went wrong.</param>
    /// <param name="channel">The channel, where this side knows it.</param>
    /// <param name="label">What the channel is counted as.</param>
    /// <param name="detail">A sentence for whoever looks into it.</param>
    /// <param name="exception">What was thrown.</param>
    public void Refuse(ConnectionErrors code, string? channel, string label, string detail, Exception? exception = null)
    {
        var services = connection.Services;
        if (code == ConnectionErrors.HandlerFailed)
            ConnectionLog.HandlerFailed(services.Logger, connection.Identifier, channel, exception);
        else if (services.Logger.IsEnabled(LogLevel.Debug))
            ConnectionLog.MessageRefused(services.Logger, connection.Identifier, code, channel, LogText.Printable(detail));
        services.Metrics?.MessageFailed(code, label);
        connection.Owner.MessageFailed(new MessageError(code, channel, detail, exception));

        var now = services.Time.Elapsed;
        if (limits.AnswersErrors && code != ConnectionErrors.NoHandler && _answers.TryCount(now))
            connection.Sending.PostAnswer(SystemMessages.Error(code, channel, services.Buffers));
        if (code is ConnectionErrors.NoHandler or ConnectionErrors.HandlerFailed || _errors.TryCount(now))
            return;
        if (connection.BeginClose(CloseCode.PolicyViolation, "Too many message errors."))
            services.Metrics?.LimitExceeded(nameof(ConnectionLimits.MessageErrorLimit));
    }
}
