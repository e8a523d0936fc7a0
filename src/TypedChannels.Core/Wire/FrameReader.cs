using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace TypedChannels;

/// <summary>Turns a client's bytes into messages and control events, by RFC 6455. One a connection; not safe for concurrent use.</summary>
/// <remarks>
/// Read until <see cref="WireEventKind.NeedMore"/>, and only then fetch more input: that last call also gives back the memory of the
/// message handed out before it.
/// </remarks>
/// <param name="limits">What is accepted.</param>
/// <param name="buffers">Where arrays for incomplete messages come from; null: the shared pool.</param>
internal sealed class FrameReader(FrameReaderLimits limits, ArrayPool<byte>? buffers = null) : IDisposable
{
    private readonly MessageAssembler _message = new(limits, buffers ?? ArrayPool<byte>.Shared);
    private Utf8Validator _utf8;

    // A header that crosses inputs.
    private HeaderBytes _headerBytes;
    private int _headerByteCount;

    // The frame whose payload is being read.
    private FrameHeader _frame;
    private bool _isInPayload;
    private int _payloadByteCount;

    // A control payload that crosses inputs. It may stand inside a message, so it cannot share the message's buffer.
    private byte[]? _control;

    private bool _isDone;

    /// <summary>Whether the peer has finished all that it began: no message or frame is incomplete.</summary>
    public bool IsBetweenMessages => _headerByteCount == 0 && !_isInPayload && !_message.IsOpen;

    /// <summary>The memory held for what is incomplete, in bytes: 0 for a peer that is between two messages.</summary>
    public int HeldByteCount => _message.HeldByteCount + (_control?.Length ?? 0);

    /// <summary>Consumes bytes from the front of <paramref name="input"/>, which it unmasks in place, up to the first event.</summary>
    /// <param name="input">The bytes that follow those consumed before.</param>
    /// <param name="consumed">How many bytes were consumed: all of them, unless a message or control frame ended before.</param>
    public WireEvent Read(Span<byte> input, out int consumed)
    {
        _message.ReleaseDelivered();
        consumed = 0;
        if (_isDone)
        {
            consumed = input.Length;
            return default;
        }
        while (_isInPayload || consumed < input.Length)
        {
            if (!_isInPayload && !ReadHeader(input, ref consumed, out var violation))
                return violation is null ? default : Fail(violation, input, out consumed);
            var isFrameWhole = ReadPayload(input, ref consumed, out var payload);
            var found = _frame.Opcode.IsControl ? OnControl(payload, isFrameWhole) : OnData(payload, isFrameWhole);
            if (found.Kind == WireEventKind.Violation)
                consumed = input.Length;
            if (found.Kind != WireEventKind.NeedMore || !isFrameWhole)
                return found;
        }
        return default;
    }

    public void Dispose()
    {
        _isDone = true;
        _control = null;
        _message.Dispose();
    }

    // True once the header is whole. Otherwise all input is consumed, and a rule may be broken already.
    private bool ReadHeader(ReadOnlySpan<byte> input, scoped ref int consumed, out Violation? violation)
    {
        var unread = input[consumed..];
        var keptByteCount = _headerByteCount;
        if (keptByteCount > 0)
        {
            var added = Math.Min(unread.Length, FrameHeader.MaxByteCount - keptByteCount);
            unread[..added].CopyTo(((Span<byte>)_headerBytes)[keptByteCount..]);
            unread = ((ReadOnlySpan<byte>)_headerBytes)[..(keptByteCount + added)];
        }
        _frame = new FrameHeader(unread);
        violation = FrameRules.Check(_frame, _message, limits);
        if (violation is not null)
            return false;
        if (!_frame.IsComplete)
        {
            if (keptByteCount == 0)
                unread.CopyTo(_headerBytes);
            _headerByteCount = unread.Length;
            consumed = input.Length;
            return false;
        }
        _headerByteCount = 0;
        consumed += _frame.ByteCount - keptByteCount;
        _isInPayload = true;
        _payloadByteCount = 0;
        if (!_frame.Opcode.IsControl)
            _message.Announce(_frame.Opcode, _frame.IsFinal, (int)_frame.LeastPayloadBytes, _frame.IsDeflated);
        return true;
    }

    // True once the frame's payload has come to its end. The part that lies in the input is unmasked there.
    private bool ReadPayload(Span<byte> input, scoped ref int consumed, out ReadOnlySpan<byte> payload)
    {
        var missing = (int)_frame.LeastPayloadBytes - _payloadByteCount;
        var part = input.Slice(consumed, Math.Min(missing, input.Length - consumed));
        Masking.Apply(part, _frame.MaskingKey, _payloadByteCount);
        consumed += part.Length;
        _payloadByteCount += part.Length;
        payload = part;
        _isInPayload = part.Length < missing;
        return !_isInPayload;
    }

    private WireEvent OnData(ReadOnlySpan<byte> part, bool isFrameWhole)
    {
        var isDeflated = _message.IsDeflated;
        // What is compressed can be judged only when it no longer is.
        var isText = _message.Opcode == Opcode.Text && !isDeflated;
        var isMessageWhole = isFrameWhole && _frame.IsFinal;
        if (isMessageWhole && part.Length == _payloadByteCount && _frame.Opcode != Opcode.Continuation)
        {
            // The whole message lies in the input: hand it out where it lies.
            if (isText && !Utf8.IsValid(part))
                return Fail(Violation.TextNotUtf8);
            _message.Forget();
            return WireEvent.Message(_message.Opcode, part, isDeflated);
        }
        // RFC 6455 §8.1: checked as it comes, so that an endless message cannot hide what is wrong with its front.
        if (isText && (!_utf8.Append(part) || (isMessageWhole && !_utf8.IsComplete)))
            return Fail(Violation.TextNotUtf8);
        _message.Append(part);
        return isMessageWhole ? WireEvent.Message(_message.Opcode, _message.Complete(), isDeflated) : default;
    }

    private WireEvent OnControl(ReadOnlySpan<byte> part, bool isFrameWhole)
    {
        if (part.Length < _payloadByteCount || !isFrameWhole)
        {
            _control ??= new byte[(int)_frame.LeastPayloadBytes];
            part.CopyTo(_control.AsSpan(_payloadByteCount - part.Length));
            part = _control.AsSpan(0, _payloadByteCount);
        }
        if (_frame.Opcode == Opcode.Close && ClosePayload.Check(part, isFrameWhole) is { } violation)
            return Fail(violation);
        if (!isFrameWhole)
            return default;
        _control = null;
        return _frame.Opcode == Opcode.Close ? Close(part) : WireEvent.Control(_frame.Opcode, part);
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
