using System.Buffers;

namespace TypedChannels;

/// <summary>Gathers the bytes of one message in an array of the pool. Each thread has one and uses it again.</summary>
internal sealed class PooledBufferWriter : IBufferWriter<byte>
{
    // Most messages fit; a larger one takes the next array.
    private const int FirstBytes = 256;

    // Up to here a copy costs more than the memory that it saves.
    private const int UntrimmedBytes = 1024;

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
    /// <remarks>A JSON writer asks for three times a string's length. A message that waits in a queue must not hold all that.</remarks>
    public byte[] Detach(out int length)
    {
        length = _length;
        if (_buffer.Length > UntrimmedBytes && length <= _buffer.Length / 2)
            MoveTo(_buffers.Rent(length));
        return Leave();
    }

    /// <summary>Gives the array back and makes the writer idle.</summary>
    public void Discard() => _buffers.Return(Leave());

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
        MoveTo(_buffers.Rent(checked(Math.Max(_buffer.Length * 2, _length + bytes))));
    }

    private void MoveTo(byte[] other)
    {
        _buffer.AsSpan(0, _length).CopyTo(other);
        _buffers.Return(_buffer);
        _buffer = other;
    }

    private byte[] Leave()
    {
        var buffer = _buffer;
        _buffer = [];
        idle = this;
        return buffer;
    }
}
