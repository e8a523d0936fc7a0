using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of types and members with a number handling of their own.</summary>
internal static class NumberCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        NumberOracle.Default.Case(Ours.ReadFromStrings, new ReadFromStrings { A = 1, B = 2, C = 3.5m, Strict = 4 }),
        NumberOracle.Default.Case(Ours.WrittenAsStrings, new WrittenAsStrings(1, 2, 3), new WrittenAsStrings(-1, ulong.MaxValue, null)),
        NumberOracle.Default.Case(Ours.NamedLiterals, new NamedLiterals(double.NaN, float.NegativeInfinity, Half.PositiveInfinity), new NamedLiterals(1.5, null, Half.One)),
        NumberOracle.Default.Case(Ours.AllAsStrings, new AllAsStrings(1, 1.5, 2.5f, [1, 2], "x", new() { ["a"] = 1 }), new AllAsStrings(1, -0.0, null, [], "", [], 7)),
        NumberOracle.Default.Case(Ours.StrictInside, new StrictInside { A = 1, B = 2, Inner = new(3) }),
        NumberOracle.Default.Case(Ours.NumberCollections, new NumberCollections([1], new() { ["a"] = 1 }, [1, null])),
        NumberOracle.Default.Case(Ours.WithLenient, new WithLenient([1, 2], [3])),
        NumberOracle.Default.Case(Ours.WithLenientStruct, new WithLenientStruct(new() { A = 1, B = 1.5 }, null, [new() { A = 2 }])),
        NumberOracle.Default.Case(Ours.RealCollections, new RealCollections([double.NaN, 1.5], [null, float.NegativeInfinity], new() { ["a"] = Half.One }, [double.PositiveInfinity], new() { [1] = double.NaN, [2] = null })),
        NumberOracle.Default.Case(Ours.LenientReals, new LenientReals { A = double.NaN, B = [double.NegativeInfinity, 2], C = [null, Half.NaN] }),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ReadFromStrings))]
[JsonSerializable(typeof(WrittenAsStrings))]
[JsonSerializable(typeof(NamedLiterals))]
[JsonSerializable(typeof(AllAsStrings))]
[JsonSerializable(typeof(StrictInside))]
[JsonSerializable(typeof(NumberCollections))]
[JsonSerializable(typeof(WithLenient))]
[JsonSerializable(typeof(WithLenientStruct))]
[JsonSerializable(typeof(RealCollections))]
[JsonSerializable(typeof(LenientReals))]
internal sealed partial class NumberOracle : JsonSerializerContext;
