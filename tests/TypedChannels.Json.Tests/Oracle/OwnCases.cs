using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of types that the own context describes.</summary>
internal static class OwnCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        OwnOracle.Default.Case(Ours.OfOwn, new OfOwn(new(1, 2), new("u", new(3, 4), Mood.SoSo, new("u", null, 1, Mood.Sad)), [])),
        OwnOracle.Default.Case(Ours.Anything, new Anything(null, [null]), new Anything(1, ["x", true, 1.5])),
        OwnOracle.Default.Case(Ours.OwnRoot, new OwnRoot(1, new("u", new(3, 4), Mood.Glad, null))),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums), typeof(FiniteDoubles), typeof(FiniteSingles)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(OfOwn))]
[JsonSerializable(typeof(Anything))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(OwnRoot))]
internal sealed partial class OwnOracle : JsonSerializerContext;
