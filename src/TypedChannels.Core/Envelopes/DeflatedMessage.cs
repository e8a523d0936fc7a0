using System.Buffers;

namespace TypedChannels;

/// <summary>A message compressed for one size of window, in an array of the pool.</summary>
internal sealed class DeflatedMessage : IDisposable
{
    private readonly ArrayPool<byte> _buffers;
    private readonly byte[] _buffer;
    private readonly Range _payload;

    private DeflatedMessage(int windowBits, byte[] buffer, Range payload, ArrayPool<byte> buffers) =>
        (WindowBits, _buffer, _payload, _buffers) = (windowBits, buffer, payload, buffers);

    /// <summary>The window's size, as an exponent of 2.</summary>
    public int WindowBits { get; }

    /// <summary>The same message for another window.</summary>
    public DeflatedMessage? Next { get; set; }

    /// <summary>What a frame carries; empty: it would not be smaller than the message.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(_payload);

    public static DeflatedMessage Make(ReadOnlyMemory<byte> message, int windowBits, ArrayPool<byte> buffers)
    {
        var output = PooledBufferWriter.Rent(buffers);
        try
        {
            var start = MessageDeflater.Deflate(message, windowBits, output);
            var isSmaller = output.Written.Length - start < message.Length;
            var buffer = output.Detach(out var end);
            return new DeflatedMessage(windowBits, buffer, isSmaller ? start..end : 0..0, buffers);
        }
        catch
        {
            output.Discard();
            throw;
        }
    }

    public void Dispose() => _buffers.Return(_buffer);
}
