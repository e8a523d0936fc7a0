using System.Text.Json.Serialization.Metadata;

namespace TypedChannels;

/// <summary>One handler of a <see cref="RuntimeChannel"/>. Disposing of it removes it. Safe for concurrent use.</summary>
internal abstract class RuntimeHandler(RuntimeChannels channels, string channel) : IDisposable
{
    private RuntimeChannels? _channels = channels;

    /// <summary>Reads a message. The result, which takes the connection, handles what was read.</summary>
    /// <param name="message">The bytes of one JSON object.</param>
    public abstract ChannelHandler<object> Bind(ReadOnlySpan<byte> message);

    public void Dispose() => Interlocked.Exchange(ref _channels, null)?.Remove(channel, this);
}

/// <summary>A handler of messages of one type.</summary>
internal sealed class RuntimeHandler<TMessage>(
    RuntimeChannels channels, string channel, JsonTypeInfo<TMessage> typeInfo, ChannelHandler<object, TMessage> handler)
    : RuntimeHandler(channels, channel)
{
    private readonly JsonMessageCodec<TMessage> _codec = new(typeInfo);

    public override ChannelHandler<object> Bind(ReadOnlySpan<byte> message)
    {
        var read = _codec.Read(message);
        return connection => handler(connection, read);
    }
}
