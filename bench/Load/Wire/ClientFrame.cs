using System.Buffers.Binary;
using System.Text;

namespace TypedChannels.Load;

/// <summary>Frames as a client sends them, masked (RFC 6455 §5.2), right and wrong ones.</summary>
internal static class ClientFrame
{
    public const int Continuation = 0, Text = 1, Close = 8, Ping = 9, Pong = 10;

    private static readonly byte[] Key = [0x37, 0xfa, 0x21, 0x3d];

    public static byte[] OfText(string text, bool isFinal = true) => Encode(Text, Encoding.UTF8.GetBytes(text), isFinal);

    public static byte[] Encode(int opcode, ReadOnlySpan<byte> payload, bool isFinal = true)
    {
        var header = Header(opcode, payload.Length, isFinal);
        var frame = new byte[header.Length + payload.Length];
        header.CopyTo(frame, 0);
        for (var i = 0; i < payload.Length; i++)
            frame[header.Length + i] = (byte)(payload[i] ^ Key[i & 3]);
        return frame;
    }

    /// <summary>A header, with the key, of a frame whose payload may never come.</summary>
    public static byte[] Header(int opcode, long length, bool isFinal = true)
    {
        var extended = length < 126 ? 0 : length <= ushort.MaxValue ? 2 : 8;
        var header = new byte[2 + extended + 4];
        header[0] = (byte)((isFinal ? 0x80 : 0) | opcode);
        header[1] = (byte)(0x80 | extended switch { 0 => (int)length, 2 => 126, _ => 127 });
        if (extended == 2)
            BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)length);
        else if (extended == 8)
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);
        Key.CopyTo(header, 2 + extended);
        return header;
    }

    /// <summary>The same bytes over and over, as many whole times as fit into so many bytes.</summary>
    public static byte[] Repeat(byte[] frames, int bytes)
    {
        var all = new byte[Math.Max(1, bytes / frames.Length) * frames.Length];
        for (var at = 0; at < all.Length; at += frames.Length)
            frames.CopyTo(all, at);
        return all;
    }
}
