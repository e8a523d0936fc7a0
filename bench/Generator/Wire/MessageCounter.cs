using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TypedChannels.LoadGenerator.Wire;

/// <summary>Counts the messages in what a server sends, wherever the reads cut it (RFC 6455 §5.2). Control frames do not count.</summary>
internal struct MessageCounter(bool isSeparated)
{
    private const byte RecordSeparator = 0x1e;

    private Header _header;
    private int _headerLength;
    private long _payloadLeft;

    /// <summary>What a close frame said; 0: there was none, 1005: nothing (RFC 6455 §7.4.1).</summary>
    public int CloseCode { get; private set; }

    private readonly bool IsControl => (_header[0] & 8) != 0;

    /// <summary>How many messages end here; or records, where a separator ends them (SignalR).</summary>
    public int Count(ReadOnlySpan<byte> received)
    {
        var messages = 0;
        while (!received.IsEmpty)
        {
            if (_payloadLeft == 0)
            {
                _header[_headerLength++] = received[0];
                received = received[1..];
                if (!TryReadLength())
                    continue;
            }
            var payload = received[..(int)Math.Min(_payloadLeft, received.Length)];
            if (isSeparated && !IsControl)
                messages += payload.Count(RecordSeparator);
            else if (CloseCode == 1005 && payload.Length >= 2)
                CloseCode = BinaryPrimitives.ReadUInt16BigEndian(payload);
            _payloadLeft -= payload.Length;
            received = received[payload.Length..];
            if (_payloadLeft > 0)
                continue;
            if (!isSeparated && !IsControl && (_header[0] & 0x80) != 0)
                messages++;
            _headerLength = 0;
        }
        return messages;
    }

    private bool TryReadLength()
    {
        if (_headerLength < 2)
            return false;
        Span<byte> header = _header;
        var length = header[1] & 0x7f;
        if (_headerLength < length switch { 126 => 4, 127 => 10, _ => 2 })
            return false;
        _payloadLeft = length switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(header[2..]),
            127 => BinaryPrimitives.ReadInt64BigEndian(header[2..]),
            _ => length,
        };
        if ((header[0] & 15) == 8)
            CloseCode = 1005;
        return true;
    }

    [InlineArray(10)]
    private struct Header
    {
        private byte _first;
    }
}
