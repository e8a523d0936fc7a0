using System.Text;

namespace TypedChannels.Tests.Wire;

/// <summary>Frames as a client sends them, right or wrong, encoded without any of the product's code.</summary>
internal sealed record ClientFrame(byte Opcode, byte[] Payload)
{
    public static readonly byte[] DefaultKey = [0x37, 0xFA, 0x21, 0x3D];

    public bool IsFinal { get; init; } = true;

    public int ReservedBits { get; init; }

    public bool IsMasked { get; init; } = true;

    public byte[] Key { get; init; } = DefaultKey;

    /// <summary>0, 2 or 8 bytes after the second; null: as few as possible.</summary>
    public int? LengthByteCount { get; init; }

    /// <summary>The length that the header claims; null: the payload's.</summary>
    public ulong? ClaimedLength { get; init; }

    public static ClientFrame Text(string text) => new(1, Encoding.UTF8.GetBytes(text));

    public static ClientFrame Text(byte[] payload) => new(1, payload);

    public static ClientFrame Binary(byte[] payload) => new(2, payload);

    public static ClientFrame Continuation(string text) => new(0, Encoding.UTF8.GetBytes(text));

    public static ClientFrame Continuation(byte[] payload) => new(0, payload);

    public static ClientFrame Ping(string text) => new(9, Encoding.UTF8.GetBytes(text));

    public static ClientFrame Pong(string text) => new(10, Encoding.UTF8.GetBytes(text));

    public static ClientFrame Close(byte[] payload) => new(8, payload);

    public static ClientFrame Close(int code, string reason = "") =>
        new(8, [(byte)(code >> 8), (byte)code, .. Encoding.UTF8.GetBytes(reason)]);

    public static byte[] Join(params IEnumerable<ClientFrame> frames) => [.. frames.SelectMany(frame => frame.Encode())];

    public ClientFrame Unfinished() => this with { IsFinal = false };

    public byte[] Encode()
    {
        var length = ClaimedLength ?? (ulong)Payload.Length;
        var lengthByteCount = LengthByteCount ?? (length < 126 ? 0 : length < 65_536 ? 2 : 8);
        var mask = IsMasked ? 0x80 : 0;
        var bytes = new List<byte>
        {
            (byte)((IsFinal ? 0x80 : 0) | (ReservedBits << 4) | Opcode),
            (byte)(mask | lengthByteCount switch { 0 => (int)length, 2 => 126, _ => 127 }),
        };
        for (var i = lengthByteCount - 1; i >= 0; i--)
            bytes.Add((byte)(length >> (8 * i)));
        if (IsMasked)
            bytes.AddRange(Key);
        bytes.AddRange(Payload.Select((b, i) => IsMasked ? (byte)(b ^ Key[i % 4]) : b));
        return [.. bytes];
    }
}
