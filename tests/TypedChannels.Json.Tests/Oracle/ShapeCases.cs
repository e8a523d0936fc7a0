using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of generic, recursive, derived and oddly named types.</summary>
internal static class ShapeCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        ShapeOracle.Default.Case(Ours.PairsOfPairs, new PairsOfPairs(new(1, null), new(new(Mood.Sad, null), [new(1, 2)]), new("a", "b", "c"))),
        ShapeOracle.Default.Case(Ours.GenericBases, new GenericBases(new("t") { Tag = Guid.Empty }, [])),
        ShapeOracle.Default.Case(Ours.GenericStructs, new GenericStructs(new() { Has = true, Value = 1 }, new() { Value = "v" }, new Maybe<Maybe<Point>> { Value = new() { Value = new(1, "y") } })),
        ShapeOracle.Default.Case(Ours.Pages, new Pages(new() { Items = [new("u", null, 1, null)], Next = new() }, new() { Items = ["a"], ByName = new() { ["x"] = "y" } })),
        ShapeOracle.Default.Case(Ours.TreeNode, new TreeNode { Value = 1, Left = new() { Value = 2 }, Right = new() { Others = [new() { Value = 3 }] } }),
        ShapeOracle.Default.Case(Ours.Mutual, new Mutual(new(new(null, 1), [new(null, 2)]), 3)),
        ShapeOracle.Default.Case(Ours.Level3, new Level3(), new Level3 { V = 1, W = null, Shadowed = "x", Own2 = 3 }),
        ShapeOracle.Default.Case(Ours.Concrete, new Concrete { A = 1 }),
        ShapeOracle.Default.Case(Ours.GetterOverridden, new GetterOverridden { A = 3 }),
        ShapeOracle.Default.Case(Ours.ExplicitInterface, new ExplicitInterface { Seen = 1 }),
        ShapeOracle.Default.Case(Ours.ManyNames, new ManyNames { URL = 1, Escaped = 2, Empty = 3 }),
        ShapeOracle.Default.Case(Ours.ManyOrders, new ManyOrders { A = 1, B = 2, C = 3, D = 4, E = 5, F = 6 }),
        ShapeOracle.Default.Case(Ours.Nullability, new Nullability { E = "e" }, new Nullability { A = null!, E = "e" }, new Nullability { B = "b", C = ["c", null!], D = [null], E = "e", F = new("u", null, 1, null), G = [null!], H = 1 }),
        ShapeOracle.Default.Case(Ours.AnyJson, new AnyJson(JsonElement.Parse("{ \"a\": [1e400, 1.0] }"), [JsonElement.Parse("null")], new() { ["x"] = null }, [(JsonNode)1, null])),
        ShapeOracle.Default.Case(Ours.StrictOuter, new StrictOuter(1, new("b"), new("c"))),
        ShapeOracle.Default.Case(Ours.DeepContainers, new DeepContainers([new() { ["a"] = [[null, new Point(1, "y")]] }], new() { [1] = new() { [Mood.SoSo] = ["s"] } }, new([new("q", new([1, 2]))]))),
        ShapeOracle.Default.Case(Ours.WithObsolete, new WithObsolete { B = 2 }),
        ShapeOracle.Default.Case(Ours.WriteOnly, new WriteOnly { A = 1 }),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums), typeof(FiniteDoubles), typeof(FiniteSingles)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PairsOfPairs))]
[JsonSerializable(typeof(GenericBases))]
[JsonSerializable(typeof(GenericStructs))]
[JsonSerializable(typeof(Pages))]
[JsonSerializable(typeof(TreeNode))]
[JsonSerializable(typeof(Mutual))]
[JsonSerializable(typeof(Level3))]
[JsonSerializable(typeof(Concrete))]
[JsonSerializable(typeof(GetterOverridden))]
[JsonSerializable(typeof(ExplicitInterface))]
[JsonSerializable(typeof(ManyNames))]
[JsonSerializable(typeof(ManyOrders))]
[JsonSerializable(typeof(Nullability))]
[JsonSerializable(typeof(AnyJson))]
[JsonSerializable(typeof(StrictOuter))]
[JsonSerializable(typeof(DeepContainers))]
[JsonSerializable(typeof(WithObsolete))]
[JsonSerializable(typeof(WriteOnly))]
internal sealed partial class ShapeOracle : JsonSerializerContext;
