using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace TypedChannels;

/// <summary>Turns a client's bytes into messages and control events, by RFC 6455. One a connection; not safe for concurrent use.</summary>
/// <remarks>
/// Read until <see cref="WireEventKind.NeedMore"/>, and only then fetch more input: that last call also gives back the memory of the
/// message handed out before it.
/// </remarks>
/// <param name="limits">What is accepted.</param>
internal sealed class FrameReader(FrameReaderLimits limits) : IDisposable
{
    private readonly MessageAssembler message = new(limits);
    private Utf8Validator utf8;

    // A header that crosses inputs.
    private HeaderBytes headerBytes;
    private int headerByteCount;

    // The frame whose payload is being read.
    private FrameHeader frame;
    private bool isInPayload;
    private int payloadByteCount;

    // A control payload that crosses inputs. It may stand inside a message, so it cannot share the message's buffer.
    private byte[]? control;

    private bool isDone;

    /// <summary>The memory held for what is incomplete, in bytes: 0 for a peer that is between two messages.</summary>
    public int HeldByteCount => message.HeldByteCount + (control?.Length ?? 0);

    /// <summary>Consumes bytes from the front of <paramref name="input"/>, which it unmasks in place, up to the first event.</summary>
    /// <param name="input">The bytes that follow those consumed before.</param>
    /// <param name="consumed">How many bytes were consumed: all of them, unless a message or control frame ended before.</param>
    public WireEvent Read(Span<byte> input, out int consumed)
    {
        message.ReleaseDelivered();
        consumed = 0;
        if (isDone)
        {
            consumed = input.Length;
            return default;
        }
        while (isInPayload || consumed < input.Length)
        {
            if (!isInPayload && !ReadHeader(input, ref consumed, out var violation))
                return violation is null ? default : Fail(violation, input, out consumed);
            var isFrameWhole = ReadPayload(input, ref consumed, out var payload);
            var found = frame.Opcode.IsControl ? OnControl(payload, isFrameWhole) : OnData(payload, isFrameWhole);
            if (found.Kind == WireEventKind.Violation)
                consumed = input.Length;
            if (found.Kind != WireEventKind.NeedMore || !isFrameWhole)
                return found;
        }
        return default;
    }

    public void Dispose()
    {
        isDone = true;
        control = null;
        message.Dispose();
    }

    // True once the header is whole. Otherwise all input is consumed, and a rule may be broken already.
    private bool ReadHeader(ReadOnlySpan<byte> input, scoped ref int consumed, out Violation? violation)
    {
        var unread = input[consumed..];
        var keptByteCount = headerByteCount;
        if (keptByteCount > 0)
        {
            var added = Math.Min(unread.Length, FrameHeader.MaxByteCount - keptByteCount);
            unread[..added].CopyTo(((Span<byte>)headerBytes)[keptByteCount..]);
            unread = ((ReadOnlySpan<byte>)headerBytes)[..(keptByteCount + added)];
        }
        frame = new FrameHeader(unread);
        violation = FrameRules.Check(frame, message, limits.AcceptBinary);
        if (violation is not null)
            return false;
        if (!frame.IsComplete)
        {
            if (keptByteCount == 0)
                unread.CopyTo(headerBytes);
            headerByteCount = unread.Length;
            consumed = input.Length;
            return false;
        }
        headerByteCount = 0;
        consumed += frame.ByteCount - keptByteCount;
        isInPayload = true;
        payloadByteCount = 0;
        if (!frame.Opcode.IsControl)
            message.Announce(frame.Opcode, frame.IsFinal, (int)frame.LeastPayloadBytes);
        return true;
    }

    // True once the frame's payload has come to its end. The part that lies in the input is unmasked there.
    private bool ReadPayload(Span<byte> input, scoped ref int consumed, out ReadOnlySpan<byte> payload)
    {
        var missing = (int)frame.LeastPayloadBytes - payloadByteCount;
        var part = input.Slice(consumed, Math.Min(missing, input.Length - consumed));
        Masking.Apply(part, frame.MaskingKey, payloadByteCount);
        consumed += part.Length;
        payloadByteCount += part.Length;
        payload = part;
        isInPayload = part.Length < missing;
        return !isInPayload;
    }

    private WireEvent OnData(ReadOnlySpan<byte> part, bool isFrameWhole)
    {
        var isText = message.Opcode == Opcode.Text;
        var isMessageWhole = isFrameWhole && frame.IsFinal;
        if (isMessageWhole && part.Length == payloadByteCount && frame.Opcode != Opcode.Continuation)
        {
            // The whole message lies in the input: hand it out where it lies.
            if (isText && !Utf8.IsValid(part))
                return Fail(Violation.TextNotUtf8);
            message.Forget();
            return WireEvent.Message(message.Opcode, part);
        }
        // RFC 6455 §8.1: checked as it comes, so that an endless message cannot hide what is wrong with its front.
        if (isText && (!utf8.Append(part) || (isMessageWhole && !utf8.IsComplete)))
            return Fail(Violation.TextNotUtf8);
        message.Append(part);
        return isMessageWhole ? WireEvent.Message(message.Opcode, message.Complete()) : default;
    }

    private WireEvent OnControl(ReadOnlySpan<byte> part, bool isFrameWhole)
    {
        if (part.Length < payloadByteCount || !isFrameWhole)
        {
            control ??= new byte[(int)frame.LeastPayloadBytes];
            part.CopyTo(control.AsSpan(payloadByteCount - part.Length));
            part = control.AsSpan(0, payloadByteCount);
        }
        if (frame.Opcode == Opcode.Close && ClosePayload.Check(part, isFrameWhole) is { } violation)
            return Fail(violation);
        if (!isFrameWhole)
            return default;
        control = null;
        return frame.Opcode == Opcode.Close ? Close(part) : WireEvent.Control(frame.Opcode, part);
    }

    private WireEvent Close(ReadOnlySpan<byte> payload)
    {
        var (code, reason) = ClosePayload.Parse(payload);
        Dispose();
        return WireEvent.Close(code, reason);
    }

    private WireEvent Fail(Violation violation)
    {
        Dispose();
        return WireEvent.Violation(violation);
    }

    private WireEvent Fail(Violation violation, ReadOnlySpan<byte> input, out int consumed)
    {
        consumed = input.Length;
        return Fail(violation);
    }

    [InlineArray(FrameHeader.MaxByteCount)]
    private struct HeaderBytes
    {
        private byte first;
    }
}
