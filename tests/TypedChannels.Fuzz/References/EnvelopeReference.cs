using System.Text;
using System.Text.Json;

namespace TypedChannels.Fuzz.References;

/// <summary>What an envelope is, on a whole parse of the text.</summary>
/// <param name="Fault">Null: it is one. <c>json</c>: it is no JSON. <c>envelope</c>: it is other JSON.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="Message">The message's text.</param>
internal sealed record EnvelopeReference(string? Fault, string Channel = "", string Message = "{}")
{
    // The envelope is one level around a message of 32.
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 33 };

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 33, AllowDuplicateProperties = false };

    /// <summary>The strict parse of one message, as its reader does it.</summary>
    private static readonly JsonDocumentOptions Inner = new() { MaxDepth = 32 };

    public static EnvelopeReference Of(byte[] text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Lenient);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return new EnvelopeReference("json");
        }
    }

    /// <summary>Whether a parser that takes no name twice, anywhere, takes the text.</summary>
    public static bool IsStrict(byte[] text)
    {
        try
        {
            JsonDocument.Parse(text, Strict).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second: a name with half a surrogate pair, which cannot be compared.
            return false;
        }
    }

    public static bool IsMessage(ReadOnlyMemory<byte> text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Inner);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static EnvelopeReference Of(JsonElement root)
    {
        var wrong = new EnvelopeReference("envelope");
        if (root.ValueKind != JsonValueKind.Object)
            return wrong;
        var members = root.EnumerateObject().ToList();
        var channels = members.Where(member => IsNamed(member, "channel")).Select(member => member.Value).ToList();
        var messages = members.Where(member => IsNamed(member, "message")).Select(member => member.Value).ToList();
        if (channels is not [{ ValueKind: JsonValueKind.String } channel] || messages.Count > 1 || Text(channel) is not { } name)
            return wrong;
        return messages switch
        {
            [] or [{ ValueKind: JsonValueKind.Null }] => new EnvelopeReference(null, name),
            [{ ValueKind: JsonValueKind.Object } message] => new EnvelopeReference(null, name, message.GetRawText()),
            _ => wrong,
        };
    }

    private static bool IsNamed(JsonProperty member, string name)
    {
        try
        {
            return member.Name == name;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
