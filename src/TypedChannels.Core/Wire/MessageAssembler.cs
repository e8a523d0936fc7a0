using System.Buffers;

namespace TypedChannels;

/// <summary>Joins what one message's frames carry (RFC 6455 §5.4), and counts it against the limits.</summary>
/// <remarks>
/// Memory follows the bytes that really came, never a length that a header announced, and is rented only while a message is incomplete.
/// </remarks>
internal sealed class MessageAssembler(FrameReaderLimits limits, ArrayPool<byte> buffers) : IDisposable
{
    private readonly int _maxByteCount = Math.Min(limits.MaxMessageBytes, Array.MaxLength);
    private readonly int _maxDeflatedByteCount = limits.MaxDeflatedBytes;
    private byte[]? _buffer;
    private int _byteCount;
    private int _announcedByteCount;
    private int _fragmentCount;
    private bool _isDelivered;

    /// <summary>Whether a message has begun and its final frame's header has not been accepted.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Text or binary: what the message's first frame said.</summary>
    public Opcode Opcode { get; private set; }

    /// <summary>Whether the message's first frame said that it is compressed.</summary>
    public bool IsDeflated { get; private set; }

    /// <summary>What is rented at the moment.</summary>
    public int HeldByteCount => _buffer?.Length ?? 0;

    /// <summary>Whether one more frame is one too many.</summary>
    public bool IsFull => _fragmentCount >= limits.MaxFragments;

    /// <summary>Whether this much more would be too much.</summary>
    /// <param name="payloadBytes">What the next frame's header announces.</param>
    /// <param name="isDeflated">Whether that header begins a compressed message.</param>
    public bool Exceeds(ulong payloadBytes, bool isDeflated = false) =>
        payloadBytes > (ulong)(MaxByteCount(isDeflated || IsDeflated) - _announcedByteCount);

    /// <summary>Accepts a data frame's header, which must have been checked.</summary>
    public void Announce(Opcode opcode, bool isFinal, int payloadByteCount, bool isDeflated = false)
    {
        if (opcode != Opcode.Continuation)
            (Opcode, IsDeflated) = (opcode, isDeflated);
        IsOpen = !isFinal;
        _fragmentCount++;
        _announcedByteCount += payloadByteCount;
    }

    /// <summary>Takes the next bytes of the message.</summary>
    public void Append(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
            return;
        Reserve(_byteCount + payload.Length);
        payload.CopyTo(_buffer.AsSpan(_byteCount));
        _byteCount += payload.Length;
    }

    /// <summary>The message, whole, until <see cref="ReleaseDelivered"/>.</summary>
    public ReadOnlySpan<byte> Complete()
    {
        var message = _buffer.AsSpan(0, _byteCount);
        Forget();
        _isDelivered = true;
        return message;
    }

    /// <summary>Forgets a message that was handed out without passing through here.</summary>
    public void Forget()
    {
        _byteCount = _announcedByteCount = _fragmentCount = 0;
        IsOpen = IsDeflated = false;
    }

    /// <summary>Gives back the memory of a message that was handed out.</summary>
    public void ReleaseDelivered()
    {
        if (_isDelivered)
            Dispose();
    }

    public void Dispose()
    {
        Forget();
        _isDelivered = false;
        if (_buffer is not { } rented)
            return;
        _buffer = null;
        buffers.Return(rented);
    }

    private int MaxByteCount(bool isDeflated) => isDeflated ? _maxDeflatedByteCount : _maxByteCount;

    private void Reserve(int neededByteCount)
    {
        if (_buffer is not null && _buffer.Length >= neededByteCount)
            return;
        // Doubling keeps the copying linear; the limit bounds it, since nothing beyond is ever appended.
        var doubled = Math.Min(2L * (_buffer?.Length ?? 0), MaxByteCount(IsDeflated));
        var larger = buffers.Rent((int)Math.Max(doubled, neededByteCount));
        if (_buffer is { } smaller)
        {
            smaller.AsSpan(0, _byteCount).CopyTo(larger);
            buffers.Return(smaller);
        }
        _buffer = larger;
    }
}
