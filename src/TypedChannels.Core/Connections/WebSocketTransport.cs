using System.Buffers;
using System.Net.WebSockets;

namespace TypedChannels;

/// <summary>Carries a connection over the framework's <see cref="WebSocket"/>, which answers pings and sends its own.</summary>
/// <param name="connection">What is carried.</param>
/// <param name="socket">An open socket. It is left to the caller when the transport ends.</param>
/// <param name="limits">The connection's limits.</param>
/// <param name="time">The clock.</param>
/// <param name="heard">
/// When the peer was last heard of; it is then dropped after a silence of <see cref="ConnectionLimits.PingInterval"/> and
/// <see cref="ConnectionLimits.PingTimeout"/>. Without it, finding a dead peer is the socket's affair.
/// </param>
internal sealed class WebSocketTransport(
    ChannelConnection connection, WebSocket socket, ConnectionLimits limits, TimeProvider time, ReceiveClock? heard = null) : ITransport
{
    private const int FirstBufferBytes = 4096;

    private readonly Lock _gate = new();
    private readonly ClosingHandshake _closing = new(limits.CloseTimeout);
    private readonly WebSocketSender _sender = new(socket, connection.Outbound, connection.Services.Metrics);
    private byte[] _buffer = [];
    private int _length;
    private int _emptyFragments;

    // Only meanwhile can the peer be silent: while a handler holds this thread, or the inbound queue is full, nobody would hear it.
    private volatile bool _isListening;

    /// <summary>Opens the connection and carries it to its end.</summary>
    public async Task RunAsync()
    {
        var isAnswered = false;
        connection.Open();
        _buffer = connection.Services.Buffers.Rent(FirstBufferBytes);
        try
        {
            await ReadAsync().ConfigureAwait(false);
            isAnswered = await _sender.CloseSent.ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The connection is lost, or was aborted here, or the peer broke a rule and the socket has said so: 1006 for the application.
        }
        finally
        {
            socket.Abort();
            await _sender.StopAsync().ConfigureAwait(false);
            connection.Services.Buffers.Return(_buffer);
            lock (_gate)
                _closing.OnConnectionLost();
            var disconnect = new Disconnect((int)_closing.Code, _closing.Reason, _closing.WasClean && isAnswered);
            connection.TransportClosed(disconnect, _sender.HalfSent);
        }
    }

    // The framework's WebSocket frames and flushes each message itself.
    public bool TryWrite(ReadOnlySpan<byte> message, string channel) => false;

    public void Wake() => _sender.Wake();

    public void BeginClose(CloseCode code, string reason) => Close(code, reason, isFault: false);

    public void Abort()
    {
        socket.Abort();
        connection.StopReading();
    }

    public void Tick(TimeSpan now)
    {
        bool isOverdue;
        lock (_gate)
            isOverdue = _closing.State == ClosingState.Open ? IsDead(now) : _closing.IsOverdue(now);
        if (isOverdue)
            Abort();
    }

    private bool IsDead(TimeSpan now) =>
        heard is not null && _isListening && now - heard.Last >= limits.PingInterval + limits.PingTimeout;

    private async Task ReadAsync()
    {
        while (true)
        {
            var receiving = socket.ReceiveAsync(_buffer.AsMemory(_length), CancellationToken.None);
            if (!receiving.IsCompleted)
            {
                heard?.Mark();
                _isListening = true;
            }
            var received = await receiving.ConfigureAwait(false);
            _isListening = false;
            if (received.MessageType == WebSocketMessageType.Close)
            {
                connection.Leave();
                OnPeerClose((CloseCode)(socket.CloseStatus ?? WebSocketCloseStatus.Empty), socket.CloseStatusDescription ?? "");
                return;
            }
            // This side closes: what still comes is dropped, and the end of a message whose front was dropped is no message.
            if (!connection.IsAlive)
            {
                _length = 0;
                continue;
            }
            _length += received.Count;
            // The socket shows fragments only where they are empty, and no other limit counts those.
            if (received.Count == 0 && !received.EndOfMessage)
                _emptyFragments++;
            if (received.MessageType == WebSocketMessageType.Binary)
                Fail(Violation.BinaryRefused);
            else if (_length > limits.MaxMessageBytes)
                Fail(Violation.MessageTooBig);
            else if (_emptyFragments > limits.MaxFragments)
                Fail(Violation.TooManyFragments);
            else if (received.EndOfMessage && !Receive())
                await connection.WaitForRoomAsync().ConfigureAwait(false);

            if (received.EndOfMessage || !connection.IsAlive)
                (_length, _emptyFragments) = (0, 0);
            else if (_length == _buffer.Length)
                Grow();
        }
    }

    private bool Receive()
    {
        var batch = SendBatch.Begin();
        try
        {
            return connection.Receive(Opcode.Text, _buffer.AsSpan(0, _length));
        }
        finally
        {
            batch?.End();
        }
    }

    // Doubled as bytes come, so that memory follows what was sent and not what was announced; the message limit ends it.
    private void Grow()
    {
        var larger = connection.Services.Buffers.Rent((int)Math.Min(2L * _buffer.Length, Array.MaxLength));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        connection.Services.Buffers.Return(_buffer);
        _buffer = larger;
    }

    private void OnPeerClose(CloseCode code, string reason)
    {
        bool mustAnswer;
        lock (_gate)
            mustAnswer = _closing.OnCloseReceived(code, reason, time.Elapsed);
        if (mustAnswer)
            _sender.SendClose(_closing.AnswerCode, "");
    }

    /// <summary>What follows is dropped until the peer's close frame, or the deadline.</summary>
    private void Fail(Violation violation)
    {
        connection.Fail(violation);
        Close(violation.Code, violation.Reason, isFault: true);
    }

    private void Close(CloseCode code, string reason, bool isFault)
    {
        lock (_gate)
        {
            if (!(isFault ? _closing.TryFail(code, reason, time.Elapsed) : _closing.TryBegin(code, reason, time.Elapsed)))
                return;
        }
        _sender.SendClose(code, reason);
    }
}
