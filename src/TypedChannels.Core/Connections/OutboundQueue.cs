namespace TypedChannels;

/// <summary>The messages that wait to be written to one connection: in the order of the send calls, bounded in bytes. Safe for concurrent use.</summary>
/// <remarks>It holds messages and not bytes, so that policies may one day choose among them.</remarks>
internal sealed class OutboundQueue(int maxBytes)
{
    private readonly Lock _gate = new();

    // Both are made when first needed: most connections are idle most of the time.
    private Queue<EncodedMessage>? _entries;
    private Queue<Waiter>? _waiters;
    private int _bytes;
    private bool _closed;

    public enum Outcome
    {
        Accepted,
        Full,
        Closed,
    }

    /// <summary>Bytes that wait, without frame headers.</summary>
    public int Bytes => Volatile.Read(ref _bytes);

    public int MaxBytes => maxBytes;

    /// <summary>Queues a message, which the queue then holds too, if there is room.</summary>
    public Outcome TryEnqueue(EncodedMessage message)
    {
        lock (_gate)
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
        Waiter waiter;
        lock (_gate)
        {
            if (_closed)
                return false;
            if (_waiters is not { Count: > 0 } && HasRoom(message))
            {
                Add(message);
                return true;
            }
            message.Retain();
            waiter = new Waiter(message);
            (_waiters ??= []).Enqueue(waiter);
        }
        using var registration = cancellationToken.UnsafeRegister(
            static (state, token) => ((Waiter)state!).Outcome.TrySetCanceled(token), waiter);
        return await waiter.Outcome.Task.ConfigureAwait(false);
    }

    /// <summary>Takes the next message, which the caller then releases.</summary>
    public bool TryDequeue(out EncodedMessage message)
    {
        lock (_gate)
        {
            if (_entries is null || !_entries.TryDequeue(out message!))
            {
                message = null!;
                return false;
            }
            _bytes -= message.Length;
            AdmitWaiters();
            return true;
        }
    }

    /// <summary>Refuses every further message; what is queued can still be taken.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            while (_waiters is not null && _waiters.TryDequeue(out var waiter))
            {
                waiter.Outcome.TrySetResult(false);
                waiter.Message.Release();
            }
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

    // A message longer than the whole queue was refused before.
    private bool HasRoom(EncodedMessage message) => _bytes + message.Length <= maxBytes;

    private void Add(EncodedMessage message)
    {
        message.Retain();
        (_entries ??= []).Enqueue(message);
        _bytes += message.Length;
    }

    private void AdmitWaiters()
    {
        while (_waiters is not null && _waiters.TryPeek(out var waiter) && (waiter.Outcome.Task.IsCompleted || HasRoom(waiter.Message)))
        {
            _waiters.Dequeue();
            // Cancelled while it waited: it was not sent.
            if (waiter.Outcome.TrySetResult(true))
                Add(waiter.Message);
            waiter.Message.Release();
        }
    }

    private sealed record Waiter(EncodedMessage Message)
    {
        public TaskCompletionSource<bool> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
