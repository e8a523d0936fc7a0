using System.ComponentModel;

namespace TypedChannels;

/// <summary>
/// A received envelope, still as bytes: what the generated dispatch works on. Valid only during the call it is passed to.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct ReceivedMessage
{
    internal ReceivedMessage(ReadOnlySpan<byte> channel, ReadOnlySpan<byte> message, ReadOnlySpan<byte> text, bool isChecked)
    {
        Channel = channel;
        Message = message;
        Text = text;
        IsChecked = isChecked;
    }

    /// <summary>The channel's name, UTF-8, unescaped.</summary>
    public ReadOnlySpan<byte> Channel { get; }

    /// <summary>The bytes of one well-formed JSON object, where it <see cref="IsChecked"/>.</summary>
    public ReadOnlySpan<byte> Message { get; }

    /// <summary>The length of the whole text message, in bytes.</summary>
    public int ByteCount => Text.Length;

    /// <summary>The whole text message.</summary>
    internal ReadOnlySpan<byte> Text { get; }

    /// <summary>
    /// Whether the text is known to be an envelope. Otherwise it is one only if <see cref="Message"/> is exactly one JSON object.
    /// </summary>
    internal bool IsChecked { get; }
}
