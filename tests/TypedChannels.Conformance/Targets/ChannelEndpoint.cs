namespace TypedChannels.Conformance;

[Channel("echo")]
internal sealed record EchoMessage(string Text);

internal sealed class NoProps;

/// <summary>A server as a user writes one, which sends back what comes on its one channel.</summary>
[ChannelServer<NoProps>]
internal sealed partial class ChannelEndpoint
{
    protected override void OnStarting() => OnEcho += (connection, message) => connection.SendEchoAsync(message);

    public static ServerOptions Wide(SslOptions? ssl) => new()
    {
        Host = "127.0.0.1",
        Ssl = ssl,
        Compression = MessageCompression.Deflate,
        MaxMessageBytes = EchoEndpoint.Limits.MaxMessageBytes,
        MaxFragments = EchoEndpoint.Limits.MaxFragments,
        SendQueueBytes = EchoEndpoint.Limits.SendQueueBytes,
        MaxControlFramesPerSecond = EchoEndpoint.Limits.MaxControlFramesPerSecond,
    };
}
