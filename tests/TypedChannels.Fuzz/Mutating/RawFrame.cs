namespace TypedChannels.Fuzz.Mutating;

/// <summary>A client's frame as it lies on the wire (RFC 6455 §5.2), right or wrong, taken apart and put together again.</summary>
internal sealed record RawFrame
{
    public byte First { get; init; } = 0x82;

    public bool IsMasked { get; init; } = true;

    /// <summary>Bytes of length after the second byte: 0, 2 or 8.</summary>
    public int LengthBytes { get; init; }

    /// <summary>What the length says, which the payload need not be.</summary>
    public ulong Length { get; init; }

    public byte[] Key { get; init; } = [0, 0, 0, 0];

    /// <summary>The payload, unmasked.</summary>
    public byte[] Payload { get; init; } = [];

    public int Opcode => First & 0x0F;

    public bool IsFinal => (First & 0x80) != 0;

    public bool IsControl => (First & 0x08) != 0;

    /// <summary>Takes bytes for frames as long as they last; a header that is cut short is the rest.</summary>
    public static (List<RawFrame> Frames, byte[] Tail) Split(byte[] bytes)
    {
        var frames = new List<RawFrame>();
        ReadOnlySpan<byte> unread = bytes;
        while (unread.Length >= 2)
        {
            var isMasked = (unread[1] & 0x80) != 0;
            var lengthBytes = (unread[1] & 0x7F) switch { 126 => 2, 127 => 8, _ => 0 };
            var headerBytes = 2 + lengthBytes + (isMasked ? 4 : 0);
            if (unread.Length < headerBytes)
                break;
            ulong length = lengthBytes == 0 ? (ulong)(unread[1] & 0x7F) : 0;
            foreach (var b in unread[2..(2 + lengthBytes)])
                length = length << 8 | b;
            byte[] key = isMasked ? [.. unread[(headerBytes - 4)..headerBytes]] : [0, 0, 0, 0];
            var payload = unread[headerBytes..];
            payload = payload[..(int)Math.Min(length, (ulong)payload.Length)];
            frames.Add(new RawFrame
            {
                First = unread[0], IsMasked = isMasked, LengthBytes = lengthBytes, Length = length, Key = key, Payload = Mask(payload, key),
            });
            unread = unread[(headerBytes + payload.Length)..];
        }
        return (frames, unread.ToArray());
    }

    public static byte[] Join(IEnumerable<RawFrame> frames, byte[] rest) => [.. frames.SelectMany(frame => frame.Encode()), .. rest];

    /// <summary>The frame with another payload, and a length that is true and short.</summary>
    public RawFrame With(byte[] payload) => this with
    {
        Payload = payload,
        Length = (ulong)payload.Length,
        LengthBytes = payload.Length < 126 ? 0 : payload.Length <= ushort.MaxValue ? 2 : 8,
    };

    public byte[] Encode()
    {
        var second = LengthBytes switch { 0 => (byte)(Length & 0x7F), 2 => (byte)126, _ => (byte)127 };
        var bytes = new List<byte> { First, (byte)(second | (IsMasked ? 0x80 : 0)) };
        for (var i = LengthBytes - 1; i >= 0; i--)
            bytes.Add((byte)(Length >> (8 * i)));
        if (IsMasked)
            bytes.AddRange(Key);
        bytes.AddRange(IsMasked ? Mask(Payload, Key) : Payload);
        return [.. bytes];
    }

    private static byte[] Mask(ReadOnlySpan<byte> payload, byte[] key)
    {
        var masked = payload.ToArray();
        for (var i = 0; i < masked.Length; i++)
            masked[i] ^= key[i % 4];
        return masked;
    }
}
