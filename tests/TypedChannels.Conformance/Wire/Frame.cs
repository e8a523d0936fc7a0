using System.Buffers.Binary;
using System.Text;

namespace TypedChannels.Conformance;

/// <summary>A frame as a client sends it: every bit of it can be wrong. Written from RFC 6455 §5.2, without the product's codec.</summary>
internal sealed record Frame(int Opcode, byte[] Payload)
{
    public const int Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10;

    /// <summary>A key without a zero byte, so that a payload that is not unmasked never looks right.</summary>
    private static readonly byte[] DefaultKey = [0x37, 0xfa, 0x21, 0x3d];

    public bool IsFinal { get; init; } = true;

    /// <summary>RSV1 is 4, RSV2 is 2, RSV3 is 1.</summary>
    public int Reserved { get; init; }

    /// <summary>Null: the frame is not masked.</summary>
    public byte[]? Key { get; init; } = DefaultKey;

    /// <summary>What the header says, where it lies.</summary>
    public ulong? ClaimedLength { get; init; }

    /// <summary>Bytes of extended length: 0, 2 or 8; null: as few as do.</summary>
    public int? LengthBytes { get; init; }

    public static Frame OfText(string text) => new(Text, Encoding.UTF8.GetBytes(text));

    public static Frame OfText(byte[] text) => new(Text, text);

    public static Frame OfBinary(byte[] payload) => new(Binary, payload);

    public static Frame Continue(byte[] payload) => new(Continuation, payload);

    public static Frame OfPing(string text) => new(Ping, Encoding.UTF8.GetBytes(text));

    public static Frame OfPong(string text) => new(Pong, Encoding.UTF8.GetBytes(text));

    public static Frame OfClose(int? code, byte[]? reason = null) =>
        new(Close, code is { } value ? [(byte)(value >> 8), (byte)value, .. reason ?? []] : []);

    public Frame Unfinished() => this with { IsFinal = false };

    public byte[] Encode()
    {
        var length = ClaimedLength ?? (ulong)Payload.Length;
        var lengthBytes = LengthBytes ?? (length < 126 ? 0 : length <= ushort.MaxValue ? 2 : 8);
        var keyBytes = Key?.Length ?? 0;
        var bytes = new byte[2 + lengthBytes + keyBytes + Payload.Length];
        bytes[0] = (byte)((IsFinal ? 0x80 : 0) | Reserved << 4 | Opcode);
        bytes[1] = (byte)((Key is null ? 0 : 0x80) | lengthBytes switch { 0 => (int)length, 2 => 126, _ => 127 });
        if (lengthBytes == 2)
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)length);
        else if (lengthBytes == 8)
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(2), length);
        Key?.CopyTo(bytes, 2 + lengthBytes);
        var payload = bytes.AsSpan(2 + lengthBytes + keyBytes);
        for (var i = 0; i < payload.Length; i++)
            payload[i] = (byte)(Payload[i] ^ (Key?[i & 3] ?? 0));
        return bytes;
    }
}
