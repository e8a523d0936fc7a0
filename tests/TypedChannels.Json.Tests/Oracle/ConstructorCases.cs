using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of types that are made in every way.</summary>
internal static class ConstructorCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        ConstructorOracle.Default.Case(Ours.OneConstructor, new OneConstructor(1, "b"), new OneConstructor(1, null)),
        ConstructorOracle.Default.Case(Ours.MarkedAmong, new MarkedAmong(1, 2)),
        ConstructorOracle.Default.Case(Ours.InternalMarked, new InternalMarked(1)),
        ConstructorOracle.Default.Case(Ours.Normalising, new Normalising(" a ")),
        ConstructorOracle.Default.Case(Ours.Throwing, new Throwing(1)),
        ConstructorOracle.Default.Case(Ours.ConstructorAndSetters, new ConstructorAndSetters(1) { C = "c" }, new ConstructorAndSetters(1) { B = 2, C = "", D = 3 }),
        ConstructorOracle.Default.Case(Ours.SetsRequiredWithParameters, new SetsRequiredWithParameters(1), new SetsRequiredWithParameters(1) { B = "x", C = "c" }),
        ConstructorOracle.Default.Case(Ours.RequiredInBase, new RequiredInBase { Inherited = 1, Renamed = null, Own = "o" }),
        ConstructorOracle.Default.Case(Ours.ManyParameters, new ManyParameters(1, 2, 3, 4, 5, 6, 7, 8, "i", null, 11, true, 1.5, Mood.SoSo, new(1, "y"), [1])),
        ConstructorOracle.Default.Case(Ours.MarkedStruct, default, new MarkedStruct(1) { B = 2 }),
        ConstructorOracle.Default.Case(Ours.ReadOnlyStruct, default, new ReadOnlyStruct(1, "b")),
        ConstructorOracle.Default.Case(Ours.RequiredStruct, new RequiredStruct { A = 1, B = "b" }),
        ConstructorOracle.Default.Case(Ours.StructsInStructs, new StructsInStructs(new() { A = 1, B = "b" }, null, [new(1), new(2, "x")], new(3))),
        ConstructorOracle.Default.Case(Ours.OtherCase, new OtherCase(1, 2)),
        ConstructorOracle.Default.Case(Ours.RenamedParameters, new RenamedParameters(1, 2, 3)),
        ConstructorOracle.Default.Case(Ours.IgnoredAtTimes, new IgnoredAtTimes(null), new IgnoredAtTimes("a", 1, 2)),
        ConstructorOracle.Default.Case(Ours.EveryInit, new EveryInit(), new EveryInit { A = 1, B = 2, C = "c", D = [3], E = Mood.Sad, F = new(1, "y"), G = 4 }),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums), typeof(FiniteDoubles), typeof(FiniteSingles)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(OneConstructor))]
[JsonSerializable(typeof(MarkedAmong))]
[JsonSerializable(typeof(InternalMarked))]
[JsonSerializable(typeof(Normalising))]
[JsonSerializable(typeof(Throwing))]
[JsonSerializable(typeof(ConstructorAndSetters))]
[JsonSerializable(typeof(SetsRequiredWithParameters))]
[JsonSerializable(typeof(RequiredInBase))]
[JsonSerializable(typeof(ManyParameters))]
[JsonSerializable(typeof(MarkedStruct))]
[JsonSerializable(typeof(ReadOnlyStruct))]
[JsonSerializable(typeof(RequiredStruct))]
[JsonSerializable(typeof(StructsInStructs))]
[JsonSerializable(typeof(OtherCase))]
[JsonSerializable(typeof(RenamedParameters))]
[JsonSerializable(typeof(IgnoredAtTimes))]
[JsonSerializable(typeof(EveryInit))]
internal sealed partial class ConstructorOracle : JsonSerializerContext;
