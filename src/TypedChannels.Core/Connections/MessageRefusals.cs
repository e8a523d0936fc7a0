namespace TypedChannels;

/// <summary>What a message costs that could not be processed: the event, the answer to its sender, and in the end the connection.</summary>
/// <remarks>Not safe for concurrent use: messages are handled one at a time.</remarks>
internal sealed class MessageRefusals(ChannelConnection connection, ConnectionLimits limits)
{
    private const int MaxAnswersPerSecond = 10;

    private RateWindow _answers = new(TimeSpan.FromSeconds(1));
    private RateWindow _errors = new(TimeSpan.FromMinutes(1));

    public void Refuse(ConnectionErrors code, string? channel, string detail, Exception? exception = null)
    {
        if (code == ConnectionErrors.HandlerFailed)
            ConnectionLog.HandlerFailed(connection.Services.Logger, connection.Identifier, channel, exception);
        connection.Owner.MessageFailed(new MessageError(code, channel, detail, exception));

        var now = connection.Services.Time.Elapsed;
        if (limits.AnswersErrors && code != ConnectionErrors.NoHandler && _answers.Count(now) <= MaxAnswersPerSecond)
            connection.PostAnswer(SystemMessages.Error(code, channel, connection.Services.Buffers));
        if (code is not (ConnectionErrors.NoHandler or ConnectionErrors.HandlerFailed) && _errors.Count(now) > limits.MessageErrorLimit)
            connection.BeginClose(CloseCode.PolicyViolation, "Too many message errors.");
    }
}
