using System.Buffers.Binary;

namespace TypedChannels.Conformance;

/// <summary>What a server sent: a whole message, a control frame, or a frame that breaks RFC 6455.</summary>
internal sealed record Received(ReceivedKind Kind, byte[] Payload)
{
    public static Received Text(byte[] payload) => new(ReceivedKind.Text, payload);

    public static Received Binary(byte[] payload) => new(ReceivedKind.Binary, payload);

    public static Received Pong(byte[] payload) => new(ReceivedKind.Pong, payload);

    /// <summary>The code of a close frame; null where it has none.</summary>
    public int? CloseCode => Payload.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Payload) : null;

    public bool Equals(Received? other) => other is not null && Kind == other.Kind && Payload.AsSpan().SequenceEqual(other.Payload);

    public override int GetHashCode() => HashCode.Combine(Kind, Payload.Length);

    public override string ToString() => Kind switch
    {
        ReceivedKind.Close => $"close {CloseCode?.ToString() ?? "without a code"}",
        ReceivedKind.Fault => System.Text.Encoding.UTF8.GetString(Payload),
        _ => $"{Kind} of {Payload.Length} B ({Convert.ToHexString(Payload.AsSpan(0, Math.Min(16, Payload.Length)))})",
    };
}

internal enum ReceivedKind
{
    Text,
    Binary,
    Ping,
    Pong,
    Close,

    /// <summary>The server itself broke the protocol; the payload says how.</summary>
    Fault,
}

/// <summary>Reads a server's frames, strictly: what is not as RFC 6455 wants it is a fault of the server's.</summary>
internal sealed class FrameParser(MessageInflater? inflater)
{
    private readonly MemoryStream _input = new();
    private readonly MemoryStream _message = new();
    private int _opcode;
    private bool _isOpen;
    private bool _isCompressed;
    private bool _isClosed;
    private bool _isDone;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        _input.Position = _input.Length;
        _input.Write(bytes);
    }

    /// <summary>The next of what has come, or null.</summary>
    public Received? Next()
    {
        while (!_isDone && TryReadFrame(out var header, out var payload))
        {
            if (Check(header, payload) is { } fault)
            {
                _isDone = true;
                return new Received(ReceivedKind.Fault, System.Text.Encoding.UTF8.GetBytes(fault));
            }
            if (header.Opcode >= 8)
            {
                _isClosed = header.Opcode == Frame.Close;
                var kind = header.Opcode switch
                {
                    Frame.Close => ReceivedKind.Close,
                    Frame.Ping => ReceivedKind.Ping,
                    _ => ReceivedKind.Pong,
                };
                return new Received(kind, payload);
            }
            if (header.Opcode != Frame.Continuation)
                (_opcode, _isCompressed) = (header.Opcode, header.Reserved == 4);
            _message.Write(payload);
            _isOpen = !header.IsFinal;
            if (_isOpen)
                continue;
            var message = _message.ToArray();
            _message.SetLength(0);
            if (_isCompressed)
                message = inflater!.Inflate(message);
            return _opcode == Frame.Text ? Received.Text(message) : Received.Binary(message);
        }
        return null;
    }

    private string? Check((int Opcode, bool IsFinal, int Reserved, bool IsMasked, bool IsMinimal) header, byte[] payload)
    {
        if (_isClosed)
            return "the server sent a frame after its close";
        var mayBeCompressed = inflater is not null && header.Opcode is Frame.Text or Frame.Binary;
        if (header.Reserved != 0 && !(mayBeCompressed && header.Reserved == 4))
            return "the server set a reserved bit";
        if (header.Opcode is > 2 and < 8 or > 10)
            return $"the server used reserved opcode {header.Opcode}";
        if (header.IsMasked)
            return "the server masked a frame";
        if (!header.IsMinimal)
            return "the server did not encode a length minimally";
        if (header.Opcode >= 8)
        {
            if (!header.IsFinal)
                return "the server fragmented a control frame";
            return payload.Length > 125 ? "the server sent a long control frame" : null;
        }
        if (header.Opcode == Frame.Continuation != _isOpen)
            return "the server's fragments do not fit together";
        return null;
    }

    private bool TryReadFrame(
        out (int Opcode, bool IsFinal, int Reserved, bool IsMasked, bool IsMinimal) header, out byte[] payload)
    {
        (header, payload) = (default, []);
        var bytes = _input.GetBuffer().AsSpan(0, (int)_input.Length);
        if (bytes.Length < 2)
            return false;
        var length = (ulong)(bytes[1] & 0x7f);
        var start = 2;
        var isMinimal = true;
        if (length == 126)
        {
            if (bytes.Length < 4)
                return false;
            length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            (start, isMinimal) = (4, length > 125);
        }
        else if (length == 127)
        {
            if (bytes.Length < 10)
                return false;
            length = BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]);
            (start, isMinimal) = (10, length > ushort.MaxValue);
        }
        var isMasked = (bytes[1] & 0x80) != 0;
        header = (bytes[0] & 15, (bytes[0] & 0x80) != 0, bytes[0] >> 4 & 7, isMasked, isMinimal);
        // A masked frame is refused whatever it says.
        if (!isMasked && (ulong)(bytes.Length - start) < length)
            return false;
        payload = isMasked ? [] : bytes.Slice(start, (int)length).ToArray();
        var rest = bytes[(start + payload.Length)..].ToArray();
        _input.SetLength(0);
        _input.Write(rest);
        return true;
    }
}
