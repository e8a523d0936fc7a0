using System.Text.Json.Serialization;

namespace TypedChannels.Json.Tests.Corpus;

[Channel("enum of a non-generic converter")]
public sealed class WithReflectingConverter
{
    [JsonConverter(typeof(JsonStringEnumConverter))]
    public Mood A { get; set; }

    [JsonConverter(typeof(JsonStringEnumConverter))]
    public Mood? B { get; set; }
}
