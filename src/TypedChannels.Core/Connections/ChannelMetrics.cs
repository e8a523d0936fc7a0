using System.Diagnostics.Metrics;

namespace TypedChannels;

/// <summary>What is counted, in a meter of its own. Safe for concurrent use.</summary>
/// <remarks>No label's values are the peer's to choose.</remarks>
internal sealed class ChannelMetrics : IDisposable
{
    private readonly Meter _meter;
    private readonly UpDownCounter<long> _connections;
    private readonly Counter<long> _handshakes;
    private readonly Counter<long> _disconnects;
    private readonly Counter<long> _messageErrors;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _limits;

    /// <param name="scope">Whose meter it is; a listener in the process can tell it from others of the same name.</param>
    /// <param name="queueBytes">Bytes that wait in all connections' queues, to be handled and to be sent.</param>
    public ChannelMetrics(object scope, Func<(long Inbound, long Outbound)> queueBytes)
    {
        _meter = new Meter(new MeterOptions("TypedChannels") { Scope = scope });
        _connections = _meter.CreateUpDownCounter<long>(
            "typedchannels.server.connections", "{connection}", "Connections that are open.");
        _handshakes = _meter.CreateCounter<long>(
            "typedchannels.server.handshakes", "{handshake}", "Opening handshakes, by outcome.");
        _disconnects = _meter.CreateCounter<long>(
            "typedchannels.server.disconnects", "{connection}", "Connections that have ended, by close code.");
        _messageErrors = _meter.CreateCounter<long>(
            "typedchannels.server.message_errors", "{message}", "Received messages that could not be processed, by error code.");
        _dropped = _meter.CreateCounter<long>(
            "typedchannels.server.dropped_messages", "{message}", "Messages that were in a queue when their connection ended, by direction.");
        _limits = _meter.CreateCounter<long>(
            "typedchannels.server.limits_exceeded", "{event}", "Times that a limit was exceeded, by the option that sets it.");
        _meter.CreateObservableUpDownCounter(
            "typedchannels.server.queue_bytes",
            () =>
            {
                var (inbound, outbound) = queueBytes();
                return (Measurement<long>[])[new(inbound, Direction("in")), new(outbound, Direction("out"))];
            },
            "By",
            "Bytes of messages that wait to be handled or to be sent, by direction.");
    }

    public void Connected() => _connections.Add(1);

    public void Disconnected(int code)
    {
        _connections.Add(-1);
        _disconnects.Add(1, new KeyValuePair<string, object?>("typedchannels.close_code", CloseCodeLabel(code)));
    }

    public void HandshakeEnded(string outcome) =>
        _handshakes.Add(1, new KeyValuePair<string, object?>("typedchannels.handshake.outcome", outcome));

    public void MessageFailed(ConnectionErrors code) =>
        _messageErrors.Add(1, new KeyValuePair<string, object?>("typedchannels.error_code", code.ToString()));

    public void Dropped(int inbound, int outbound)
    {
        if (inbound > 0)
            _dropped.Add(inbound, Direction("in"));
        if (outbound > 0)
            _dropped.Add(outbound, Direction("out"));
    }

    /// <param name="option">The name of the option that sets the limit.</param>
    public void LimitExceeded(string option) => _limits.Add(1, new KeyValuePair<string, object?>("typedchannels.limit", option));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Direction(string direction) => new("typedchannels.direction", direction);

    // Peers choose from thousands of codes: only those of the specification are told apart, and our own.
    private static object CloseCodeLabel(int code) => code switch
    {
        >= 1000 and <= 1015 or ChannelConnection.SlowConsumerCode => code,
        >= 4000 => "application",
        _ => "other",
    };
}
