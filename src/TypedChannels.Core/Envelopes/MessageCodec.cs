using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TypedChannels;

/// <summary>
/// Turns a channel's record into the bytes of an envelope's <c>message</c>, and back. Implementations are safe for concurrent use.
/// </summary>
/// <typeparam name="TMessage">The channel's record.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MessageCodec<TMessage>
{
    /// <summary>Writes a message.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="message">The message.</param>
    public abstract void Write(IBufferWriter<byte> output, TMessage message);

    /// <summary>Reads a message.</summary>
    /// <param name="input">The bytes of one JSON object, already known to be well-formed.</param>
    /// <returns>The message.</returns>
    /// <exception cref="JsonException">The bytes do not fit the record.</exception>
    public abstract TMessage Read(ReadOnlySpan<byte> input);

    /// <summary>Reads a message of which nothing is known, if that is no more work than <see cref="Read"/>. Does not throw.</summary>
    /// <param name="input">Any bytes.</param>
    /// <param name="message">The message.</param>
    /// <returns>Whether the bytes are one JSON object that fits the record. Where they are not, this may not have found out.</returns>
    internal virtual bool TryReadUnchecked(ReadOnlySpan<byte> input, [MaybeNullWhen(false)] out TMessage message)
    {
        message = default;
        return false;
    }
}
