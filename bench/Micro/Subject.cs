using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TypedChannels.Micro;

/// <summary>One record, as its codec and as System.Text.Json read and write it.</summary>
internal abstract class Subject
{
    public abstract void WriteOurs();

    public abstract void WriteMetadata();

    public abstract void WriteFast();

    public abstract object? ReadOurs();

    public abstract object? ReadMetadata();
}

/// <remarks>Written as on the wire: into the thread's buffer, with the wire's encoder and one writer that is used again.</remarks>
internal sealed class Subject<T>(T value, MessageCodec<T> codec, JsonTypeInfo<T> metadata, JsonTypeInfo<T> fast) : Subject
    where T : class
{
    private readonly byte[] _json = JsonSerializer.SerializeToUtf8Bytes(value, metadata);
    private readonly Action<Utf8JsonWriter, T> _fast = fast.SerializeHandler ?? throw new InvalidOperationException("It has no fast path.");

    public override void WriteOurs()
    {
        var output = PooledBufferWriter.Rent(ArrayPool<byte>.Shared);
        codec.Write(output, value);
        output.Discard();
    }

    public override void WriteMetadata()
    {
        var output = PooledBufferWriter.Rent(ArrayPool<byte>.Shared);
        var writer = WireJsonWriter.Rent(output);
        JsonSerializer.Serialize(writer, value, metadata);
        WireJsonWriter.Return(writer);
        output.Discard();
    }

    public override void WriteFast()
    {
        var output = PooledBufferWriter.Rent(ArrayPool<byte>.Shared);
        var writer = WireJsonWriter.Rent(output);
        _fast(writer, value);
        writer.Flush();
        WireJsonWriter.Return(writer);
        output.Discard();
    }

    public override object? ReadOurs() => codec.Read(_json);

    public override object? ReadMetadata() => JsonSerializer.Deserialize(_json, metadata);
}
