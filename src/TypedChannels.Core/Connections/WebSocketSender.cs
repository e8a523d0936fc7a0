using System.Net.WebSockets;

namespace TypedChannels;

/// <summary>
/// Sends one connection's messages over a <see cref="WebSocket"/>, which takes one
/// at a time; the close frame comes after all of them. Safe for concurrent use.
/// </summary>
internal sealed class WebSocketSender(WebSocket socket, OutboundQueue messages, ChannelMetrics? metrics)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<bool> _closeSent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (CloseCode Code, string Reason)? _close;
    private TaskCompletionSource? _idle;
    private bool _writing;
    private bool _again;
    private bool _stopped;

    /// <summary>Whether the close frame has been sent: false where it never can be.</summary>
    public Task<bool> CloseSent => _closeSent.Task;

    /// <summary>
    /// Messages that were taken from the queue, and not written to their end. Settled once <see cref="StopAsync"/> has ended.
    /// </summary>
    public int HalfSent { get; private set; }

    /// <summary>Sends what waits.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _again = true;
            if (_writing || _stopped)
                return;
            _writing = true;
        }
        _ = WriteAsync();
    }

    /// <summary>Sends a close frame after all messages. The queue of messages must have been closed; only the first call counts.</summary>
    public void SendClose(CloseCode code, string reason)
    {
        lock (_gate)
            _close ??= (code, reason);
        Wake();
    }

    /// <summary>Ends when nobody touches the socket any more, which must have been aborted.</summary>
    public Task StopAsync()
    {
        lock (_gate)
        {
            _stopped = true;
            _closeSent.TrySetResult(false);
            if (!_writing)
                return Task.CompletedTask;
            _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task;
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            do
            {
                // Read before the queue is emptied: it is closed before this is set.
                var close = BeginRound();
                while (messages.TryDequeue(out var message))
                    await SendAsync(message).ConfigureAwait(false);
                if (close is { } frame && !_closeSent.Task.IsCompleted)
                {
                    var reason = frame.Code == CloseCode.NoStatus ? null : frame.Reason;
                    await socket.CloseOutputAsync((WebSocketCloseStatus)frame.Code, reason, CancellationToken.None).ConfigureAwait(false);
                    _closeSent.TrySetResult(true);
                }
            }
            while (!TryEnd());
        }
#pragma warning disable CA1031 // Whatever the socket fails with, this writer must be seen to have ended. The reader meets the same end, and tells it.
        catch (Exception)
#pragma warning restore CA1031
        {
            _closeSent.TrySetResult(false);
            lock (_gate)
                _stopped = true;
            TryEnd();
        }
    }

    private async Task SendAsync(EncodedMessage message)
    {
        var isSent = false;
        try
        {
            var type = message.Opcode == Opcode.Binary ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
            await socket.SendAsync(message.Memory, type, endOfMessage: true, CancellationToken.None)
                .ConfigureAwait(false);
            isSent = true;
            metrics?.Sent(message.Channel, message.Length);
        }
        finally
        {
            if (!isSent)
            {
                HalfSent++;
                metrics?.Dropped(inbound: 0, outbound: 1);
            }
            message.Release();
        }
    }

    private (CloseCode Code, string Reason)? BeginRound()
    {
        lock (_gate)
        {
            _again = false;
            return _close;
        }
    }

    private bool TryEnd()
    {
        lock (_gate)
        {
            if (_again && !_stopped)
                return false;
            _writing = false;
            _idle?.TrySetResult();
            return true;
        }
    }
}
