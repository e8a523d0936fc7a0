using System.Buffers;

namespace TypedChannels;

/// <summary>Gathers the bytes of one message in an array of the pool. Each thread has one and uses it again.</summary>
internal sealed class PooledBufferWriter : IBufferWriter<byte>
{
    // Most messages fit; a larger one takes the next array.
    private const int FirstBytes = 256;

    [ThreadStatic]
    private static PooledBufferWriter? idle;

    private ArrayPool<byte> _buffers = ArrayPool<byte>.Shared;
    private byte[] _buffer = [];
    private int _length;

    public static PooledBufferWriter Rent(ArrayPool<byte> buffers)
    {
        var writer = idle ?? new PooledBufferWriter();
        idle = null;
        writer._buffers = buffers;
        writer._buffer = buffers.Rent(FirstBytes);
        writer._length = 0;
        return writer;
    }

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>Hands over the array, which the caller returns to the pool, and makes the writer idle.</summary>
    public byte[] Detach(out int length)
    {
        var buffer = _buffer;
        length = _length;
        _buffer = [];
        idle = this;
        return buffer;
    }

    /// <summary>Gives the array back and makes the writer idle.</summary>
    public void Discard() => _buffers.Return(Detach(out _));

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_buffer.Length - _length), nameof(count));
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _buffer.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _buffer.AsSpan(_length);
    }

    private void EnsureFree(int bytes)
    {
        bytes = Math.Max(bytes, 1);
        if (_buffer.Length - _length >= bytes)
            return;
        var larger = _buffers.Rent(checked(Math.Max(_buffer.Length * 2, _length + bytes)));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        _buffers.Return(_buffer);
        _buffer = larger;
    }
}
