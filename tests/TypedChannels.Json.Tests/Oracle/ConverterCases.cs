using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of types and members with converters of their own.</summary>
internal static class ConverterCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        ConverterOracle.Default.Case(Ours.WithMoney, new WithMoney(new(150), null, [new(1), new(-250)]), new WithMoney(default, new(5), [])),
        ConverterOracle.Default.Case(Ours.ByMoney, new ByMoney(new() { [new(150)] = 1 })),
        ConverterOracle.Default.Case(Ours.WithMarked, new WithMarked(1, 2, 3), new WithMarked(1, null, 3)),
        ConverterOracle.Default.Case(Ours.WithNullableMarked, new WithNullableMarked(), new WithNullableMarked { A = 1, B = 2 }),
        ConverterOracle.Default.Case(Ours.WithWrappers, new WithWrappers(new(1), new("x"), [new(2)]), new WithWrappers(new(1), null, [])),
        ConverterOracle.Default.Case(Ours.WithWrappedMember, new WithWrappedMember(new(1))),
        ConverterOracle.Default.Case(Ours.WithOpaque, new WithOpaque(Opaque.Of("a"), [Opaque.Of("b"), null])),
        ConverterOracle.Default.Case(Ours.WithObject, new WithObject("a"), new WithObject("a", "b")),
        ConverterOracle.Default.Case(Ours.WithCommas, new WithCommas([1, 2], [3])),
        ConverterOracle.Default.Case(Ours.WithSizes, new WithSizes(Size.Large, null, Level.High, Level.Low, [Level.High], new() { [Size.Large] = Level.High }), new WithSizes((Size)7, Size.Small, (Level)7, null, [], [])),
        ConverterOracle.Default.Case(Ours.WithMoods, new WithMoods(Mood.SoSo, Mood.Sad, Mood.Sad, Mood.Sad), new WithMoods(Mood.Glad, null, Mood.Glad, Mood.SoSo)),
        ConverterOracle.Default.Case(Ours.ConvertedRoot, new ConvertedRoot(3)),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(WithMoney))]
[JsonSerializable(typeof(ByMoney))]
[JsonSerializable(typeof(WithMarked))]
[JsonSerializable(typeof(WithNullableMarked))]
[JsonSerializable(typeof(WithWrappers))]
[JsonSerializable(typeof(WithWrappedMember))]
[JsonSerializable(typeof(WithOpaque))]
[JsonSerializable(typeof(WithObject))]
[JsonSerializable(typeof(WithCommas))]
[JsonSerializable(typeof(WithSizes))]
[JsonSerializable(typeof(WithMoods))]
[JsonSerializable(typeof(ConvertedRoot))]
internal sealed partial class ConverterOracle : JsonSerializerContext;
