using System.ComponentModel;

namespace TypedChannels;

/// <summary>
/// A received envelope, still as bytes: what the generated dispatch works on. Valid only during the call it is passed to.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ReceivedMessage
{
    internal ReceivedMessage(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message, int byteCount)
    {
        Channel = channel;
        Message = message;
        ByteCount = byteCount;
    }

    /// <summary>The channel's name, UTF-8, unescaped.</summary>
    public ReadOnlySpan<byte> Channel { get; }

    /// <summary>The bytes of one well-formed JSON object.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>The length of the whole text message, in bytes.</summary>
    public int ByteCount { get; }
}
