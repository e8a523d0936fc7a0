namespace TypedChannels;

/// <summary>
/// Has one connection's messages handled, one at a time and in order. While handlers keep up, a message is handled where
/// it was received and is never copied; while one is running, further messages wait in the <see cref="InboundQueue"/>.
/// </summary>
internal sealed class ReceiveLoop(InboundQueue queue, MessageReceiver handle, Action drained, Action abort)
{
    // A queue that is filled as fast as it is emptied must not hold back what its handlers send.
    private const int BatchMessages = 64;

    private readonly Lock _gate = new();
    private TaskCompletionSource? _room;
    private bool _running;
    private bool _dropping;
    private bool _readingStopped;
    private bool _completed;
    private bool _drained;

    /// <summary>Whether a handler is running.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
                return _running;
        }
    }

    /// <summary>Waits for something that goes before the first message: the handlers of the connect event.</summary>
    public void Begin(ValueTask before)
    {
        lock (_gate)
            _running = true;
        _ = ContinueAsync(before);
    }

    /// <summary>Takes a message. Called by one reader at a time.</summary>
    /// <returns>False where the queue is full, and the reader must wait with <see cref="WaitForRoomAsync"/> before it reads on.</returns>
    public bool Receive(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            if (_dropping)
                return true;
            if (_running)
            {
                queue.Enqueue(opcode, payload);
                return !queue.IsFull;
            }
            _running = true;
        }
        var handled = handle(opcode, payload);
        if (!handled.IsCompleted)
            SendBatch.FlushCurrent();
        else if (!TryTakeNext(out _, mayTake: false))
            return true;
        _ = ContinueAsync(handled);
        return true;
    }

    /// <summary>Ends when there is room again, or nothing will be handled any more.</summary>
    public Task WaitForRoomAsync()
    {
        lock (_gate)
        {
            if (!queue.IsFull || _dropping || _readingStopped)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>The reader will read no further: it waits for room no longer.</summary>
    public void StopReading()
    {
        lock (_gate)
        {
            _readingStopped = true;
            MakeRoom();
        }
    }

    /// <summary>Drops what waits and all that still comes.</summary>
    /// <returns>How many messages waited.</returns>
    public int Drop()
    {
        lock (_gate)
        {
            _dropping = true;
            MakeRoom();
            return queue.Clear();
        }
    }

    /// <summary>Nothing will be received any more. Once all is handled, the loop tells it.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            if (_running)
                return;
        }
        TellDrained();
    }

    /// <summary>Tells that all is handled, though a handler is still running: it has had its time. False: that was told already.</summary>
    public bool TryGiveUp() => TellDrained();

    private bool TellDrained()
    {
        if (Interlocked.Exchange(ref _drained, true))
            return false;
        drained();
        return true;
    }

    private async Task ContinueAsync(ValueTask handled)
    {
        try
        {
            await handled.ConfigureAwait(false);
            while (TryHandleBatch(out var pending))
                await pending.ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Handling does not fail, unless a logger does. A connection that handles nothing more must not live on.
        catch (Exception)
#pragma warning restore CA1031
        {
            Drop();
            bool isOver;
            lock (_gate)
            {
                _running = false;
                isOver = _completed;
            }
            abort();
            if (isOver)
                TellDrained();
        }
    }

    /// <summary>Handles waiting messages up to a batch's end. What they send is flushed when it returns.</summary>
    /// <param name="pending">What the next batch waits for: the last message's handler.</param>
    /// <returns>False where none waits any more.</returns>
    private bool TryHandleBatch(out ValueTask pending)
    {
        var batch = SendBatch.Begin();
        try
        {
            pending = default;
            for (var count = 0; count < BatchMessages && pending.IsCompleted; count++)
            {
                if (!TryTakeNext(out var entry, mayTake: true))
                    return false;
                pending = handle(entry.Opcode, entry.Payload);
                queue.Return(entry);
            }
            // Where an outer batch serves, its end may be far.
            SendBatch.FlushCurrent();
            return true;
        }
        finally
        {
            batch?.End();
        }
    }

    /// <summary>Takes the next message, or goes idle where none waits.</summary>
    private bool TryTakeNext(out InboundQueue.Entry entry, bool mayTake)
    {
        entry = default;
        lock (_gate)
        {
            if (mayTake ? queue.TryDequeue(out entry) : queue.Count > 0)
            {
                if (!queue.IsFull)
                    MakeRoom();
                return true;
            }
            _running = false;
            if (!_completed)
                return false;
        }
        TellDrained();
        return false;
    }

    private void MakeRoom()
    {
        _room?.TrySetResult();
        _room = null;
    }
}
