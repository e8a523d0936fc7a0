using System.Text;
using System.Text.Json.Serialization;

namespace TypedChannels.Tests.Connections;

/// <summary>The record that the tests send and receive.</summary>
internal sealed record Note(string Text)
{
    public static readonly ChannelDescriptor<Note> Channel = new("note", ChannelDirection.Both, 0, new JsonMessageCodec<Note>(NoteContext.Default.Note));

    /// <summary>Its envelope as text.</summary>
    public static string Envelope(string text) => $$$"""{"channel":"note","message":{"text":"{{{text}}}"}}""";

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(Envelope(text));

    public static byte[] Bytes(int number) => Bytes(number.ToString());
}

[JsonSerializable(typeof(Note))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
internal sealed partial class NoteContext : JsonSerializerContext;
