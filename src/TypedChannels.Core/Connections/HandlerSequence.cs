namespace TypedChannels;

/// <summary>
/// Runs the handlers of one message one by one: the server's, then the connection's. The first that fails ends the message.
/// </summary>
internal static class HandlerSequence
{
    /// <summary>Runs the handlers. Without an asynchronous state machine as long as they complete at once.</summary>
    public static ValueTask RunAsync<TConnection, TMessage>(
        TConnection connection, TMessage message, ChannelHandler<TConnection, TMessage>[] first, ChannelHandler<TMessage>[] then)
    {
        for (var i = 0; i < first.Length + then.Length; i++)
        {
            var handled = Invoke(i, connection, message, first, then);
            if (!handled.IsCompletedSuccessfully)
                return FinishAsync(handled, i + 1, connection, message, first, then);
            // A result that comes from a pooled source has to be taken.
            handled.GetAwaiter().GetResult();
        }
        return default;
    }

    /// <summary>Runs the handlers of an event of the server alone.</summary>
    public static async ValueTask RunAsync<TMessage>(TMessage message, ChannelHandler<TMessage>[] handlers)
    {
        foreach (var handler in handlers)
            await handler(message).ConfigureAwait(false);
    }

    private static ValueTask Invoke<TConnection, TMessage>(
        int index,
        TConnection connection,
        TMessage message,
        ChannelHandler<TConnection, TMessage>[] first,
        ChannelHandler<TMessage>[] then) =>
        index < first.Length ? first[index](connection, message) : then[index - first.Length](message);

    private static async ValueTask FinishAsync<TConnection, TMessage>(
        ValueTask pending,
        int next,
        TConnection connection,
        TMessage message,
        ChannelHandler<TConnection, TMessage>[] first,
        ChannelHandler<TMessage>[] then)
    {
        await pending.ConfigureAwait(false);
        for (var i = next; i < first.Length + then.Length; i++)
            await Invoke(i, connection, message, first, then).ConfigureAwait(false);
    }
}
