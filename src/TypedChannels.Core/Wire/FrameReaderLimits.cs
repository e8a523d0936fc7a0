namespace TypedChannels;

/// <summary>What a <see cref="FrameReader"/> accepts.</summary>
/// <param name="MaxMessageBytes">Largest message, in bytes, summed over its fragments; a larger one is a violation, 1009.</param>
/// <param name="MaxFragments">Most frames that a message may consist of, empty ones included; one more is a violation, 1008.</param>
/// <param name="AcceptBinary">Whether binary messages are handed out; otherwise they are a violation, 1003.</param>
internal readonly record struct FrameReaderLimits(int MaxMessageBytes, int MaxFragments, bool AcceptBinary = false);
