namespace TypedChannels;

/// <summary>
/// The messages that wait to be written to one connection: in the order of the send calls, bounded in bytes. Safe for concurrent use.
/// </summary>
/// <remarks>It holds messages and not bytes, so that policies may one day choose among them.</remarks>
internal sealed class OutboundQueue(int maxBytes)
{
    // The first that waits: most often it waits alone.
    private EncodedMessage? _first;

    // Both are made when first needed: most connections are idle most of the time.
    private Queue<EncodedMessage>? _others;
    private LinkedList<Waiter>? _waiters;
    private int _bytes;
    private bool _closed;

    public enum Outcome
    {
        Accepted,
        Full,
        Closed,
    }

    /// <summary>Bytes that wait, with what each message costs beside its own.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    public int MaxBytes => maxBytes;

    /// <summary>Whether a message of so many bytes fits into an empty queue.</summary>
    public static bool CanEverTake(int messageBytes, int maxBytes) => Cost(messageBytes) <= maxBytes;

    /// <summary>What a message of so many bytes counts for.</summary>
    public static int Cost(int messageBytes) => messageBytes + ConnectionLimits.MessageOverheadBytes;

    /// <summary>Queues a message, which the queue then holds too, if there is room.</summary>
    public Outcome TryEnqueue(EncodedMessage message)
    {
        lock (this)
        {
            if (_closed)
                return Outcome.Closed;
            // Whoever waits already goes first.
            if (_waiters is { Count: > 0 } || !HasRoom(message))
                return Outcome.Full;
            Add(message);
            return Outcome.Accepted;
        }
    }

    /// <summary>Queues a message as soon as there is room for it. The result is false where the connection closed first.</summary>
    public async ValueTask<bool> EnqueueAsync(EncodedMessage message, CancellationToken cancellationToken)
    {
        LinkedListNode<Waiter> waiter;
        lock (this)
        {
            if (_closed)
                return false;
            if (_waiters is not { Count: > 0 } && HasRoom(message))
            {
                Add(message);
                return true;
            }
            message.Retain();
            waiter = (_waiters ??= []).AddLast(new Waiter(message));
        }
        using var registration = cancellationToken.UnsafeRegister((_, token) => GiveUp(waiter, token), null);
        return await waiter.Value.Outcome.Task.ConfigureAwait(false);
    }

    /// <summary>Takes the next message, which the caller then releases.</summary>
    public bool TryDequeue(out EncodedMessage message)
    {
        message = null!;
        // Seen empty without the lock: whoever adds one says so afterwards, to whoever empties it.
        if (Bytes == 0)
            return false;
        lock (this)
        {
            message = _first!;
            if (message is null)
                return false;
            _first = _others is not null && _others.TryDequeue(out var next) ? next : null;
            _bytes -= Cost(message);
            AdmitWaiters();
            return true;
        }
    }

    /// <summary>Refuses every further message; what is queued can still be taken.</summary>
    public void Close()
    {
        lock (this)
        {
            _closed = true;
            while (_waiters?.First is { } waiter)
                EndWait(waiter).TrySetResult(false);
        }
    }

    /// <summary>Refuses every further message and drops what is queued.</summary>
    /// <returns>How many messages were dropped.</returns>
    public int Clear()
    {
        Close();
        var dropped = 0;
        while (TryDequeue(out var message))
        {
            message.Release();
            dropped++;
        }
        return dropped;
    }

    private static int Cost(EncodedMessage message) => Cost(message.Length);

    // A message longer than the whole queue was refused before.
    private bool HasRoom(EncodedMessage message) => Cost(message) <= maxBytes - _bytes;

    private void Add(EncodedMessage message)
    {
        message.Retain();
        if (_first is null)
            _first = message;
        else
            (_others ??= []).Enqueue(message);
        _bytes += Cost(message);
    }

    private void AdmitWaiters()
    {
        while (_waiters?.First is { } waiter && HasRoom(waiter.Value.Message))
        {
            Add(waiter.Value.Message);
            EndWait(waiter).TrySetResult(true);
        }
    }

    /// <summary>A waiter is cancelled. It holds up those behind it no longer.</summary>
    private void GiveUp(LinkedListNode<Waiter> waiter, CancellationToken cancellationToken)
    {
        lock (this)
        {
            if (waiter.List is null)
                return;
            EndWait(waiter).TrySetCanceled(cancellationToken);
            AdmitWaiters();
        }
    }

    private TaskCompletionSource<bool> EndWait(LinkedListNode<Waiter> waiter)
    {
        _waiters!.Remove(waiter);
        waiter.Value.Message.Release();
        return waiter.Value.Outcome;
    }

    private sealed record Waiter(EncodedMessage Message)
    {
        public TaskCompletionSource<bool> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
