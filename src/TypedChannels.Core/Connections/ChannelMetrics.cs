using System.Diagnostics.Metrics;

namespace TypedChannels;

/// <summary>What is counted, in a meter named <c>TypedChannels</c>. Safe for concurrent use.</summary>
/// <remarks>
/// docs/observability.md has the table. Names follow OpenTelemetry's conventions. No label's values are the peer's to choose. Where nobody
/// listens nothing is computed, and where somebody does nothing is allocated for a message.
/// </remarks>
internal sealed class ChannelMetrics : IDisposable
{
    /// <summary>The meter's name, and the activity source's.</summary>
    public const string Name = "TypedChannels";

    // Most handlers take microseconds, some ask a database.
    private static readonly InstrumentAdvice<double> Handling = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    // As of http.server.request.duration: the handshake is a request.
    private static readonly InstrumentAdvice<double> Requests = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    // Seconds of who is cut at once, to days of who stays.
    private static readonly InstrumentAdvice<double> Connections = new()
    {
        HistogramBucketBoundaries = [0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14_400, 43_200, 86_400],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _connectionDuration;
    private readonly Counter<long> _disconnects;
    private readonly Counter<long> _handshakes;
    private readonly Histogram<double> _handshakeDuration;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _messageBytes;
    private readonly Counter<long> _messageErrors;
    private readonly Counter<long> _dropped;
    private readonly Histogram<double> _handlerDuration;
    private readonly Counter<long> _blockingHandlers;
    private readonly Counter<long> _slowConsumers;
    private readonly Counter<long> _limits;
    private long _open;

    /// <param name="meter">Where the instruments are made.</param>
    /// <param name="queueBytes">Bytes that wait in all connections' queues, to be handled and to be sent.</param>
    public ChannelMetrics(Meter meter, Func<(long Inbound, long Outbound)> queueBytes)
    {
        _meter = meter;
        // Observed, as the queues below: who begins to listen to a running server is told all of it, and not what has changed since.
        meter.CreateObservableUpDownCounter(
            "typedchannels.server.active_connections",
            () => Interlocked.Read(ref _open),
            "{connection}",
            "Connections that are open.");
        _connectionDuration = meter.CreateHistogram(
            "typedchannels.server.connection.duration", "s", "How long connections were open, by close code.", advice: Connections);
        _disconnects = meter.CreateCounter<long>(
            "typedchannels.server.disconnects", "{connection}", "Connections that have ended, by close code.");
        _handshakes = meter.CreateCounter<long>(
            "typedchannels.server.handshakes", "{handshake}", "Opening handshakes, by outcome.");
        _handshakeDuration = meter.CreateHistogram(
            "typedchannels.server.handshake.duration", "s", "How long opening handshakes took, by outcome.", advice: Requests);
        _messages = meter.CreateCounter<long>(
            "typedchannels.server.messages", "{message}", "Messages received and sent, by channel and direction.");
        _messageBytes = meter.CreateCounter<long>(
            "typedchannels.server.message.io", "By", "Bytes of messages received and sent, by channel and direction.");
        _messageErrors = meter.CreateCounter<long>(
            "typedchannels.server.message.errors", "{message}", "Received messages that could not be processed, by error and channel.");
        _dropped = meter.CreateCounter<long>(
            "typedchannels.server.message.dropped", "{message}", "Messages that had not left when their connection ended, by direction.");
        _handlerDuration = meter.CreateHistogram(
            "typedchannels.server.handler.duration", "s", "How long a message's handlers took, by channel.", advice: Handling);
        _blockingHandlers = meter.CreateCounter<long>(
            "typedchannels.server.blocking_handlers", "{handler}", "Handlers that blocked an I/O thread, by channel.");
        _slowConsumers = meter.CreateCounter<long>(
            "typedchannels.server.slow_consumers", "{connection}", "Connections cut because they took their messages too slowly.");
        _limits = meter.CreateCounter<long>(
            "typedchannels.server.limits_exceeded", "{event}", "Times that a limit was exceeded, by the option that sets it.");
        meter.CreateObservableUpDownCounter(
            "typedchannels.server.queue.usage",
            () =>
            {
                var (inbound, outbound) = queueBytes();
                return (Measurement<long>[])[new(inbound, MetricLabels.Receive), new(outbound, MetricLabels.Transmit)];
            },
            "By",
            "Bytes of messages that wait to be handled or to be sent, by direction.");
    }

    /// <summary>Whether <see cref="HandlersEnded"/> is told to anybody: otherwise their time need not be taken.</summary>
    public bool TimesHandlers => _handlerDuration.Enabled;

    public void Connected() => Interlocked.Increment(ref _open);

    public void Disconnected(int code, TimeSpan duration)
    {
        Interlocked.Decrement(ref _open);
        var label = MetricLabels.CloseCode(code);
        _disconnects.Add(1, label);
        _connectionDuration.Record(duration.TotalSeconds, label);
    }

    public void HandshakeEnded(string outcome, TimeSpan duration)
    {
        var label = MetricLabels.Outcome(outcome);
        _handshakes.Add(1, label);
        _handshakeDuration.Record(duration.TotalSeconds, label);
    }

    /// <summary>A message is taken to be handled, or refused.</summary>
    /// <param name="channel">A label; see <see cref="ChannelDescriptor{TMessage}.Label"/>.</param>
    /// <param name="byteCount">The length of the whole text message, as the limits count it.</param>
    public void Received(string channel, int byteCount) => Count(channel, byteCount, MetricLabels.Receive);

    /// <summary>A message is written to the transport, to its last byte.</summary>
    /// <param name="channel">As of <see cref="Received"/>.</param>
    /// <param name="byteCount">The length of the whole text message.</param>
    public void Sent(string channel, int byteCount) => Count(channel, byteCount, MetricLabels.Transmit);

    public void MessageFailed(ConnectionErrors code, string channel)
    {
        if (_messageErrors.Enabled)
            _messageErrors.Add(1, MetricLabels.Error(code), MetricLabels.Channel(channel));
    }

    /// <summary>A message's handlers have ended.</summary>
    public void HandlersEnded(string channel, TimeSpan duration, ConnectionErrors? error)
    {
        if (error is null)
            _handlerDuration.Record(duration.TotalSeconds, MetricLabels.Channel(channel));
        else
            _handlerDuration.Record(duration.TotalSeconds, MetricLabels.Channel(channel), MetricLabels.Error(error.Value));
    }

    /// <param name="channel">As of <see cref="Received"/>.</param>
    public void HandlerBlocks(string channel) => _blockingHandlers.Add(1, MetricLabels.Channel(channel));

    public void Dropped(int inbound, int outbound)
    {
        if (inbound > 0)
            _dropped.Add(inbound, MetricLabels.Receive);
        if (outbound > 0)
            _dropped.Add(outbound, MetricLabels.Transmit);
    }

    public void SlowConsumerCut()
    {
        _slowConsumers.Add(1);
        LimitExceeded(nameof(ConnectionLimits.SendQueueBytes));
    }

    /// <param name="option">The name of the option that sets the limit.</param>
    public void LimitExceeded(string option) => _limits.Add(1, MetricLabels.Limit(option));

    public void Dispose() => _meter.Dispose();

    private void Count(string channel, int byteCount, KeyValuePair<string, object?> direction)
    {
        if (_messages.Enabled)
            _messages.Add(1, MetricLabels.Channel(channel), direction);
        if (_messageBytes.Enabled)
            _messageBytes.Add(byteCount, MetricLabels.Channel(channel), direction);
    }
}
