using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>
/// A connection as both sides have it, whatever carries it: pushed whole messages and control events by an
/// <see cref="ITransport"/>, it has the messages handled, takes those to send, and knows whether it lives. Safe for concurrent use.
/// </summary>
internal sealed class ChannelConnection
{
    /// <summary>How much may wait before it is written past any batch, and how much is written before it is flushed.</summary>
    public const int FlushBytes = 64 * 1024;

    // Of the range that RFC 6455 §7.4.2 leaves to applications; after HTTP's 408, request timeout.
    public const int SlowConsumerCode = 4408;

    private readonly ConnectionLimits _limits;
    private readonly ReceiveLoop _receiveLoop;
    private readonly MessageReceiver? _receiver;
    private readonly AbortedSignal _aborted;
    private LateSignal _closed;
    private LateSignal _finished;
    private ITransport _transport = null!;
    private Disconnect? _disconnect;
    private TimeSpan _openedAt;
    private TimeSpan _closedAt;
    private int _left;
    private int _droppedInbound;

    /// <param name="owner">The typed side.</param>
    /// <param name="identifier">What names the connection in the log.</param>
    /// <param name="limits">The connection's limits.</param>
    /// <param name="services">What the connection stands on.</param>
    /// <param name="receiver">What is done with a received message; null: it is an envelope, which <see cref="Messages"/> handles.</param>
    public ChannelConnection(
        IConnectionOwner owner, string identifier, ConnectionLimits limits, ConnectionServices services, MessageReceiver? receiver = null)
    {
        Owner = owner;
        Identifier = identifier;
        Services = services;
        _limits = limits;
        Outbound = new OutboundQueue(limits.SendQueueBytes);
        Inbound = new InboundQueue(limits.ReceiveQueueBytes, services.Buffers);
        Messages = new MessageHandling(this, limits);
        Sending = new MessageSending(this, limits);
        _aborted = new AbortedSignal(this);
        _receiver = receiver;
        _receiveLoop = new ReceiveLoop(this);
    }

    public IConnectionOwner Owner { get; }

    public string Identifier { get; }

    public ConnectionServices Services { get; }

    public OutboundQueue Outbound { get; }

    public InboundQueue Inbound { get; }

    /// <summary>The activity of the request that opened the connection, where somebody follows it.</summary>
    public Activity? Origin { get; private set; }

    /// <summary>What is done with a received message.</summary>
    public MessageHandling Messages { get; }

    /// <summary>How a message is sent.</summary>
    public MessageSending Sending { get; }

    /// <summary>Where the <see cref="Sweeper"/> keeps it; -1 where it does not.</summary>
    public int SweeperIndex { get; set; } = -1;

    /// <summary>The batch that will flush this connection; see <see cref="SendBatch"/>.</summary>
    public SendBatch? Batch { get; set; }

    /// <summary>Whether so much waits that it is written past any batch.</summary>
    public bool IsCrowded => Outbound.Bytes >= FlushBytes;

    /// <summary>Whether a send can succeed: neither side has begun to close.</summary>
    public bool IsAlive => Volatile.Read(ref _left) == 0;

    /// <summary>Ends when the transport is over: the closing handshake is done, or was cut.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Ends when the disconnect event's handlers have ended too.</summary>
    public Task Finished => _finished.Task;

    /// <summary>Whether a message's handler, or the connect event's, is running.</summary>
    public bool IsHandling => _receiveLoop.IsRunning;

    /// <summary>Whether <see cref="Closed"/> has ended.</summary>
    public bool IsClosed => _closed.IsSet;

    /// <summary>Called when <see cref="Finished"/> ends. Set before the connection is opened; must not throw.</summary>
    public Action<ChannelConnection>? Finishing { get; set; }

    /// <summary>Cancelled when the transport is over, or has lost its peer.</summary>
    public CancellationToken Aborted => _aborted.Token;

    // ---- From the transport ----

    /// <summary>What carries the connection. Comes before everything else.</summary>
    public void Attach(ITransport transport) => _transport = transport;

    /// <summary>The transport begins to read. Messages are handled once the connect event's handlers have ended.</summary>
    public void Open()
    {
        _openedAt = Services.Time.Elapsed;
        if (Services.Activities is not null)
            Origin = Activity.Current;
        Services.Metrics?.Connected();
        var batch = SendBatch.Begin(this);
        try
        {
            _receiveLoop.Begin(OpenAsync());
        }
        finally
        {
            batch?.End();
        }
    }

    /// <summary>A whole message. False: wait with <see cref="WaitForRoomAsync"/> before the next.</summary>
    public bool Receive(Opcode opcode, ReadOnlySpan<byte> payload) => _receiveLoop.Receive(opcode, payload);

    /// <summary>Ends when a further message can be received.</summary>
    public Task WaitForRoomAsync() => _receiveLoop.WaitForRoomAsync();

    /// <summary>
    /// The transport closes, by the peer's wish or fault: nothing can be sent any more. What was received is still handled.
    /// </summary>
    public void Leave() => TryLeave();

    /// <summary>The transport closes because the peer broke a rule; see <see cref="Leave"/>.</summary>
    public void Fail(Violation violation)
    {
        Leave();
        ConnectionLog.Violation(Services.Logger, Identifier, (int)violation.Code, violation.Reason);
        if (violation.Limit is not null)
            Services.Metrics?.LimitExceeded(violation.Limit);
        if (violation != Violation.TooManyMessages && violation != Violation.TooManyBytes)
            return;
        // A whole message is refused with the connection.
        Services.Metrics?.MessageFailed(ConnectionErrors.RateLimited, MetricLabels.OtherChannel);
        Owner.MessageFailed(new MessageError(ConnectionErrors.RateLimited, null, violation.Reason, null));
    }

    /// <summary>The peer is gone, though not all that it sent is read: handlers are told, so that they can end.</summary>
    public void PeerLost()
    {
        TryLeave();
        _aborted.Cancel();
    }

    /// <summary>The transport reads no further: <see cref="WaitForRoomAsync"/> ends.</summary>
    public void StopReading() => _receiveLoop.StopReading();

    /// <summary>The transport is over.</summary>
    /// <param name="disconnect">How it ended.</param>
    /// <param name="halfSent">Messages that it took from the queue and could not write, or not to their end.</param>
    public void TransportClosed(Disconnect disconnect, int halfSent = 0)
    {
        TryLeave();
        var unsent = Outbound.Clear();
        if (unsent + halfSent > 0)
            disconnect = disconnect with { Unsent = unsent + halfSent };
        (_disconnect, _closedAt) = (disconnect, Services.Time.Elapsed);
        try
        {
            TellDropped(_droppedInbound, unsent);
            TellEnded(disconnect, _closedAt - _openedAt);
        }
#pragma warning disable CA1031 // Only a logger can fail. Whoever waits for the end must see it all the same.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        // Before Closed ends: whoever awaits that finds the token cancelled.
        _aborted.Cancel();
        _closed.TrySet();
        _receiveLoop.Complete();
    }

    /// <summary>Looks at the deadlines.</summary>
    public void Tick(TimeSpan now)
    {
        if (!_closed.IsSet)
        {
            _transport.Tick(now);
        }
        else if (_disconnect is not null && now - _closedAt >= _limits.CloseTimeout && _receiveLoop.IsRunning)
        {
            TellDropped(_receiveLoop.Drop(), 0);
            if (_receiveLoop.TryGiveUp())
                ConnectionLog.HandlerOutlivesConnection(Services.Logger, Identifier);
        }
    }

    // ---- From the owner ----

    /// <summary>
    /// Has the transport write a message now, as part of the batch of this connection's own messages that this thread handles: no queue and
    /// no copy of it is needed. False: it must be queued. What it comes after is written first, so anything that waits means that.
    /// </summary>
    public bool TryWrite(ReadOnlySpan<byte> message, string channel) =>
        IsAlive && Outbound.Bytes == 0 && SendBatch.IsOf(this) && _transport.TryWrite(message, channel);

    /// <summary>Has what is queued written: at the end of the thread's batch, or at once where much waits.</summary>
    public void Flush()
    {
        if (IsCrowded)
            _transport.Wake();
        else
            SendBatch.Wake(this);
    }

    /// <summary>Has what is queued written now.</summary>
    public void WakeTransport() => _transport.Wake();

    public void CutSlowConsumer()
    {
        if (!BeginClose((CloseCode)SlowConsumerCode, "Slow consumer."))
            return;
        ConnectionLog.SlowConsumerCut(Services.Logger, Identifier, Outbound.MaxBytes);
        Services.Metrics?.SlowConsumerCut();
    }

    /// <summary>Begins the closing handshake: what is queued is sent, what is received is dropped. False: it had begun.</summary>
    public bool BeginClose(CloseCode code, string reason)
    {
        if (!TryLeave())
            return false;
        _droppedInbound = _receiveLoop.Drop();
        _transport.BeginClose(code, reason);
        return true;
    }

    /// <summary>Begins the closing handshake, and ends with it; joins one that has begun.</summary>
    public async ValueTask CloseAsync(int code, string reason)
    {
        if (_closed.IsSet)
            throw Failure(ConnectionErrors.NotAlive);
        BeginClose((CloseCode)code, reason);
        await _closed.Task.ConfigureAwait(false);
    }

    /// <summary>Drops the connection now.</summary>
    public void Abort()
    {
        TryLeave();
        _transport.Abort();
    }

    /// <summary>The exception with which a send or a close fails.</summary>
    public Exception Failure(ConnectionErrors code) => Owner.Failure(code, code switch
    {
        ConnectionErrors.NotAlive => "The connection is closed, or is closing.",
        ConnectionErrors.QueueFull => "The send queue is full: the peer takes its messages too slowly.",
        ConnectionErrors.MessageTooLarge => "The message is longer than the whole send queue.",
        _ => code.ToString(),
    });

    /// <summary>Runs the handlers of the disconnect event. Does not throw.</summary>
    public ValueTask RaiseDisconnectAsync(ChannelHandler<Disconnect>[]? handlers, Disconnect disconnect) =>
        EventSequence.RunAsync(handlers, disconnect, Services.Logger, Identifier, "Disconnect");

    /// <summary>Runs the handlers of the message-error event. Does not throw.</summary>
    public void RaiseMessageError(Action<MessageError>? handlers, MessageError error) =>
        EventSequence.Run(handlers, handler => handler(error), Services.Logger, Identifier, "MessageError");

    /// <summary>Logs what a handler of the user's threw.</summary>
    public void LogEventFailure(string @event, Exception exception) =>
        ConnectionLog.EventHandlerFailed(Services.Logger, Identifier, @event, exception);

    /// <summary>Closes with 1011: something failed that is not merely a message refused. False: it was closing, and nothing is logged.</summary>
    public bool FailInternally(Exception exception)
    {
        if (!BeginClose(CloseCode.InternalError, "Internal failure."))
            return false;
        ConnectionLog.InternalFailure(Services.Logger, Identifier, exception);
        return true;
    }

    // ---- From the receive loop ----

    /// <summary>Handles a message.</summary>
    public ValueTask HandleAsync(Opcode opcode, ReadOnlySpan<byte> payload) =>
        _receiver is null ? Messages.HandleAsync(payload) : _receiver(opcode, payload);

    /// <summary>The connection is over, and its last message handled: tells of its end.</summary>
    public void HandledAll() => _ = FinishAsync();

    private async ValueTask OpenAsync()
    {
        try
        {
            ConnectionLog.Opened(Services.Logger, Identifier);
            await Owner.OpenedAsync().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A failing connect event closes the connection, whatever it throws.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            // A handler that stops because its own connection is gone has not failed.
            if (!FailInternally(exception) && exception is not OperationCanceledException && !Owner.MeansNotAlive(exception))
                LogEventFailure("Connect", exception);
        }
    }

    private bool TryLeave()
    {
        // Not only by the first to come: whoever goes on from here may write
        // a close frame, which no message may follow, or tell of the end.
        Outbound.Close();
        var isFirst = Interlocked.Exchange(ref _left, 1) == 0;
        Owner.Left();
        return isFirst;
    }

    private void TellEnded(Disconnect disconnect, TimeSpan duration)
    {
        Services.Metrics?.Disconnected(disconnect.Code, duration);
        // The reason is the peer's text, or goes to it.
        if (Services.Logger.IsEnabled(LogLevel.Debug))
            ConnectionLog.Ended(Services.Logger, Identifier, disconnect.Code, duration, LogText.Printable(disconnect.Reason));
    }

    private void TellDropped(int inbound, int outbound)
    {
        if (inbound + outbound == 0)
            return;
        Services.Metrics?.Dropped(inbound, outbound);
        ConnectionLog.MessagesDropped(Services.Logger, Identifier, inbound, outbound);
    }

    private async Task FinishAsync()
    {
        try
        {
            await Owner.ClosedAsync(_disconnect!).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A server that stops waits for this end, whatever the event's handlers did.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogEventFailure("Disconnect", exception);
        }
        finally
        {
            Finishing?.Invoke(this);
            _finished.TrySet();
        }
    }
}
