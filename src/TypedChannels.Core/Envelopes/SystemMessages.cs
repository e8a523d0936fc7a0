using System.Buffers;
using System.Text;

namespace TypedChannels;

/// <summary>The framework's own messages, on channels that begin with <c>_system:</c>.</summary>
internal static class SystemMessages
{
    /// <summary>What the framework's channel names begin with; no record may claim one.</summary>
    public static ReadOnlySpan<byte> Prefix => "_system:"u8;

    /// <summary>The channel of the server's first message on a connection.</summary>
    public static ReadOnlySpan<byte> ReadyChannel => "_system:status:ready"u8;

    /// <summary>The channel on which the server tells a client of a message that it refused.</summary>
    public static ReadOnlySpan<byte> ErrorChannel => "_system:error"u8;

    public static EncodedMessage Ready(ArrayPool<byte>? buffers = null) =>
        EncodedMessage.FromBytes(Opcode.Text, """{"channel":"_system:status:ready","message":{}}"""u8, buffers, "_system:status:ready");

    /// <summary>
    /// The answer to a refused message: its code and, where this side knows it, its channel. Nothing of what the peer sent.
    /// </summary>
    public static EncodedMessage Error(ConnectionErrors code, string? channel, ArrayPool<byte>? buffers = null)
    {
        var text = new ArrayBufferWriter<byte>(128);
        text.Write("{\"channel\":\"_system:error\",\"message\":{\"code\":\""u8);
        text.Write(Encoding.UTF8.GetBytes(code.ToString()));
        if (channel is not null)
        {
            text.Write("\",\"channel\":\""u8);
            text.Write(Encoding.UTF8.GetBytes(WireEncoder.Instance.Encode(channel)));
        }
        text.Write("\"}}"u8);
        return EncodedMessage.FromBytes(Opcode.Text, text.WrittenSpan, buffers, "_system:error");
    }
}
