namespace TypedChannels;

/// <summary>
/// The messages that are sent while a client has lost its connection: in the order of the calls, bounded in bytes, each with the task of
/// its caller, which ends when the new connection has the message or there will be none. Safe for concurrent use.
/// </summary>
/// <param name="maxBytes">How much may wait, with what each message costs beside its own bytes.</param>
/// <param name="sendQueueBytes">The bound of a connection's own queue, which each message must fit.</param>
internal sealed class WaitingSends(int maxBytes, int sendQueueBytes)
{
    // The session whose Reconnected handlers run here: what they send goes before what waits, so that they can sign in.
    private static readonly AsyncLocal<ClientSession?> Returning = new();

    private readonly Lock _gate = new();
    private readonly LinkedList<WaitingSend> _waiting = [];
    private ClientSession? _open;
    private ClientSession? _returned;
    private long _bytes;
    private bool _closed = true;

    /// <summary>Sends go to this session from now on.</summary>
    public void Open(ClientSession session)
    {
        lock (_gate)
            (_open, _closed) = (session, false);
    }

    /// <summary>Sends wait from now on, if they went to this session.</summary>
    public void Hold(ClientSession session)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_open, session))
                _open = null;
        }
    }

    /// <summary>What this flow sends from now on belongs to the session, and goes to it before what waits.</summary>
    public void Return(ClientSession session)
    {
        Returning.Value = session;
        lock (_gate)
            _returned = session;
    }

    /// <summary>Sends what waits, then opens. Ends early where the session does: the rest waits on.</summary>
    public async Task ReleaseAsync(ClientSession session)
    {
        while (TryTake(session) is { } node)
        {
            var isQueued = await session.Core.Outbound.EnqueueAsync(node.Value.Message, CancellationToken.None).ConfigureAwait(false);
            if (!isQueued)
            {
                PutBack(node);
                return;
            }
            session.Core.Flush();
            node.Value.Succeed();
        }
    }

    /// <summary>There is no connection, and none comes: what waits fails, as all that is sent from now on.</summary>
    public void Close()
    {
        WaitingSend[] given;
        lock (_gate)
        {
            (_open, _returned, _closed, _bytes) = (null, null, true, 0);
            given = [.. _waiting];
            _waiting.Clear();
        }
        foreach (var send in given)
            send.Fail(NotAlive("The client has not come back from a lost connection."));
    }

    public ValueTask SendAsync<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        // Now, and not when the connection is back: the message is sent as it is at the call.
        if (EncodedMessage.TryEncode(channel, message, System.Buffers.ArrayPool<byte>.Shared, out var encoded) is { } thrown)
            return ValueTask.FromException(thrown);
        try
        {
            return Send(encoded, cancellationToken);
        }
        finally
        {
            encoded.Release();
        }
    }

    private static Exception NotAlive(string message) => Client.Failure(ConnectionErrors.NotAlive, message);

    private ValueTask Send(EncodedMessage message, CancellationToken cancellationToken)
    {
        if (!OutboundQueue.CanEverTake(message.Length, sendQueueBytes))
            return Fail(ConnectionErrors.MessageTooLarge, "The message is longer than the whole send queue.");
        while (true)
        {
            ClientSession target;
            bool isReturning;
            lock (_gate)
            {
                if (_closed)
                    return Fail(ConnectionErrors.NotAlive, "The client is not connected.");
                isReturning = _open is null && _returned is not null && ReferenceEquals(_returned, Returning.Value);
                if (_open is null && !isReturning)
                    return Wait(message, cancellationToken);
                target = _open ?? _returned!;
            }
            message.Retain();
            // Each round is another connection that was lost at this moment.
            switch (target.Core.Sending.Post(message))
            {
                case null:
                    return default;
                case ConnectionErrors.NotAlive when !isReturning && !target.IsLetGo:
                    Hold(target);
                    break;
                case var failure:
                    return ValueTask.FromException(target.Core.Failure(failure.Value));
            }
        }
    }

    // Within the lock.
    private ValueTask Wait(EncodedMessage message, CancellationToken cancellationToken)
    {
        if (!OutboundQueue.CanEverTake(message.Length, maxBytes))
            return Fail(ConnectionErrors.MessageTooLarge, "The message is longer than all that may wait for the connection.");
        var cost = Cost(message);
        if (cost > maxBytes - _bytes)
            return Fail(ConnectionErrors.QueueFull, "Too many messages wait for the connection to come back.");
        _bytes += cost;
        var node = _waiting.AddLast(new WaitingSend(message, cancellationToken));
        return new ValueTask(node.Value.WaitAsync(() => GiveUp(node)));
    }

    private static ValueTask Fail(ConnectionErrors code, string message) => ValueTask.FromException(Client.Failure(code, message));

    private static int Cost(EncodedMessage message) => OutboundQueue.Cost(message.Length);

    /// <summary>Takes the first. Null: none waits, and the session is open; or it is not the one to go to any more.</summary>
    private LinkedListNode<WaitingSend>? TryTake(ClientSession session)
    {
        lock (_gate)
        {
            if (_closed || !session.Core.IsAlive)
                return null;
            if (_waiting.First is { } first)
            {
                _waiting.RemoveFirst();
                _bytes -= Cost(first.Value.Message);
                return first;
            }
            // What its Reconnected handlers have begun sends like everybody from here on.
            (_open, _returned) = (session, null);
            return null;
        }
    }

    private void PutBack(LinkedListNode<WaitingSend> node)
    {
        bool isClosed;
        lock (_gate)
        {
            isClosed = _closed;
            if (!isClosed)
            {
                _bytes += Cost(node.Value.Message);
                _waiting.AddFirst(node);
            }
        }
        if (isClosed)
            node.Value.Fail(NotAlive("The client has not come back from a lost connection."));
        else if (node.Value.IsCancelled)
            GiveUp(node);
    }

    /// <summary>A caller's token is cancelled. What is on its way to a connection is not held back.</summary>
    private void GiveUp(LinkedListNode<WaitingSend> node)
    {
        lock (_gate)
        {
            if (node.List is null)
                return;
            _waiting.Remove(node);
            _bytes -= Cost(node.Value.Message);
        }
        node.Value.Cancel();
    }
}
