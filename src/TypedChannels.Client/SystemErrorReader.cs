using System.Text.Json;

namespace TypedChannels;

/// <summary>Reads what a server tells on <c>_system:error</c>: the code of a message that it refused and, where it knows it, the channel.</summary>
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
            if (isCode && reader.TokenType == JsonTokenType.String)
                code = reader.GetString();
            else if (isChannel && reader.TokenType == JsonTokenType.String)
                channel = reader.GetString();
            reader.Skip();
        }
        // A later server may have codes that this client does not know.
        return Enum.TryParse<ConnectionErrors>(code, out var known)
            ? new MessageError(known, channel, "The server refused a message.", null)
            : new MessageError(ConnectionErrors.InvalidMessage, channel, $"The server refused a message: {code}.", null);
    }
}
