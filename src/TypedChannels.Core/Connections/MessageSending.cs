namespace TypedChannels;

/// <summary>Queues one connection's messages, and says why one was not queued. Safe for concurrent use.</summary>
internal sealed class MessageSending(ChannelConnection connection, ConnectionLimits limits)
{
    /// <summary>Queues a message. The result ends when the queue has it.</summary>
    public ValueTask SendAsync<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (!connection.IsAlive)
            return Fail(ConnectionErrors.NotAlive);
        if (EncodedMessage.TryWrite(channel, message, connection.Services.Buffers, out var envelope) is { } thrown)
            return ValueTask.FromException(thrown);
        var isTooLong = !OutboundQueue.CanEverTake(envelope.Length, limits.SendQueueBytes);
        if (isTooLong || connection.TryWrite(envelope.Written, channel.Label))
        {
            envelope.Discard();
            return isTooLong ? Fail(ConnectionErrors.MessageTooLarge) : default;
        }
        var encoded = EncodedMessage.Take(envelope, channel);
        if (limits.SlowConsumer == SlowConsumer.Wait)
            return EnqueueAsync(encoded, cancellationToken);
        return Post(encoded) is { } failure ? Fail(failure) : default;
    }

    /// <summary>Queues a message whose holder the caller was, without waiting; a full queue closes the connection.</summary>
    /// <returns>Null where it was queued.</returns>
    public ConnectionErrors? Post(EncodedMessage message)
    {
        var failure = TryPost(message);
        if (failure == ConnectionErrors.QueueFull && limits.CutsSlowPeer)
            connection.CutSlowConsumer();
        return failure;
    }

    /// <summary>
    /// Queues an answer of the framework's own. Where sends wait for room, it is left out rather than cut the connection.
    /// </summary>
    public void PostAnswer(EncodedMessage message)
    {
        if (limits.SlowConsumer == SlowConsumer.Wait)
            TryPost(message);
        else
            Post(message);
    }

    private ConnectionErrors? TryPost(EncodedMessage message)
    {
        var outcome = connection.Outbound.TryEnqueue(message);
        message.Release();
        switch (outcome)
        {
            case OutboundQueue.Outcome.Accepted:
                connection.Flush();
                return null;
            case OutboundQueue.Outcome.Closed:
                return ConnectionErrors.NotAlive;
            default:
                return ConnectionErrors.QueueFull;
        }
    }

    private async ValueTask EnqueueAsync(EncodedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var queued = connection.Outbound.EnqueueAsync(message, cancellationToken);
            // What fills the queue must be written for there to be room, batch or not.
            if (!queued.IsCompletedSuccessfully)
                connection.WakeTransport();
            if (!await queued.ConfigureAwait(false))
                throw connection.Failure(ConnectionErrors.NotAlive);
        }
        finally
        {
            message.Release();
        }
        connection.Flush();
    }

    private ValueTask Fail(ConnectionErrors code) => ValueTask.FromException(connection.Failure(code));
}
