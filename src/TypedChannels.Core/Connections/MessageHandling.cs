namespace TypedChannels;

/// <summary>
/// Reads one connection's received messages and runs their handlers. Whatever fails costs its message, not the connection.
/// </summary>
/// <remarks>Not safe for concurrent use: the <see cref="ReceiveLoop"/> hands on one message at a time.</remarks>
internal sealed class MessageHandling(ChannelConnection connection, ConnectionLimits limits)
{
    // Made for the first: most connections send nothing that is refused.
    private MessageRefusals? _refusals;

    // Of the message that is being handled: what is read of it may not come so far as to know.
    private int _byteCount;

    /// <summary>Handles a text message, whatever it says. The result ends when its handlers have, and never fails.</summary>
    public ValueTask HandleAsync(ReadOnlySpan<byte> text)
    {
        _byteCount = text.Length;
        try
        {
            return EnvelopeReader.TryReadPlain(text, out var plain) && !plain.Channel.StartsWith(SystemMessages.Prefix)
                ? connection.Owner.DispatchAsync(plain)
                : HandleCheckedAsync(text);
        }
#pragma warning disable CA1031 // The last stand: the failure is logged and told to the peer as 1011.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            connection.FailInternally(exception);
            return default;
        }
    }

    /// <summary>
    /// Handles a text message of which no part was used yet, after parsing all of it. Called within
    /// <see cref="HandleAsync(ReadOnlySpan{byte})"/>, which catches what fails.
    /// </summary>
    public ValueTask HandleCheckedAsync(ReadOnlySpan<byte> text)
    {
        if (!EnvelopeReader.TryRead(text, out var received, out var error, out var detail))
            RefuseNameless(error, detail);
        else if (!received.Channel.StartsWith(SystemMessages.Prefix))
            return connection.Owner.DispatchAsync(received);
        else if (!connection.Owner.HandleSystemMessage(received))
            RefuseUnknown();
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
        if (!received.IsChecked)
            return HandlePlainAsync(received, channel, self, first, then);
        var observed = ObservedMessage.Begin(connection, channel.Label, received.ByteCount);
        if (channel.MaxBytes > 0 && received.ByteCount > channel.MaxBytes)
        {
            var detail = $"The message has {received.ByteCount} bytes; the channel takes {channel.MaxBytes}.";
            Refuse(observed, ConnectionErrors.MessageTooLarge, channel.Name, detail);
            return default;
        }
        if (first is null && then is null)
        {
            Refuse(observed, ConnectionErrors.NoHandler, channel.Name, "No handler is attached to the channel.");
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
            Refuse(observed, ConnectionErrors.InvalidMessage, channel.Name, exception.Message, exception);
            return default;
        }
        return RunHandlersAsync(observed, channel.Name, self, message, first ?? [], then ?? []);
    }

    /// <summary>Handles a message that is plainly good; any other is looked at once more, from its first byte.</summary>
    private ValueTask HandlePlainAsync<TConnection, TMessage>(
        ReceivedMessage received,
        ChannelDescriptor<TMessage> channel,
        TConnection self,
        ChannelHandler<TConnection, TMessage>[]? first,
        ChannelHandler<TMessage>[]? then)
    {
        var isWanted = (first is not null || then is not null) && (channel.MaxBytes == 0 || received.ByteCount <= channel.MaxBytes);
        if (!isWanted || !channel.Codec.TryReadUnchecked(received.Message, out var message))
            return HandleCheckedAsync(received.Text);
        var observed = ObservedMessage.Begin(connection, channel.Label, received.ByteCount);
        return RunHandlersAsync(observed, channel.Name, self, message, first ?? [], then ?? []);
    }

    /// <summary>Refuses a message on a channel that this side does not receive. Its name is the peer's text, so it is not told.</summary>
    public void RefuseUnknown() => RefuseNameless(ConnectionErrors.UnknownChannel, "This side receives no such channel.");

    private ValueTask RunHandlersAsync<TConnection, TMessage>(
        ObservedMessage observed,
        string channel,
        TConnection self,
        TMessage message,
        ChannelHandler<TConnection, TMessage>[] first,
        ChannelHandler<TMessage>[] then)
    {
        ValueTask handled;
        observed.BeginHandlers();
        var post = connection.Services.Watch?.Enter(connection, observed.Channel);
        try
        {
            handled = HandlerSequence.RunAsync(self, message, first, then);
        }
#pragma warning disable CA1031 // A handler may throw what it likes: it costs its message, not the connection.
        catch (Exception exception)
        {
            HandlerFailed(observed, channel, exception);
            return default;
        }
        finally
        {
            post?.Leave();
        }
        if (handled.IsCompletedSuccessfully)
        {
            observed.End();
            return handled;
        }
        observed.Suspend();
        return AwaitAsync(this, observed, channel, handled);

        static async ValueTask AwaitAsync(MessageHandling handling, ObservedMessage observed, string channel, ValueTask handled)
        {
            try
            {
                await handled.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                handling.HandlerFailed(observed, channel, exception);
                return;
            }
            observed.End();
        }
#pragma warning restore CA1031
    }

    private void HandlerFailed(ObservedMessage observed, string channel, Exception exception)
    {
        // A handler that stops because its own connection is gone has not failed.
        var stopped = exception is OperationCanceledException || connection.Owner.MeansNotAlive(exception);
        if (!stopped || connection.IsAlive)
            Refuse(observed, ConnectionErrors.HandlerFailed, channel, "A handler failed: " + exception.Message, exception);
        else
            observed.End();
    }

    /// <summary>Refuses a message whose channel is none that this side knows.</summary>
    private void RefuseNameless(ConnectionErrors code, string detail) =>
        Refuse(ObservedMessage.Begin(connection, MetricLabels.OtherChannel, _byteCount), code, channel: null, detail);

    private void Refuse(
        ObservedMessage observed, ConnectionErrors code, string? channel, string detail, Exception? exception = null)
    {
        observed.Resume();
        try
        {
            (_refusals ??= new(connection, limits)).Refuse(code, channel, observed.Channel, detail, exception);
        }
        finally
        {
            observed.End(code, exception);
        }
    }
}
