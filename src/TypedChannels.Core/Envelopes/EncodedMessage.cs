using System.Buffers;
using System.Diagnostics;

namespace TypedChannels;

/// <summary>
/// A message as the bytes of its envelope: written once, shared by all that
/// it is sent to. Its array returns to the pool with the last of them.
/// </summary>
/// <remarks>Counting is safe for concurrent use; the bytes never change.</remarks>
internal sealed class EncodedMessage
{
    private readonly int _length;
    private byte[]? _buffer;
    private int _holders = 1;

    private EncodedMessage(byte[] buffer, int length) => (_buffer, _length) = (buffer, length);

    public int Length => _length;

    public ReadOnlyMemory<byte> Memory => (_buffer ?? throw new ObjectDisposedException(nameof(EncodedMessage))).AsMemory(0, _length);

    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>Writes a message's envelope. The caller holds the result, and releases it.</summary>
    public static EncodedMessage Encode<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message)
    {
        var output = PooledBufferWriter.Rent();
        try
        {
            output.Write(channel.EnvelopeStart);
            channel.Codec.Write(output, message);
            output.Write(EnvelopeWriter.End);
        }
        catch
        {
            output.Discard();
            throw;
        }
        return new EncodedMessage(output.Detach(out var length), length);
    }

    /// <summary>A message of the framework's own, from text that is JSON already.</summary>
    public static EncodedMessage FromText(ReadOnlySpan<byte> text)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(text.Length);
        text.CopyTo(buffer);
        return new EncodedMessage(buffer, text.Length);
    }

    public void Retain() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        var holders = Interlocked.Decrement(ref _holders);
        Debug.Assert(holders >= 0, "Released more often than it was held.");
        if (holders != 0)
            return;
        ArrayPool<byte>.Shared.Return(_buffer!);
        _buffer = null;
    }
}
