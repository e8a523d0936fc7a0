namespace TypedChannels;

/// <summary>
/// Holds back the writing of what a thread sends while it handles a batch of received messages, so that each connection is flushed once
/// for all of it: when the batch ends, or when a handler first suspends. (Where 64 KiB wait, the connection is flushed past the batch.)
/// </summary>
internal sealed class SendBatch
{
    [ThreadStatic]
    private static SendBatch? current;

    [ThreadStatic]
    private static SendBatch? idle;

    private ChannelConnection? _handled;

    // Taken one by one: a transport that is woken may cause a send on this thread, or the flush of this very batch.
    private readonly Queue<ChannelConnection> _waiting = [];

    /// <summary>Whether this thread's batch is of messages that came from the connection.</summary>
    public static bool IsOf(ChannelConnection connection) => ReferenceEquals(current?._handled, connection);

    /// <summary>Starts a batch on this thread. Null where one is running already: it serves.</summary>
    /// <param name="handled">Whose messages the batch is of; null: no connection's.</param>
    public static SendBatch? Begin(ChannelConnection? handled = null)
    {
        if (current is not null)
            return null;
        var batch = idle ?? new SendBatch();
        idle = null;
        batch._handled = handled;
        return current = batch;
    }

    /// <summary>Has the connection's queue written when this thread's batch ends; at once where there is none.</summary>
    public static void Wake(ChannelConnection connection)
    {
        var batch = current;
        if (batch is null)
        {
            connection.WakeTransport();
        }
        else if (!ReferenceEquals(connection.Batch, batch))
        {
            // Another thread's batch may take the mark. Then the connection is woken twice, which does no harm, but never not at all.
            connection.Batch = batch;
            batch._waiting.Enqueue(connection);
        }
    }

    /// <summary>
    /// Writes what this thread's batch has sent so far: a handler suspends, and what it sent must not wait for the batch.
    /// </summary>
    public static void FlushCurrent() => current?.WakeAll();

    /// <summary>
    /// Ends the batch and writes what was sent. Must be called on the thread that began it, before that thread waits for anything.
    /// </summary>
    public void End()
    {
        // First, so that what a woken transport causes on this thread is written at once.
        current = null;
        _handled = null;
        WakeAll();
        // A broadcast's list is not kept for ever.
        if (_waiting.Capacity <= 1024)
            idle = this;
    }

    private void WakeAll()
    {
        while (_waiting.TryDequeue(out var connection))
        {
            if (ReferenceEquals(connection.Batch, this))
                connection.Batch = null;
            connection.WakeTransport();
        }
    }
}
