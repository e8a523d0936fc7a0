using System.Buffers;
using System.Diagnostics;
using System.Text.Json;

namespace TypedChannels;

/// <summary>
/// A message as the bytes of its envelope: written once, shared by all that it is sent to. With the last of them its array returns to the
/// pool, and it to the thread's few that are used again: a message that is sent costs no allocation.
/// </summary>
/// <remarks>Counting is safe for concurrent use; the bytes never change as long as somebody holds the message.</remarks>
internal sealed class EncodedMessage
{
    // A batch's worth; more than that wait only where peers are slow.
    private const int MaxIdle = 64;

    [ThreadStatic]
    private static EncodedMessage? idle;

    [ThreadStatic]
    private static int idleCount;

    private ArrayPool<byte> _buffers = ArrayPool<byte>.Shared;
    private int _length;
    private byte[]? _buffer;
    private bool _mayDeflate;
    private DeflatedMessage? _deflated;
    private EncodedMessage? _nextIdle;
    private int _holders;

    private EncodedMessage()
    {
    }

    /// <summary>Text or binary.</summary>
    public Opcode Opcode { get; private set; }

    public int Length => _length;

    /// <summary>What names its channel where messages are counted.</summary>
    public string Channel { get; private set; } = MetricLabels.OtherChannel;

    public ReadOnlyMemory<byte> Memory => (_buffer ?? throw new ObjectDisposedException(nameof(EncodedMessage))).AsMemory(0, _length);

    public ReadOnlySpan<byte> Span => Memory.Span;

    /// <summary>Writes a message's envelope. The caller holds the result, and releases it.</summary>
    public static EncodedMessage Encode<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, ArrayPool<byte>? buffers = null) =>
        Take(Write(channel, message, buffers ?? ArrayPool<byte>.Shared), channel);

    /// <summary>Writes a message's envelope for a caller whose every failure is its task's.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="buffers">Where its array comes from.</param>
    /// <param name="encoded">The message, which the caller holds, unless there is a failure.</param>
    /// <returns>The failure: whatever the user's own getters and converters throw.</returns>
    public static Exception? TryEncode<TMessage>(
        ChannelDescriptor<TMessage> channel, TMessage message, ArrayPool<byte> buffers, out EncodedMessage encoded)
    {
        var thrown = TryWrite(channel, message, buffers, out var envelope);
        encoded = thrown is null ? Take(envelope, channel) : null!;
        return thrown;
    }

    /// <summary>Writes a message's envelope where it may be sent from, without a message of its own. See <see cref="TryEncode"/>.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="message">The message.</param>
    /// <param name="buffers">Where its array comes from.</param>
    /// <param name="envelope">The envelope, which is discarded or goes to <see cref="Take"/>, unless there is a failure.</param>
    /// <returns>The failure.</returns>
    public static Exception? TryWrite<TMessage>(
        ChannelDescriptor<TMessage> channel, TMessage message, ArrayPool<byte> buffers, out PooledBufferWriter envelope)
    {
        try
        {
            envelope = Write(channel, message, buffers);
            return null;
        }
#pragma warning disable CA1031 // It belongs to the caller, in its task.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            envelope = null!;
            return exception;
        }
    }

    /// <summary>Makes a message of an envelope. The caller holds it.</summary>
    public static EncodedMessage Take<TMessage>(PooledBufferWriter envelope, ChannelDescriptor<TMessage> channel)
    {
        var buffers = envelope.Buffers;
        return New(Opcode.Text, envelope.Detach(out var length), length, buffers, channel.Label, channel.Compress);
    }

    /// <summary>A message from bytes that are ready to be sent.</summary>
    public static EncodedMessage FromBytes(
        Opcode opcode, ReadOnlySpan<byte> payload, ArrayPool<byte>? buffers = null, string channel = MetricLabels.OtherChannel)
    {
        buffers ??= ArrayPool<byte>.Shared;
        var buffer = buffers.Rent(payload.Length);
        payload.CopyTo(buffer);
        return New(opcode, buffer, payload.Length, buffers, channel, mayDeflate: true);
    }

    /// <summary>The message compressed, once for all whose windows are of one size; empty: it must not be, or nothing is gained.</summary>
    public ReadOnlySpan<byte> Deflate(int windowBits)
    {
        if (!_mayDeflate || _length < MessageDeflater.LeastByteCount)
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
        _deflated = null;
        _buffers.Return(_buffer!);
        _buffer = null;
        if (idleCount == MaxIdle)
            return;
        idleCount++;
        _nextIdle = idle;
        idle = this;
    }

    private static PooledBufferWriter Write<TMessage>(ChannelDescriptor<TMessage> channel, TMessage message, ArrayPool<byte> buffers)
    {
        var output = PooledBufferWriter.Rent(buffers);
        try
        {
            output.Write(channel.EnvelopeStart);
            channel.Codec.Write(output, message);
            // A converter of the user's may write what it likes, and the peer would refuse anything else.
            if (output.Written[channel.EnvelopeStart.Length..] is not [(byte)'{', ..])
                throw new JsonException($"{typeof(TMessage)} is written as something else than a JSON object.");
            output.Write(EnvelopeWriter.End);
            return output;
        }
        catch
        {
            output.Discard();
            throw;
        }
    }

    private static EncodedMessage New(
        Opcode opcode, byte[] buffer, int length, ArrayPool<byte> buffers, string channel, bool mayDeflate)
    {
        var message = idle ?? new EncodedMessage();
        if (message == idle)
        {
            (idle, message._nextIdle) = (message._nextIdle, null);
            idleCount--;
        }
        (message.Opcode, message.Channel, message._mayDeflate) = (opcode, channel, mayDeflate);
        (message._buffer, message._length, message._buffers) = (buffer, length, buffers);
        message._holders = 1;
        return message;
    }
}
