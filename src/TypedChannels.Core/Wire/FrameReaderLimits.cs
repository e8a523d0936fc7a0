namespace TypedChannels;

/// <summary>What a <see cref="FrameReader"/> accepts.</summary>
/// <param name="MaxMessageBytes">Largest message, in bytes, summed over its fragments; a larger one is a violation, 1009.</param>
/// <param name="MaxFragments">Most frames that a message may consist of, empty ones included; one more is a violation, 1008.</param>
/// <param name="AcceptBinary">Whether binary messages are handed out; otherwise they are a violation, 1003.</param>
/// <param name="AcceptDeflated">Whether permessage-deflate was agreed (RFC 7692); otherwise a compressed message is one, 1002.</param>
internal readonly record struct FrameReaderLimits(
    int MaxMessageBytes, int MaxFragments, bool AcceptBinary = false, bool AcceptDeflated = false)
{
    /// <summary>
    /// The most bytes of a compressed message: what cannot be compressed grows, by a sixteenth with the fastest compressors.
    /// </summary>
    public int MaxDeflatedBytes => (int)Math.Min(MaxMessageBytes + MaxMessageBytes / 8L + 64, Array.MaxLength);
}
