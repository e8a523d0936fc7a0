using System.Text.Json;

namespace TypedChannels;

/// <summary>
/// Reads what a server tells on <c>_system:error</c>: the code of a message that it refused and, where it knows it, the channel.
/// </summary>
internal static class SystemErrorReader
{
    public static MessageError Read(ReadOnlySpan<byte> message)
    {
        string? code = null, channel = null;
        var reader = new Utf8JsonReader(message);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isCode = reader.ValueTextEquals("code"u8);
            var isChannel = reader.ValueTextEquals("channel"u8);
            reader.Read();
            if (isCode)
                code = Text(ref reader);
            else if (isChannel)
                channel = Text(ref reader);
            reader.Skip();
        }
        // A later server may have codes that this client does not know.
        return Known(code) is { } known
            ? new MessageError(known, channel, "The server refused a message.", null)
            : new MessageError(ConnectionErrors.InvalidMessage, channel, $"The server refused a message: {code}.", null);
    }

    // By name alone: Enum.TryParse would take a number, or a list of names, too.
    private static ConnectionErrors? Known(string? code)
    {
        foreach (var known in Enum.GetValues<ConnectionErrors>())
        {
            if (known.ToString() == code)
                return known;
        }
        return null;
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair: well-formed JSON, but no text.
            return null;
        }
    }
}
