using System.IO.Pipelines;

namespace TypedChannels;

/// <summary>
/// Writes one connection's frames into a pipe: one writer at a time, whoever calls, and without a
/// task of its own as long as the pipe takes what it is given. Control frames pass waiting
/// messages by; the close frame comes after all of them. Safe for concurrent use; nothing blocks.
/// </summary>
internal sealed class PipeFrameSender(
    PipeWriter output, OutboundQueue messages, TimeProvider time, int? deflateWindowBits = null, ChannelMetrics? metrics = null)
{
    // RFC 6455 §5.5.3: of several pings only the last must be answered. Beyond these, which a blocked pipe holds up, the oldest are not.
    private const int MaxPongs = 16;

    private readonly MessageFrames _frames = new(output, messages, deflateWindowBits, metrics);
    private LateSignal _closeFlushed;
    private TaskCompletionSource? _idle;
    private Queue<byte[]>? _pongs;
    private (CloseCode Code, string Reason)? _close;
    private bool _pingDue;
    private bool _closeWritten;
    private bool _writing;
    private bool _again;

    // Written one by one since the last flush.
    private int _unflushedBytes;
    private TimeSpan? _blockedSince;
    private volatile bool _stopped;

    /// <summary>Whether the close frame has been handed to the pipe: false where it never can be.</summary>
    public Task<bool> CloseFlushed => _closeFlushed.Task;

    /// <summary>Whether <see cref="CloseFlushed"/> has ended with true.</summary>
    public bool IsCloseFlushed => _closeFlushed is { IsSet: true, Task.Result: true };

    /// <summary>Since when the pipe takes nothing, because the peer does not; null while it does.</summary>
    public TimeSpan? BlockedSince
    {
        get
        {
            lock (this)
                return _blockedSince;
        }
    }

    /// <summary>Writes what waits, now or as soon as the pipe has room.</summary>
    public void Wake()
    {
        lock (this)
        {
            _again = true;
            if (_writing || _stopped)
                return;
            _writing = true;
        }
        Write();
    }

    /// <summary>
    /// Writes a message that nothing waits before, for the flush at the end of the thread's batch, at the latest. False: it is long, or
    /// somebody else writes, or nothing can be written any more.
    /// </summary>
    /// <param name="connection">Whose messages this sends.</param>
    /// <param name="message">The whole message, a text.</param>
    /// <param name="channel">What names its channel where messages are counted.</param>
    public bool TryWrite(ChannelConnection connection, ReadOnlySpan<byte> message, string channel)
    {
        if (message.Length > FrameWriter.MaxWholeByteCount)
            return false;
        bool isMuch;
        // Writing does not wait, and whoever writes elsewhere has said so under this lock. It is not kept for longer: the handler may run on.
        lock (this)
        {
            if (_writing || _stopped || _close is not null)
                return false;
            try
            {
                // A ping that came before the message's end is answered before the message (RFC 6455 §5.5.3: as soon as is practical).
                WriteControls();
                FrameWriter.WriteWhole(output, Opcode.Text, message);
            }
#pragma warning disable CA1031 // As below.
            catch (Exception)
#pragma warning restore CA1031
            {
                Failed();
                return false;
            }
            _unflushedBytes += message.Length;
            // They wait as those in the queue do, which is bounded.
            isMuch = _unflushedBytes >= Math.Min(ChannelConnection.FlushBytes, messages.MaxBytes);
        }
        metrics?.Sent(channel, message.Length);
        if (isMuch)
            Wake();
        else
            SendBatch.Wake(connection);
        return true;
    }

    /// <summary>Adds a pong, for the next <see cref="Wake"/>.</summary>
    public void AddPong(ReadOnlySpan<byte> payload)
    {
        bool mustWrite;
        lock (this)
        {
            // Nothing will be written any more; a peer that goes on pinging must not fill the memory.
            if (_closeWritten || _stopped)
                return;
            mustWrite = _pongs is { Count: >= MaxPongs };
            if (mustWrite && _writing)
                _pongs!.Dequeue();
            (_pongs ??= []).Enqueue(payload.ToArray());
        }
        if (mustWrite)
            Wake();
    }

    public void SendPing()
    {
        lock (this)
            _pingDue = true;
        Wake();
    }

    /// <summary>Sends a close frame after all messages. The queue of messages must have been closed; only the first call counts.</summary>
    public void SendClose(CloseCode code, string reason)
    {
        lock (this)
            _close ??= (code, reason);
        Wake();
    }

    /// <summary>Gives up writing: a pending flush ends.</summary>
    public void Abandon()
    {
        lock (this)
            _stopped = true;
        _closeFlushed.TrySet(false);
        output.CancelPendingFlush();
    }

    /// <summary>Gives up writing and ends when nobody touches the pipe any more.</summary>
    public Task StopAsync()
    {
        Abandon();
        lock (this)
        {
            if (!_writing)
                return Task.CompletedTask;
            _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private void Write()
    {
        try
        {
            do
            {
                for (var isAll = false; !isAll && TryFill(out isAll);)
                {
                    var flush = output.FlushAsync();
                    if (!flush.IsCompletedSuccessfully)
                    {
                        _ = FinishAsync(flush);
                        return;
                    }
                    Flushed(flush.Result);
                }
            }
            while (!TryEnd());
        }
#pragma warning disable CA1031 // Whatever the pipe fails with, this writer must be seen to have ended. The reader meets the same end, and tells it.
        catch (Exception)
        {
            Failed();
        }
    }

    private async Task FinishAsync(ValueTask<FlushResult> flush)
    {
        lock (this)
            _blockedSince = time.Elapsed;
        try
        {
            var flushed = await flush.ConfigureAwait(false);
            lock (this)
                _blockedSince = null;
            Flushed(flushed);
        }
        catch (Exception)
#pragma warning restore CA1031
        {
            Failed();
            return;
        }
        Write();
    }

    /// <summary>Puts into the pipe what waits, up to a flush's worth. False: nothing waits.</summary>
    private bool TryFill(out bool isAll)
    {
        (CloseCode Code, string Reason)? close;
        bool any;
        lock (this)
        {
            _again = isAll = false;
            if (_stopped)
                return false;
            any = _unflushedBytes > 0;
            _unflushedBytes = 0;
            if (!_frames.IsInsideFrame)
                any |= WriteControls();
            // Read before the queue is emptied: it is closed before this is set.
            close = _closeWritten ? null : _close;
        }
        any |= _frames.Write(out isAll);
        if (close is null || !isAll)
            return any;
        lock (this)
            _closeWritten = true;
        FrameWriter.WriteClose(output, close.Value.Code, close.Value.Reason);
        return true;
    }

    /// <summary>This writer ends, unless something came since it looked.</summary>
    private bool TryEnd()
    {
        if (_stopped)
            _frames.Abandon();
        TaskCompletionSource? idle;
        lock (this)
        {
            if (_stopped ? _frames.IsInsideFrame : _again)
                return false;
            _writing = false;
            idle = _idle;
        }
        idle?.TrySetResult();
        return true;
    }

    // Under the lock.
    private bool WriteControls()
    {
        var any = _pingDue || _pongs is { Count: > 0 };
        // RFC 6455 §5.5.1: nothing follows a close frame.
        if (!any || _closeWritten)
            return false;
        while (_pongs is not null && _pongs.TryDequeue(out var payload))
            FrameWriter.WritePong(output, payload);
        if (_pingDue)
            FrameWriter.WritePing(output, []);
        _pingDue = false;
        return true;
    }

    private void Flushed(FlushResult result)
    {
        if (_closeWritten)
            _closeFlushed.TrySet(!result.IsCanceled);
        if (result.IsCompleted)
            AbandonBlocked();
    }

    /// <summary>The other end of the pipe takes nothing any more: for whoever waits for room, it is blocked for ever.</summary>
    private void AbandonBlocked()
    {
        lock (this)
            _blockedSince ??= time.Elapsed;
        Abandon();
    }

    private void Failed()
    {
        AbandonBlocked();
        _frames.Abandon();
        TaskCompletionSource? idle;
        lock (this)
        {
            _writing = false;
            idle = _idle;
        }
        idle?.TrySetResult();
    }
}
