namespace TypedChannels;

/// <summary>
/// Reads one connection's received messages and runs their handlers. Whatever fails costs its message, not the connection.
/// </summary>
/// <remarks>Not safe for concurrent use: the <see cref="ReceiveLoop"/> hands on one message at a time.</remarks>
internal sealed class MessageHandling(ChannelConnection connection, MessageRefusals refusals)
{
    /// <summary>Handles a text message, whatever it says. The result ends when its handlers have, and never fails.</summary>
    public ValueTask HandleAsync(ReadOnlySpan<byte> text)
    {
        try
        {
            if (!EnvelopeReader.TryRead(text, out var received, out var error, out var detail))
                refusals.Refuse(error, channel: null, detail);
            else if (!received.Channel.StartsWith(SystemMessages.Prefix))
                return connection.Owner.DispatchAsync(received);
            else if (!connection.Owner.HandleSystemMessage(received))
                RefuseUnknown();
        }
#pragma warning disable CA1031 // The last stand: the failure is logged and told to the peer as 1011.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            connection.FailInternally(exception);
        }
        return default;
    }

    /// <summary>Reads a message of a known channel and runs its handlers. The result never fails.</summary>
    public ValueTask HandleAsync<TConnection, TMessage>(
        ReceivedMessage received,
        ChannelDescriptor<TMessage> channel,
        TConnection self,
        ChannelHandler<TConnection, TMessage>[]? first,
        ChannelHandler<TMessage>[]? then)
    {
        if (channel.MaxBytes > 0 && received.ByteCount > channel.MaxBytes)
        {
            var detail = $"The message has {received.ByteCount} bytes; the channel takes {channel.MaxBytes}.";
            refusals.Refuse(ConnectionErrors.MessageTooLarge, channel.Name, detail);
            return default;
        }
        if (first is null && then is null)
        {
            refusals.Refuse(ConnectionErrors.NoHandler, channel.Name, "No handler is attached to the channel.");
            return default;
        }
        TMessage message;
        try
        {
            message = channel.Codec.Read(received.Message);
        }
#pragma warning disable CA1031 // A record's own constructor may throw what it likes; the message is invalid all the same.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            refusals.Refuse(ConnectionErrors.InvalidMessage, channel.Name, exception.Message, exception);
            return default;
        }
        return RunHandlersAsync(channel.Name, self, message, first ?? [], then ?? []);
    }

    /// <summary>Refuses a message on a channel that this side does not receive. Its name is the peer's text, so it is not told.</summary>
    public void RefuseUnknown() =>
        refusals.Refuse(ConnectionErrors.UnknownChannel, channel: null, "This side receives no such channel.");

    private ValueTask RunHandlersAsync<TConnection, TMessage>(
        string channel,
        TConnection self,
        TMessage message,
        ChannelHandler<TConnection, TMessage>[] first,
        ChannelHandler<TMessage>[] then)
    {
        ValueTask handled;
        try
        {
            handled = HandlerSequence.RunAsync(self, message, first, then);
            if (handled.IsCompletedSuccessfully)
                return handled;
        }
#pragma warning disable CA1031 // A handler may throw what it likes: it costs its message, not the connection.
        catch (Exception exception)
        {
            HandlerFailed(channel, exception);
            return default;
        }
        return AwaitAsync(this, channel, handled);

        static async ValueTask AwaitAsync(MessageHandling handling, string channel, ValueTask handled)
        {
            try
            {
                await handled.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                handling.HandlerFailed(channel, exception);
            }
        }
#pragma warning restore CA1031
    }

    private void HandlerFailed(string channel, Exception exception)
    {
        // A handler that stops because its own connection is gone has not failed.
        var stopped = exception is OperationCanceledException || connection.Owner.MeansNotAlive(exception);
        if (!stopped || connection.IsAlive)
            refusals.Refuse(ConnectionErrors.HandlerFailed, channel, "A handler failed: " + exception.Message, exception);
    }
}
