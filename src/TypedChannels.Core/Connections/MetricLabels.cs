namespace TypedChannels;

/// <summary>The labels of what is counted, and their values: each a bounded set.</summary>
internal static class MetricLabels
{
    /// <summary>The channel of what is on none of the contract, as OpenTelemetry's conventions write it.</summary>
    public const string OtherChannel = "_OTHER";

    public const string ChannelKey = "typedchannels.channel";
    public const string ConnectionKey = "typedchannels.connection.id";
    public const string ErrorKey = "error.type";

    private const string DirectionKey = "network.io.direction";

    public static KeyValuePair<string, object?> Receive { get; } = new(DirectionKey, "receive");

    public static KeyValuePair<string, object?> Transmit { get; } = new(DirectionKey, "transmit");

    /// <param name="channel">A name of the contract, or <see cref="OtherChannel"/>; never what a peer wrote.</param>
    public static KeyValuePair<string, object?> Channel(string channel) => new(ChannelKey, channel);

    public static KeyValuePair<string, object?> Error(ConnectionErrors code) => new(ErrorKey, code.ToString());

    public static KeyValuePair<string, object?> Outcome(string outcome) => new("typedchannels.handshake.outcome", outcome);

    public static KeyValuePair<string, object?> Limit(string option) => new("typedchannels.limit", option);

    // Peers choose from thousands of codes: only those of the specification are told apart, and our own.
    public static KeyValuePair<string, object?> CloseCode(int code) => new("typedchannels.close_code", code switch
    {
        >= 1000 and <= 1015 or ChannelConnection.SlowConsumerCode => code,
        >= 4000 => "application",
        _ => "other",
    });
}
