using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;

namespace TypedChannels;

/// <summary>
/// Carries a connection over a pair of pipes with the frame codec of <c>Wire</c>: the read side, and when the connection ends.
/// </summary>
/// <param name="connection">What is carried.</param>
/// <param name="pipe">The bytes. They are left as they are when the transport ends.</param>
/// <param name="abort">Drops the bytes' own connection.</param>
/// <param name="limits">The connection's limits.</param>
/// <param name="lost">Cancelled when what carries the bytes has lost its peer, whether anybody reads or not.</param>
internal sealed class PipeTransport(
    ChannelConnection connection, IDuplexPipe pipe, Action abort, ConnectionLimits limits, CancellationToken lost = default)
    : ITransport
{
    private readonly Lock _gate = new();
    private readonly ClosingHandshake _closing = new(limits.CloseTimeout);
    private readonly KeepAlive _keepAlive = new(limits.PingInterval, limits.PingTimeout, connection.Services.Time.Elapsed);
    private readonly PipeFrameSender _sender = new(pipe.Output, connection.Outbound, connection.Services.Time);
    private readonly TimeProvider _time = connection.Services.Time;
    private TimeSpan? _lostAt;
    private bool _aborted;
    private bool _ended;

    private enum Progress
    {
        AllRead,
        QueueFull,
    }

    /// <summary>Opens the connection and carries it to its end.</summary>
    public async Task RunAsync()
    {
        using var reader = new FrameReader(new FrameReaderLimits(limits.MaxMessageBytes, limits.MaxFragments, limits.AcceptBinary), connection.Services.Buffers);
        var isAnswered = false;
        connection.Open();
        try
        {
            await ReadAsync(reader).ConfigureAwait(false);
            // The peer's close frame is answered, and the answer handed to the
            // transport, before the connection ends. The deadline bounds it.
            isAnswered = IsComplete && await _sender.CloseFlushed.ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // A peer that resets its connection, or one that was aborted here: an ordinary end.
        }
        finally
        {
            await _sender.StopAsync().ConfigureAwait(false);
            lock (_gate)
            {
                _ended = true;
                _closing.OnConnectionLost();
            }
            connection.TransportClosed(new Disconnect((int)_closing.Code, _closing.Reason, _closing.WasClean && isAnswered));
        }
    }

    public void Wake() => _sender.Wake();

    public void BeginClose(CloseCode code, string reason)
    {
        lock (_gate)
        {
            if (!_closing.TryBegin(code, reason, _time.Elapsed))
                return;
        }
        _sender.SendClose(code, reason);
    }

    public void Abort()
    {
        lock (_gate)
        {
            // What carried the bytes may carry another connection's by now.
            if (_ended)
                return;
            _aborted = true;
        }
        abort();
        connection.StopReading();
        pipe.Input.CancelPendingRead();
        _sender.Abandon();
    }

    public void Tick(TimeSpan now)
    {
        KeepAliveAction action;
        lock (_gate)
        {
            action = _closing.State == ClosingState.Open ? Poll(now)
                : _closing.IsOverdue(now) ? KeepAliveAction.Abort
                : KeepAliveAction.None;
        }
        if (action == KeepAliveAction.SendPing)
            _sender.SendPing();
        else if (action == KeepAliveAction.Abort)
            Abort();
    }

    private KeepAliveAction Poll(TimeSpan now) =>
        // A ping could not even be sent. This also ends a peer that is not read from, because its handler waits for room to send to it.
        now - _sender.BlockedSince >= limits.PingInterval + limits.PingTimeout || now - _lostAt >= limits.CloseTimeout
            ? KeepAliveAction.Abort
            : _keepAlive.Poll(now);

    private bool IsComplete
    {
        get
        {
            lock (_gate)
                return _closing.State == ClosingState.Complete;
        }
    }

    private bool IsAborted
    {
        get
        {
            lock (_gate)
                return _aborted;
        }
    }

    private async Task ReadAsync(FrameReader reader)
    {
        while (!IsAborted && !IsComplete)
        {
            var result = await pipe.Input.ReadAsync().ConfigureAwait(false);
            var unread = result.Buffer;
            while (Process(reader, ref unread) == Progress.QueueFull && !IsAborted)
                await WaitForRoomAsync().ConfigureAwait(false);
            pipe.Input.AdvanceTo(unread.End);
            if (result.IsCompleted)
                return;
        }
    }

    private async Task WaitForRoomAsync()
    {
        lock (_gate)
            _keepAlive.OnReadingPaused(_time.Elapsed);
        // Nobody reads meanwhile, so nobody would see that the peer is gone; and a handler may wait for just that.
        using (lost.UnsafeRegister(static state => ((PipeTransport)state!).OnLost(), this))
            await connection.WaitForRoomAsync().ConfigureAwait(false);
        lock (_gate)
            _keepAlive.OnReadingResumed(_time.Elapsed);
    }

    /// <summary>The peer is gone. What it sent is still handled, by handlers that end within the close timeout.</summary>
    private void OnLost()
    {
        lock (_gate)
            _lostAt ??= _time.Elapsed;
        connection.PeerLost();
    }

    /// <summary>Handles what was read, until the inbound queue is full. What handlers send meanwhile is flushed once.</summary>
    private Progress Process(FrameReader reader, ref ReadOnlySequence<byte> unread)
    {
        lock (_gate)
            _keepAlive.OnReceived(_time.Elapsed);
        var batch = SendBatch.Begin();
        try
        {
            while (!unread.IsEmpty)
            {
                // The pipe's memory is ours until it is advanced, so frames are unmasked in it.
                var segment = MemoryMarshal.AsMemory(unread.First).Span;
                WireEventKind kind;
                do
                {
                    var found = reader.Read(segment, out var consumed);
                    kind = found.Kind;
                    var hasRoom = Handle(found);
                    segment = segment[consumed..];
                    unread = unread.Slice(consumed);
                    if (!hasRoom)
                        return Progress.QueueFull;
                }
                while (kind != WireEventKind.NeedMore);
            }
            return Progress.AllRead;
        }
        finally
        {
            batch?.End();
        }
    }

    /// <summary>Acts on what a frame, or its fault, asks for. False: no further message can be taken now.</summary>
    private bool Handle(WireEvent found)
    {
        switch (found.Kind)
        {
            case WireEventKind.Text:
                return connection.Receive(Opcode.Text, found.Payload);
            case WireEventKind.Binary:
                return connection.Receive(Opcode.Binary, found.Payload);
            case WireEventKind.Ping:
                _sender.AddPong(found.Payload);
                SendBatch.Wake(connection);
                break;
            case WireEventKind.Pong:
                lock (_gate)
                    _keepAlive.OnPong(_time.Elapsed);
                break;
            case WireEventKind.Close:
                connection.Leave();
                OnPeerClose(found.Code, found.Reason);
                break;
            case WireEventKind.Violation:
                connection.Leave();
                Fail(found.Code, found.Reason);
                break;
        }
        return true;
    }

    private void OnPeerClose(CloseCode code, string reason)
    {
        bool mustAnswer;
        lock (_gate)
            mustAnswer = _closing.OnCloseReceived(code, reason, _time.Elapsed);
        if (mustAnswer)
            _sender.SendClose(_closing.AnswerCode, "");
    }

    private void Fail(CloseCode code, string reason)
    {
        bool mustSend;
        lock (_gate)
            mustSend = _closing.TryFail(code, reason, _time.Elapsed);
        if (mustSend)
            _sender.SendClose(code, reason);
    }
}
