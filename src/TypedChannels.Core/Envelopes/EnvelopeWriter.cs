using System.Buffers;
using System.Text;

namespace TypedChannels;

/// <summary>Writes <c>{"channel":"…","message":…}</c>.</summary>
internal static class EnvelopeWriter
{
    /// <summary>The end of every envelope.</summary>
    public static ReadOnlySpan<byte> End => "}"u8;

    /// <summary>The bytes of an envelope up to its message.</summary>
    public static byte[] Start(string channel)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("{\"channel\":\""u8);
        output.Write(Encoding.UTF8.GetBytes(WireEncoder.Instance.Encode(channel)));
        output.Write("\",\"message\":"u8);
        return output.WrittenSpan.ToArray();
    }
}
