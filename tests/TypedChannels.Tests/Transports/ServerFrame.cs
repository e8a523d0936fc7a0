using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TypedChannels.Tests.Transports;

/// <summary>A frame as a server sends it, read without any of the product's code.</summary>
internal sealed record ServerFrame(int Opcode, byte[] Payload)
{
    public string Text => Encoding.UTF8.GetString(Payload);

    public int? CloseCode => Payload.Length < 2 ? null : BinaryPrimitives.ReadUInt16BigEndian(Payload);

    public static bool TryRead(ref ReadOnlySequence<byte> bytes, out ServerFrame? frame)
    {
        frame = null;
        var all = bytes.ToArray();
        if (all.Length < 2)
            return false;
        Assert.Equal(0x80, all[0] & 0xF0);
        Assert.Equal(0, all[1] & 0x80);
        var (start, length) = all[1] switch
        {
            126 => (4, all.Length < 4 ? int.MaxValue - 4 : BinaryPrimitives.ReadUInt16BigEndian(all.AsSpan(2))),
            127 => (10, all.Length < 10 ? int.MaxValue - 10 : (int)BinaryPrimitives.ReadUInt64BigEndian(all.AsSpan(2))),
            var few => (2, few),
        };
        if (all.Length < start + length)
            return false;
        frame = new ServerFrame(all[0] & 0x0F, all[start..(start + length)]);
        bytes = bytes.Slice(start + length);
        return true;
    }
}
