using System.Buffers;
using System.Text.Json.Serialization.Metadata;

namespace TypedChannels;

/// <summary>Describes a channel whose name is known only at run time, for one message to send.</summary>
internal static class RuntimeDescriptor
{
    /// <exception cref="ArgumentException">No channel may be called so.</exception>
    public static ChannelDescriptor<TMessage> Of<TMessage>(string channel, JsonTypeInfo<TMessage> typeInfo)
    {
        ChannelName.ThrowIfInvalid(channel);
        ArgumentNullException.ThrowIfNull(typeInfo);
        return new(channel, ChannelDirection.Both, maxBytes: 0, new JsonMessageCodec<TMessage>(typeInfo)) { Label = MetricLabels.OtherChannel };
    }

    /// <summary>For a message without members.</summary>
    /// <exception cref="ArgumentException">No channel may be called so.</exception>
    public static ChannelDescriptor<ValueTuple> OfEmpty(string channel)
    {
        ChannelName.ThrowIfInvalid(channel);
        return new(channel, ChannelDirection.Both, maxBytes: 0, EmptyCodec.Instance) { Label = MetricLabels.OtherChannel };
    }

    private sealed class EmptyCodec : MessageCodec<ValueTuple>
    {
        public static readonly EmptyCodec Instance = new();

        public override void Write(IBufferWriter<byte> output, ValueTuple message) => output.Write("{}"u8);

        public override ValueTuple Read(ReadOnlySpan<byte> input) => default;
    }
}
