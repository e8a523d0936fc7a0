namespace TypedChannels;

/// <summary>
/// Has one connection's messages handled, one at a time and in order. While handlers keep up, a message is handled where
/// it was received and is never copied; while one is running, further messages wait in the <see cref="InboundQueue"/>.
/// </summary>
internal sealed class ReceiveLoop(ChannelConnection connection)
{
    // A queue that is filled as fast as it is emptied must not hold back what its handlers send.
    private const int BatchMessages = 64;

    private TaskCompletionSource? _room;

    // Becomes true only by the one reader, or before it reads; so the reader needs no lock to find out that nobody handles anything.
    private volatile bool _running;
    private volatile bool _dropping;
    private bool _readingStopped;
    private bool _completed;
    private bool _drained;

    private InboundQueue Queue => connection.Inbound;

    /// <summary>Whether a handler is running.</summary>
    public bool IsRunning => _running;

    /// <summary>Waits for something that goes before the first message: the handlers of the connect event.</summary>
    public void Begin(ValueTask before)
    {
        lock (this)
            _running = true;
        _ = ContinueAsync(before);
    }

    /// <summary>Takes a message. Called by one reader at a time.</summary>
    /// <returns>False where the queue is full, and the reader must wait with <see cref="WaitForRoomAsync"/> before it reads on.</returns>
    public bool Receive(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (_dropping)
            return true;
        if (_running && TryEnqueue(opcode, payload, out var hasRoom))
            return hasRoom;
        _running = true;
        var handled = connection.HandleAsync(opcode, payload);
        if (handled.IsCompletedSuccessfully)
        {
            // Nobody else receives, so nothing has come meanwhile; and who completes is the reader too, if only inside the handler.
            _running = false;
            if (_completed)
                TellDrained();
            return true;
        }
        SendBatch.FlushCurrent();
        _ = ContinueAsync(handled);
        return true;
    }

    /// <summary>Ends when there is room again, or nothing will be handled any more.</summary>
    public Task WaitForRoomAsync()
    {
        lock (this)
        {
            if (!Queue.IsFull || _dropping || _readingStopped)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>The reader will read no further: it waits for room no longer.</summary>
    public void StopReading()
    {
        lock (this)
        {
            _readingStopped = true;
            MakeRoom();
        }
    }

    /// <summary>Drops what waits and all that still comes.</summary>
    /// <returns>How many messages waited.</returns>
    public int Drop()
    {
        lock (this)
        {
            _dropping = true;
            MakeRoom();
            return Queue.Clear();
        }
    }

    /// <summary>Nothing will be received any more. Once all is handled, the loop tells it.</summary>
    public void Complete()
    {
        lock (this)
        {
            _completed = true;
            if (_running)
                return;
        }
        TellDrained();
    }

    /// <summary>Tells that all is handled, though a handler is still running: it has had its time. False: that was told already.</summary>
    public bool TryGiveUp() => TellDrained();

    /// <summary>False: the loop has gone idle meanwhile, and the message can be handled at once.</summary>
    private bool TryEnqueue(Opcode opcode, ReadOnlySpan<byte> payload, out bool hasRoom)
    {
        lock (this)
        {
            hasRoom = true;
            if (!_running)
                return false;
            if (_dropping)
                return true;
            Queue.Enqueue(opcode, payload);
            hasRoom = !Queue.IsFull;
            return true;
        }
    }

    private bool TellDrained()
    {
        if (Interlocked.Exchange(ref _drained, true))
            return false;
        connection.HandledAll();
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
            lock (this)
            {
                _running = false;
                isOver = _completed;
            }
            connection.Abort();
            if (isOver)
                TellDrained();
        }
    }

    /// <summary>Handles waiting messages up to a batch's end. What they send is flushed when it returns.</summary>
    /// <param name="pending">What the next batch waits for: the last message's handler.</param>
    /// <returns>False where none waits any more.</returns>
    private bool TryHandleBatch(out ValueTask pending)
    {
        var batch = SendBatch.Begin(connection);
        try
        {
            pending = default;
            for (var count = 0; count < BatchMessages && pending.IsCompleted; count++)
            {
                if (!TryTakeNext(out var entry))
                    return false;
                pending = connection.HandleAsync(entry.Opcode, entry.Payload);
                Queue.Return(entry);
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
    private bool TryTakeNext(out InboundQueue.Entry entry)
    {
        lock (this)
        {
            if (Queue.TryDequeue(out entry))
            {
                if (!Queue.IsFull)
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
