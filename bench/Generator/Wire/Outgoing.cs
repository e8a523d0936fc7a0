using System.Buffers.Binary;
using System.Text;

namespace TypedChannels.LoadGenerator.Wire;

/// <summary>Bytes that are sent over and over; as many copies lie side by side as are ever sent at once.</summary>
internal sealed class Outgoing
{
    private Outgoing(byte[] one, int copies)
    {
        UnitBytes = one.Length;
        Bytes = new byte[one.Length * copies];
        for (var at = 0; at < Bytes.Length; at += one.Length)
            one.CopyTo(Bytes, at);
    }

    /// <summary>How long it is, sent once.</summary>
    public int UnitBytes { get; }

    public byte[] Bytes { get; }

    public static Outgoing Plain(string text) => new(Encoding.UTF8.GetBytes(text), 1);

    /// <summary>A text frame (RFC 6455 §5.2), whose masking key of zero leaves the payload as it is.</summary>
    public static Outgoing Frame(string text, int copies = 1)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        var extended = payload.Length < 126 ? 0 : payload.Length <= ushort.MaxValue ? 2 : 8;
        var frame = new byte[2 + extended + 4 + payload.Length];
        frame[0] = 0x81;
        frame[1] = (byte)(0x80 | extended switch { 0 => payload.Length, 2 => 126, _ => 127 });
        if (extended == 2)
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)payload.Length);
        else if (extended == 8)
            BinaryPrimitives.WriteInt64BigEndian(frame.AsSpan(2), payload.Length);
        payload.CopyTo(frame, frame.Length - payload.Length);
        return new Outgoing(frame, copies);
    }
}
