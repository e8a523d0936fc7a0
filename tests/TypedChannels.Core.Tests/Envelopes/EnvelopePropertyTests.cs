using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CsCheck;

namespace TypedChannels.Tests.Envelopes;

/// <summary>The reader against System.Text.Json's whole parse of the same text.</summary>
public class EnvelopePropertyTests
{
    private static readonly Gen<string> Space = Gen.OneOf("", "", "", " ", "\n\t ");

    private static readonly Gen<string> Name = Gen.OneOf(
        "channel", "channel", "message", "message", "ch\\u0061nnel", "\\u006Dessage", "channe\\u006C", "Channel", "messag", "id", "", "\\uD800channel", "\\uD83D\\uDE42x", "é");

    private static readonly Gen<string> Text = Gen.OneOf(
        "\"\"", "\"chat\"", "\"set:name\"", "\"\\u0063hat\"", "\"\\uD800\"", "\"x\\uDC00y\"", "\"🙂\"", "\"\\\"\\\\\\/\\n\"");

    private static readonly Gen<string> Value = Gen.Recursive<string>((depth, inner) => depth > 4
        ? Text
        : Gen.OneOf(
            Text, Text, Gen.OneOf("null", "true", "0", "-1.5e7"),
            Gen.Select(Name, inner).Array[0, 3].Select(members => "{" + string.Join(",", members.Select(m => $"\"{m.Item1}\":{m.Item2}")) + "}"),
            inner.Array[0, 3].Select(items => "[" + string.Join(", ", items) + "]")));

    private static readonly Gen<string> Envelope = Gen.Select(Space, Name, Space, Value)
        .Select((before, name, between, value) => $"{before}\"{name}\"{between}:{value}{before}").Array[0, 5]
        .Select(members => "{" + string.Join(",", members) + "}");

    [Fact]
    public void Agrees_with_a_whole_parse_on_random_envelopes() =>
        Gen.OneOf(Envelope, Envelope, Envelope, Value).Sample(text => AssertAgrees(Encoding.UTF8.GetBytes(text)), iter: 20_000);

    [Fact]
    public void Agrees_with_a_whole_parse_on_damaged_envelopes() =>
        Gen.Select(Envelope, Gen.Int[0, 200], Gen.Byte, Gen.Int[0, 2]).Sample((text, position, replacement, kind) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            position %= bytes.Length;
            byte[] damaged = kind switch
            {
                0 => [.. bytes[..position], replacement, .. bytes[(position + 1)..]],
                1 => [.. bytes[..position], .. bytes[(position + 1)..]],
                _ => [.. bytes[..position], replacement, .. bytes[position..]],
            };
            // What is not UTF-8 ends the connection before it comes here.
            if (Utf8.IsValid(damaged))
                AssertAgrees(damaged);
        }, iter: 20_000);

    private static void AssertAgrees(byte[] text)
    {
        var (expectedError, expectedChannel, expectedMessage) = Expect(text);
        var isRead = EnvelopeReader.TryRead(text, out var received, out var error, out _);
        Assert.Equal(expectedError, isRead ? null : error);
        if (!isRead)
            return;
        Assert.Equal(expectedChannel, Encoding.UTF8.GetString(received.Channel));
        Assert.Equal(expectedMessage, received.Message.ToArray());
    }

    private static (ConnectionErrors? Error, string Channel, byte[] Message) Expect(byte[] text)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 33 });
            root = document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return (ConnectionErrors.InvalidJson, "", []);
        }
        if (root.ValueKind != JsonValueKind.Object)
            return (ConnectionErrors.InvalidEnvelope, "", []);
        var members = root.EnumerateObject().ToLookup(NameOf, member => member.Value);
        if (members["channel"].Count() != 1 || members["message"].Count() > 1 || TextOf(members["channel"].Single()) is not { } channel)
            return (ConnectionErrors.InvalidEnvelope, "", []);
        var message = members["message"].SingleOrDefault();
        return message.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => (null, channel, "{}"u8.ToArray()),
            JsonValueKind.Object => (null, channel, Encoding.UTF8.GetBytes(message.GetRawText())),
            _ => (ConnectionErrors.InvalidEnvelope, "", []),
        };
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return "half a surrogate pair";
        }
    }

    private static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
