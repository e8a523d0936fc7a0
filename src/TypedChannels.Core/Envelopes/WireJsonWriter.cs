using System.Buffers;
using System.Text.Json;

namespace TypedChannels;

/// <summary>Lends each thread one JSON writer with the wire's encoder, so that writing a message allocates none.</summary>
internal static class WireJsonWriter
{
    // Records are trees that the compiler has seen, so the writer's own checks would only repeat its.
    private static readonly JsonWriterOptions Options = new() { Encoder = WireEncoder.Instance, SkipValidation = true };

    [ThreadStatic]
    private static Utf8JsonWriter? idle;

    public static Utf8JsonWriter Rent(IBufferWriter<byte> output)
    {
        var writer = idle;
        // A converter that sends while it writes would come here twice on one thread: the second gets a writer of its own.
        idle = null;
        if (writer is null)
            return new Utf8JsonWriter(output, Options);
        writer.Reset(output);
        return writer;
    }

    public static void Return(Utf8JsonWriter writer)
    {
        writer.Reset(Nowhere.Instance);
        idle = writer;
    }

    /// <summary>What an idle writer holds in place of an output. (A null stream would have it make a buffer at each return.)</summary>
    private sealed class Nowhere : IBufferWriter<byte>
    {
        public static readonly Nowhere Instance = new();

        public void Advance(int count) => throw new NotSupportedException();

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }
}
