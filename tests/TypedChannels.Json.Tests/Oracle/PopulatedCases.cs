using System.Text.Json;
using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of types whose members are filled, and of those that take what they do not know.</summary>
internal static class PopulatedCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        PopulatedOracle.Default.Case(Ours.Populated, new Corpus.Populated { C = { X = 5 } }),
        PopulatedOracle.Default.Case(Ours.PopulatedType, new PopulatedType()),
        PopulatedOracle.Default.Case(Ours.PopulatedStruct, new PopulatedStruct(), new PopulatedStruct { B = new() { X = 1 } }),
        PopulatedOracle.Default.Case(Ours.PopulatedCollections, new PopulatedCollections()),
        PopulatedOracle.Default.Case(Ours.WithExtensionData, new WithExtensionData { A = 1 }, new WithExtensionData { More = new() { ["x"] = JsonElement.Parse("[1]"), ["é"] = default(JsonElement).ValueKind == 0 ? JsonElement.Parse("null") : default } }),
        PopulatedOracle.Default.Case(Ours.WithExtensionInterface, new WithExtensionInterface(1), new WithExtensionInterface(1) { More = { ["x"] = JsonElement.Parse("1") } }),
        PopulatedOracle.Default.Case(Ours.WithInheritedExtension, new WithInheritedExtension { B = 1, More = new() { ["x"] = JsonElement.Parse("{}") } }),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Populated))]
[JsonSerializable(typeof(PopulatedType))]
[JsonSerializable(typeof(PopulatedStruct))]
[JsonSerializable(typeof(PopulatedCollections))]
[JsonSerializable(typeof(WithExtensionData))]
[JsonSerializable(typeof(WithExtensionInterface))]
[JsonSerializable(typeof(WithInheritedExtension))]
internal sealed partial class PopulatedOracle : JsonSerializerContext;
