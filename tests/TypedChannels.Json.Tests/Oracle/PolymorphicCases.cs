using System.Text.Json;
using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of types that stand for those derived from them.</summary>
internal static class PolymorphicCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        PolymorphicOracle.Default.Case(Ours.Animals, new Animals(new Cat("c", 9), null, [new Dog("d") { Barks = true }, new Cat("e", 1)], new() { ["x"] = null, ["y"] = new Dog("z") }), new Animals(new Puppy("p"), null, [])),
        PolymorphicOracle.Default.Case(Ours.Figures, new Figures(new Square { Side = 2 }, [new Disc(1), null]), new Figures(new Disc(2), [])),
        PolymorphicOracle.Default.Case(Ours.Vehicles, new Vehicles(new Car { Wheels = 4, Doors = 5 }, new Boat { Sails = 1 }, new Car()), new Vehicles(new Vehicle { Wheels = 1 }, null, null)),
        PolymorphicOracle.Default.Case(Ours.Nearest, new Nearest(new Bottom { A = 1, B = 2, C = 3 }, [new Top(), new Middle()])),
        PolymorphicOracle.Default.Case(Ours.WithoutDiscriminators, new WithoutDiscriminators(new PlainDerived { A = 1, B = 2 }, [new PlainBase { A = 3 }])),
        PolymorphicOracle.Default.Case(Ours.PolymorphicRoot, new PolymorphicRoot(1), new RootDerived(2, "b")),
        PolymorphicOracle.Default.Case(Ours.RootDerived, new RootDerived(2, "b")),
        PolymorphicOracle.Default.Case(Ours.AbstractRoot, new AbstractLeaf(1, "b"), new AbstractNode(2, new AbstractLeaf(3, "c"))),
        PolymorphicOracle.Default.Case(Ours.GenericNodes, new GenericNodes(new GenericNode<int> { Value = 1, Next = new GenericNode<string> { Value = "x" } })),
        PolymorphicOracle.Default.Case(Ours.Events, new Events(new DerivedEvent { Kind = "k" }, new BaseEvent { More = new() { ["x"] = JsonElement.Parse("1") } })),
        PolymorphicOracle.Default.Case(Ours.People, new People(new Person("n", 1, "e"), [new Person("m", 2, "f")])),
        PolymorphicOracle.Default.Case(Ours.StrictPolymorphic, new StrictPolymorphic(new UnknownChecked { A = 1, B = 2 })),
        PolymorphicOracle.Default.Case(Ours.PolymorphicLists, new PolymorphicLists([1], [new MarkedList { 2 }, [3]])),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums), typeof(FiniteDoubles)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Animals))]
[JsonSerializable(typeof(Figures))]
[JsonSerializable(typeof(Vehicles))]
[JsonSerializable(typeof(Nearest))]
[JsonSerializable(typeof(WithoutDiscriminators))]
[JsonSerializable(typeof(PolymorphicRoot))]
[JsonSerializable(typeof(RootDerived))]
[JsonSerializable(typeof(AbstractRoot))]
[JsonSerializable(typeof(GenericNodes))]
[JsonSerializable(typeof(Events))]
[JsonSerializable(typeof(People))]
[JsonSerializable(typeof(StrictPolymorphic))]
[JsonSerializable(typeof(PolymorphicLists))]
internal sealed partial class PolymorphicOracle : JsonSerializerContext;
