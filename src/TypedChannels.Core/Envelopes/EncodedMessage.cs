using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace TypedChannels;

/// <summary>
/// A message as the bytes of its envelope: written once, shared by all that
/// it is sent to. Its array returns to the pool with the last of them.
/// </summary>
/// <remarks>Counting is safe for concurrent use; the bytes never change.</remarks>
internal sealed class EncodedMessage
{
    private readonly ArrayPool<byte> _buffers;
    private readonly int _length;
    private byte[]? _buffer;
    private DeflatedMessage? _deflated;
    private int _holders = 1;

    private EncodedMessage(Opcode opcode, byte[] buffer, int length, ArrayPool<byte> buffers)
    {
        Opcode = opcode;
        (_buffer, _length, _buffers) = (buffer, length, buffers);
    }

    /// <summary>Text or binary.</summary>
    public Opcode Opcode { get; }

    public int Length => _length;

    /// <summary>What names its channel where messages are counted.</summary>
    public string Channel { get; private init; } = MetricLabels.OtherChannel;

    private bool MayDeflate { get; init; } = true;

    public ReadOnlyMemory<byte> Memory => (_buffer ?? throw new ObjectDisposedException(nameof(EncodedMessage))).AsMemory(0, _length);

    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>Writes a message's envelope. The caller holds the result, and releases it.</summary>
    public static EncodedMessage Encode<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, ArrayPool<byte>? buffers = null)
    {
        buffers ??= ArrayPool<byte>.Shared;
        var output = PooledBufferWriter.Rent(buffers);
        try
        {
            output.Write(channel.EnvelopeStart);
            channel.Codec.Write(output, message);
            // A converter of the user's may write what it likes, and the peer would refuse anything else.
            if (output.Written[channel.EnvelopeStart.Length..] is not [(byte)'{', ..])
                throw new JsonException($"{typeof(TMessage)} is written as something else than a JSON object.");
            output.Write(EnvelopeWriter.End);
        }
        catch
        {
            output.Discard();
            throw;
        }
        return new EncodedMessage(Opcode.Text, output.Detach(out var length), length, buffers)
        {
            Channel = channel.Label,
            MayDeflate = channel.Compress,
        };
    }

    /// <summary>Writes a message's envelope for a caller whose every failure is its task's.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="buffers">Where its array comes from.</param>
    /// <param name="encoded">The message, which the caller holds, unless there is a failure.</param>
    /// <returns>The failure: whatever the user's own getters and converters throw.</returns>
    public static Exception? TryEncode<TMessage>(
        ChannelDescriptor<TMessage> channel, TMessage message, ArrayPool<byte> buffers, out EncodedMessage encoded)
    {
        try
        {
            encoded = Encode(channel, message, buffers);
            return null;
        }
#pragma warning disable CA1031 // It belongs to the caller, in its task.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            encoded = null!;
            return exception;
        }
    }

    /// <summary>A message from bytes that are ready to be sent.</summary>
    public static EncodedMessage FromBytes(
        Opcode opcode, ReadOnlySpan<byte> payload, ArrayPool<byte>? buffers = null, string channel = MetricLabels.OtherChannel)
    {
        buffers ??= ArrayPool<byte>.Shared;
        var buffer = buffers.Rent(payload.Length);
        payload.CopyTo(buffer);
        return new EncodedMessage(opcode, buffer, payload.Length, buffers) { Channel = channel };
    }

    /// <summary>The message compressed, once for all whose windows are of one size; empty: it must not be, or nothing is gained.</summary>
    public ReadOnlySpan<byte> Deflate(int windowBits)
    {
        if (!MayDeflate || _length < MessageDeflater.LeastByteCount)
            return default;
        var first = Volatile.Read(ref _deflated);
        for (var one = first; one is not null; one = one.Next)
        {
            if (one.WindowBits == windowBits)
                return one.Span;
        }
        var made = DeflatedMessage.Make(Memory, windowBits, _buffers);
        // Two threads may have made the same: both stay, until the message goes.
        do
            made.Next = first = Volatile.Read(ref _deflated);
        while (Interlocked.CompareExchange(ref _deflated, made, first) != first);
        return made.Span;
    }

    public void Retain() => Interlocked.Increment(ref _holders);

    public void Release()
    {
        var holders = Interlocked.Decrement(ref _holders);
        Debug.Assert(holders >= 0, "Released more often than it was held.");
        if (holders != 0)
            return;
        for (var one = _deflated; one is not null; one = one.Next)
            one.Dispose();
        _buffers.Return(_buffer!);
        _buffer = null;
    }
}
