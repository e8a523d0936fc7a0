using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of types with included fields and internal members, and with callbacks.</summary>
internal static class IncludedCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        IncludedOracle.Default.Case(Ours.WithFields, new WithFields { A = 1, C = [2], D = Mood.Sad, E = 3 }, new WithFields { B = null }),
        IncludedOracle.Default.Case(Ours.StructWithFields, default, new StructWithFields { A = 1, B = new Point(1, "y") }),
        IncludedOracle.Default.Case(Ours.WithInternals, new WithInternals { A = 1, B = 2, C = 3, D = "d", Hidden = 4 }),
        IncludedOracle.Default.Case(Ours.WithRequiredFields, new WithRequiredFields { A = 1, B = 2, C = 3 }, new WithRequiredFields { A = 0 }),
        IncludedOracle.Default.Case(Ours.FieldsOfParameters, new FieldsOfParameters(1, "b")),
        IncludedOracle.Default.Case(Ours.IncludedDerived, new IncludedDerived { A = 1, B = 2, C = 3 }),
        IncludedOracle.Default.Case(Ours.ConvertedFields, new ConvertedFields { A = 1, B = 2 }),
        IncludedOracle.Default.Case(Ours.AllCallbacks, new AllCallbacks { A = 1 }),
        IncludedOracle.Default.Case(Ours.ExplicitCallbacks, new ExplicitCallbacks(1)),
        IncludedOracle.Default.Case(Ours.InheritedCallbacks, new InheritedCallbacks { A = 1, B = 2 }, new InheritedCallbacks { A = -1 }),
        IncludedOracle.Default.Case(Ours.StructCallbacks, new StructCallbacks(new() { A = 1 }, new() { A = 2 })),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WithFields))]
[JsonSerializable(typeof(StructWithFields))]
[JsonSerializable(typeof(WithInternals))]
[JsonSerializable(typeof(WithRequiredFields))]
[JsonSerializable(typeof(FieldsOfParameters))]
[JsonSerializable(typeof(IncludedDerived))]
[JsonSerializable(typeof(ConvertedFields))]
[JsonSerializable(typeof(AllCallbacks))]
[JsonSerializable(typeof(ExplicitCallbacks))]
[JsonSerializable(typeof(InheritedCallbacks))]
[JsonSerializable(typeof(StructCallbacks))]
internal sealed partial class IncludedOracle : JsonSerializerContext;
