using System.Buffers;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedChannels;

/// <summary>The codec that follows a <see cref="JsonTypeInfo{T}"/>. Safe for concurrent use.</summary>
/// <typeparam name="TMessage">The channel's record.</typeparam>
/// <param name="typeInfo">How to read and write the record.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JsonMessageCodec<TMessage>(JsonTypeInfo<TMessage> typeInfo) : MessageCodec<TMessage>
{
    /// <inheritdoc/>
    public override void Write(IBufferWriter<byte> output, TMessage message)
    {
        ArgumentNullException.ThrowIfNull(output);
        var writer = WireJsonWriter.Rent(output);
        try
        {
            JsonSerializer.Serialize(writer, message, typeInfo);
        }
        finally
        {
            WireJsonWriter.Return(writer);
        }
    }

    /// <inheritdoc/>
    public override TMessage Read(ReadOnlySpan<byte> input) =>
        JsonSerializer.Deserialize(input, typeInfo) ?? throw new JsonException("The message is null.");
}
