using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace TypedChannels;

/// <summary>
/// Carries a connection over a pair of pipes with the frame codec of <c>Wire</c>: the read side, and when the connection ends.
/// </summary>
/// <param name="connection">What is carried.</param>
/// <param name="bytes">What carries it.</param>
/// <param name="limits">The connection's limits.</param>
/// <param name="deflateWindowBits">Where permessage-deflate was agreed (RFC 7692): the window of what is sent, as an exponent of 2.</param>
internal sealed class PipeTransport(
    ChannelConnection connection,
    IByteConnection bytes,
    ConnectionLimits limits,
    int? deflateWindowBits = null)
    : ITransport
{
    // A peer that sends faster than it is read keeps the thread no longer: the socket may have more to read at once, each time.
    private const int TurnBytes = 64 * 1024;

    private readonly TimeProvider _time = connection.Services.Time;
    private readonly TransportState _state = new(limits, connection.Services.Time);
    private readonly PipeFrameSender _sender = new(
        bytes.Output, connection.Outbound, connection.Services.Time, deflateWindowBits, connection.Services.Metrics);
    private ReceiveRates _rates = new(limits.MaxControlFramesPerSecond, limits.MaxMessagesPerSecond, limits.MaxBytesPerSecond);

    // Read since the thread was last given back.
    private long _readBytes;

    // What still comes is read and ignored: the peer broke a rule that the codec does not know.
    private volatile bool _isDeaf;

    private enum Progress
    {
        AllRead,
        QueueFull,
    }

    /// <summary>Opens the connection and carries it to its end.</summary>
    public async Task RunAsync()
    {
        var codec = new FrameReaderLimits(
            limits.MaxMessageBytes, limits.MaxFragments, limits.AcceptBinary, AcceptDeflated: deflateWindowBits is not null);
        using var reader = new FrameReader(codec, connection.Services.Buffers);
        var isAnswered = false;
        connection.Open();
        try
        {
            for (var isAtEnd = false; !isAtEnd && !_state.IsReadingOver && !_state.IsComplete;)
            {
                var result = await bytes.Input.ReadAsync().ConfigureAwait(false);
                isAtEnd = result.IsCompleted;
                var unread = result.Buffer;
                _readBytes += unread.Length;
                if (Process(reader, ref unread) == Progress.AllRead)
                    bytes.Input.AdvanceTo(unread.End);
                else
                    await ProcessRestAsync(reader, unread).ConfigureAwait(false);
                if (_readBytes < TurnBytes)
                    continue;
                _readBytes = 0;
                // To the end of the pool's common queue: in its own the thread would take it up again before all else.
                await Task.Yield();
            }
            // The peer's close frame is answered, and the answer handed to the
            // transport, before the connection ends. The deadline bounds it.
            isAnswered = _state.IsComplete && await _sender.CloseFlushed.ConfigureAwait(false);
            if (isAnswered && bytes.Input.TryRead(out var beyond))
                await DiscardAsync(beyond).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            // A peer that resets its connection, or one that was aborted here: an ordinary end.
        }
        finally
        {
            // Whoever aborts must not run what follows, handlers of the user's too: it may be the sweep, or who stops the server.
            await _sender.StopAsync().ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            connection.TransportClosed(_state.End(isAnswered));
        }
    }

    // What is compressed is so once for all receivers, so it goes by the queue.
    public bool TryWrite(ReadOnlySpan<byte> message, string channel) =>
        deflateWindowBits is null && _sender.TryWrite(connection, message, channel);

    public void Wake() => _sender.Wake();

    public void BeginClose(CloseCode code, string reason)
    {
        if (_state.TryBegin(code, reason))
            _sender.SendClose(code, reason);
    }

    public void Abort()
    {
        if (!_state.TryAbort())
            return;
        bytes.Abort();
        connection.StopReading();
        bytes.Input.CancelPendingRead();
        _sender.Abandon();
    }

    public void Tick(TimeSpan now)
    {
        switch (_state.Poll(now, _sender.BlockedSince, _sender.IsCloseFlushed))
        {
            case TransportAction.SendPing:
                _sender.SendPing();
                break;
            case TransportAction.FailSlowMessage:
                Fail(Violation.MessageTooSlow);
                break;
            case TransportAction.EndReading:
                bytes.Input.CancelPendingRead();
                break;
            case TransportAction.AbortDead:
                AbortFor(nameof(ConnectionLimits.PingTimeout));
                break;
            case TransportAction.AbortUnclosed:
                AbortFor(nameof(ConnectionLimits.CloseTimeout));
                break;
        }
    }

    private void AbortFor(string limit)
    {
        connection.Services.Metrics?.LimitExceeded(limit);
        Abort();
    }

    // On its own, so that an idle connection holds nothing of it.
    private async Task ProcessRestAsync(FrameReader reader, ReadOnlySequence<byte> unread)
    {
        do
        {
            if (_state.IsReadingOver)
                break;
            await WaitForRoomAsync().ConfigureAwait(false);
        }
        while (Process(reader, ref unread) == Progress.QueueFull);
        bytes.Input.AdvanceTo(unread.End);
    }

    /// <summary>
    /// Reads what a peer goes on sending after its own close frame, until it is quiet: see <see cref="ClosingHandshake"/>.
    /// </summary>
    private async Task DiscardAsync(ReadResult beyond)
    {
        while (true)
        {
            bytes.Input.AdvanceTo(beyond.Buffer.End);
            if (beyond.IsCompleted || _state.IsReadingOver)
                return;
            _state.OnReceived(_time.Elapsed);
            beyond = await bytes.Input.ReadAsync().ConfigureAwait(false);
        }
    }

    private async Task WaitForRoomAsync()
    {
        connection.Services.Metrics?.LimitExceeded(nameof(ConnectionLimits.ReceiveQueueBytes));
        _state.OnReadingPaused();
        // Nobody reads meanwhile, so nobody would see that the peer is gone; and a handler may wait for just that.
        using (bytes.Lost.UnsafeRegister(static state => ((PipeTransport)state!).OnLost(), this))
            await connection.WaitForRoomAsync().ConfigureAwait(false);
        _state.OnReadingResumed();
    }

    /// <summary>The peer is gone. What it sent is still handled, by handlers that end within the close timeout.</summary>
    private void OnLost()
    {
        _state.OnLost();
        connection.PeerLost();
    }

    /// <summary>Handles what was read, until the inbound queue is full. What handlers send meanwhile is flushed once.</summary>
    private Progress Process(FrameReader reader, ref ReadOnlySequence<byte> unread)
    {
        var now = _time.Elapsed;
        var hadMessage = false;
        if (!unread.IsEmpty)
            _state.OnHandling(now);
        var batch = SendBatch.Begin(connection);
        try
        {
            while (!unread.IsEmpty)
            {
                // The pipe's memory is ours until it is advanced, so frames are unmasked in it.
                var segment = MemoryMarshal.AsMemory(unread.First).Span;
                WireEventKind kind;
                do
                {
                    if (_isDeaf)
                        reader.Dispose();
                    var found = reader.Read(segment, out var consumed);
                    kind = found.Kind;
                    hadMessage |= kind is WireEventKind.Text or WireEventKind.Binary;
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
            _state.OnHandled(now, hadMessage, reader.IsBetweenMessages);
        }
    }

    /// <summary>Acts on what a frame, or its fault, asks for. False: no further message can be taken now.</summary>
    private bool Handle(WireEvent found)
    {
        switch (found.Kind)
        {
            case WireEventKind.Text or WireEventKind.Binary:
                var opcode = found.Kind == WireEventKind.Text ? Opcode.Text : Opcode.Binary;
                return found.IsDeflated ? ReceiveDeflated(opcode, found.Payload) : Receive(opcode, found.Payload);
            case WireEventKind.Ping or WireEventKind.Pong when _rates.OnControlFrame(_time.Elapsed) is { } tooMany:
                Fail(tooMany);
                break;
            case WireEventKind.Ping:
                _sender.AddPong(found.Payload);
                SendBatch.Wake(connection);
                break;
            case WireEventKind.Pong:
                _state.OnPong();
                break;
            case WireEventKind.Close:
                connection.Leave();
                if (_state.OnCloseReceived(found.Code, found.Reason) is { } answer)
                    _sender.SendClose(answer, "");
                break;
            case WireEventKind.Violation:
                Fail(found.Broken!);
                break;
        }
        return true;
    }

    private bool ReceiveDeflated(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var output = PooledBufferWriter.Rent(connection.Services.Buffers);
        try
        {
            var violation = MessageInflater.Inflate(payload, limits.MaxMessageBytes, output);
            if (violation is null && opcode == Opcode.Text && !Utf8.IsValid(output.Written))
                violation = Violation.TextNotUtf8;
            if (violation is null)
                return Receive(opcode, output.Written);
            Fail(violation);
            return true;
        }
        finally
        {
            output.Discard();
        }
    }

    private bool Receive(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        if (!_rates.CountsMessages || _rates.OnMessage(payload.Length, _time.Elapsed) is not { } tooMany)
            return connection.Receive(opcode, payload);
        Fail(tooMany);
        return true;
    }

    private void Fail(Violation violation)
    {
        _isDeaf = true;
        connection.Fail(violation);
        if (_state.TryFail(violation))
            _sender.SendClose(violation.Code, violation.Reason);
    }
}
