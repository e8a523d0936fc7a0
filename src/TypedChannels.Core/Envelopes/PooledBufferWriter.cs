using System.Buffers;

namespace TypedChannels;

/// <summary>Gathers the bytes of one message. Each thread has one and uses it again.</summary>
internal sealed class PooledBufferWriter : IBufferWriter<byte>
{
    // Most messages fit, with the three times its length that a JSON writer asks for a string.
    private const int ScratchBytes = 1024;

    [ThreadStatic]
    private static PooledBufferWriter? idle;

    private readonly byte[] _scratch = new byte[ScratchBytes];
    private ArrayPool<byte> _buffers = ArrayPool<byte>.Shared;

    // The scratch array, or a larger one of the pool.
    private byte[] _buffer = [];
    private int _length;

    /// <summary>What was written so far; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public int Length => _length;

    /// <summary>Where a larger array comes from, and the one that is handed over.</summary>
    public ArrayPool<byte> Buffers => _buffers;

    public static PooledBufferWriter Rent(ArrayPool<byte> buffers)
    {
        var writer = idle ?? new PooledBufferWriter();
        idle = null;
        writer._buffers = buffers;
        writer._buffer = writer._scratch;
        writer._length = 0;
        return writer;
    }

    /// <summary>Hands over what was written, in an array that the caller returns to the pool, and makes the writer idle.</summary>
    /// <remarks>A message that waits in a queue must not hold much more than its own bytes.</remarks>
    public byte[] Detach(out int length)
    {
        length = _length;
        if (_buffer == _scratch || length <= _buffer.Length / 2)
            MoveTo(_buffers.Rent(length));
        return Leave();
    }

    /// <summary>Forgets what was written, and makes the writer idle.</summary>
    public void Discard()
    {
        if (Leave() is var left && left != _scratch)
            _buffers.Return(left);
    }

    /// <summary>Forgets what was written after the length.</summary>
    public void Truncate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)_length, nameof(length));
        _length = length;
    }

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
        var doubled = (int)Math.Min(_buffer.Length * 2L, Array.MaxLength);
        MoveTo(_buffers.Rent(Math.Max(doubled, checked(_length + bytes))));
    }

    private void MoveTo(byte[] other)
    {
        Written.CopyTo(other);
        if (_buffer != _scratch)
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
