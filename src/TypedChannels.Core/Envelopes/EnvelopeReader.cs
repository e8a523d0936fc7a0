using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace TypedChannels;

/// <summary>Finds <c>channel</c> and <c>message</c> in a text message, in either order, and hands on the message's bytes unread.</summary>
internal static class EnvelopeReader
{
    /// <summary>How deep a <c>message</c> may nest, itself included.</summary>
    public const int MaxMessageDepth = 32;

    // The envelope is one level around the message.
    private static readonly JsonReaderOptions Options = new() { MaxDepth = MaxMessageDepth + 1 };

    private static ReadOnlySpan<byte> NoMembers => "{}"u8;

    /// <summary>Takes apart a text message that begins as every TypedChannels side writes it, without looking into its `message`.</summary>
    /// <param name="text">The whole message, UTF-8.</param>
    /// <param name="received">The channel, and what is the message if it is one JSON object.</param>
    /// <returns>Whether it begins so. If not, <see cref="TryRead"/> tells what it is.</returns>
    /// <remarks>
    /// Reading the message into its record finds out whether it is one JSON object. So a message that is plainly good is parsed once.
    /// </remarks>
    public static bool TryReadPlain(ReadOnlySpan<byte> text, out ReceivedMessage received)
    {
        received = default;
        if (!text.StartsWith("{\"channel\":\""u8) || text[^1] != '}')
            return false;
        var rest = text["{\"channel\":\"".Length..];
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || !rest[end..].StartsWith("\",\"message\":{"u8))
            return false;
        received = new ReceivedMessage(rest[..end], rest[(end + "\",\"message\":".Length)..^1], text, isChecked: false);
        return true;
    }

    /// <summary>Reads a text message.</summary>
    /// <param name="text">The whole message, UTF-8.</param>
    /// <param name="received">The channel and the message's bytes.</param>
    /// <param name="error">
    /// <see cref="ConnectionErrors.InvalidJson"/> or <see cref="ConnectionErrors.InvalidEnvelope"/> where the result is false.
    /// </param>
    /// <param name="detail">A sentence on it.</param>
    /// <returns>Whether the text is an envelope.</returns>
    public static bool TryRead(
        ReadOnlySpan<byte> text, out ReceivedMessage received, out ConnectionErrors error, [NotNullWhen(false)] out string? detail)
    {
        received = default;
        try
        {
            error = ConnectionErrors.InvalidEnvelope;
            detail = Read(text, out received);
        }
        catch (JsonException exception)
        {
            error = ConnectionErrors.InvalidJson;
            detail = exception.Message;
        }
        return detail is null;
    }

    /// <summary>Reads to the end of the text even where the envelope is wrong already: what is not JSON is told as that.</summary>
    private static string? Read(ReadOnlySpan<byte> text, out ReceivedMessage received)
    {
        var reader = new Utf8JsonReader(text, Options);
        ReadOnlySpan<byte> channel = default, message = default;
        bool hasChannel = false, hasMessage = false;
        string? fault = null;

        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            fault = "An envelope is a JSON object.";
        }
        else
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (NameIs(ref reader, "channel"u8))
                {
                    fault ??= hasChannel ? "The envelope has two members `channel`." : null;
                    hasChannel = true;
                    fault ??= ReadChannel(ref reader, out channel);
                }
                else if (NameIs(ref reader, "message"u8))
                {
                    fault ??= hasMessage ? "The envelope has two members `message`." : null;
                    hasMessage = true;
                    fault ??= ReadMessage(ref reader, text, out message);
                }
                // Whatever value was not read yet: members to come in later versions, and the rest of a wrong envelope.
                reader.Skip();
            }
        }
        // Throws where anything but white space follows.
        reader.Read();
        if (!hasChannel)
            fault ??= "The envelope has no `channel`.";
        received = new ReceivedMessage(channel, hasMessage ? message : NoMembers, text, isChecked: true);
        return fault;
    }

    // The parser throws at half a surrogate pair. Neither name has an escape
    // of that kind in any spelling, so such a member is a further one.
    private static bool NameIs(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        (!reader.ValueIsEscaped || (reader.ValueSpan.IndexOf("\\uD"u8) < 0 && reader.ValueSpan.IndexOf("\\ud"u8) < 0))
        && reader.ValueTextEquals(name);

    private static string? ReadChannel(scoped ref Utf8JsonReader reader, out ReadOnlySpan<byte> channel)
    {
        channel = default;
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
            return "The envelope's `channel` is no string.";
        if (!reader.ValueIsEscaped)
        {
            channel = reader.ValueSpan;
            return null;
        }
        // Unescaping never lengthens, and the text is within the connection's limit.
        var unescaped = new byte[reader.ValueSpan.Length];
        try
        {
            channel = unescaped.AsSpan(0, reader.CopyString(unescaped));
            return null;
        }
        catch (InvalidOperationException)
        {
            return "The envelope's `channel` has half a surrogate pair.";
        }
    }

    private static string? ReadMessage(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> text, out ReadOnlySpan<byte> message)
    {
        message = NoMembers;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.StartObject)
            return "The envelope's `message` is no object.";
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        message = text[start..(int)reader.BytesConsumed];
        return null;
    }
}
