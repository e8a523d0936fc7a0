using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>The corpus: every root type with values that reach its corners.</summary>
internal static class Cases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IReadOnlyList<Case> All { get; } =
    [
        Of(Ours.Chat, new("alice", "hi", 1, Mood.SoSo), new("", null, int.MinValue, null), new(null!, "x", 0, null), new("é<&>\"\\\u0001😀", "\ud800", 0, (Mood)7)),
        Of(Ours.Empty, new Empty()),
        Of(Ours.Init, new Init(), new() { A = 1, B = "x", C = "y" }, new() { B = null! }),
        Of(Ours.Required, new Required { A = 1, B = "b" }, new() { A = 0, B = "", C = "c", Ignored = new object() }),
        Of(Ours.SetsRequired, new SetsRequired(3)),
        Of(Ours.RequiredAndConstructor, new RequiredAndConstructor(3) { A = 4, B = "b" }),
        Of(Ours.Plain, default, new Plain { A = 1, B = "b" }),
        Of(Ours.WithDefault, default, new WithDefault()),
        Of(Ours.Point, default, new Point(1, "y"), new Point(1, "y", -1)),
        Of(Ours.Marked, new Marked(), new Marked(1, "x") { Extra = 2 }),
        Of(Ours.Optional, new Corpus.Optional(), new Corpus.Optional(1, "s", Mood.Glad, DateTime.UnixEpoch, 1, null, 1.5, 2m, 'x', null, 1, 2, 3, false, "z", 1, Rights.Read)),
        Of(Ours.ByReference, new ByReference(1, Mood.Sad)),
        Of(Ours.Named, new Named("n", 1, 2)),
        Of(Ours.Ordered, new Ordered { First = 1, Last = 2, Middle = 3, Needed = 4 }),
        Of(Ours.Unmapped, new Unmapped(1)),
        Of(Ours.Oblivious, new Oblivious("a", ["b"]) { C = "c" }, new Oblivious(null, null)),
        Of(Ours.Annotated, new Annotated { Output = "o" }, new Annotated { Input = null }, new Annotated { Output = "o", Maybe = null! }),
        Of(Ours.Mixture, new Mixture("a", 1) { E = 2 }, new Mixture("a", 1) { C = null, D = 5, E = 2 }),
        Of(Ours.Derived, new Derived { Needed = 1 }, Everything()),
        Of(Ours.Circle, new Circle("c", 1.25)),
        Of(Ours.Ignores, new Ignores(), new Ignores { A = "a", B = 1, C = 2, D = 3, E = 4, F = 5, G = 6, Callback = () => { } }),
        Of(Ours.IgnoredParameter, new IgnoredParameter("s", 1)),
        Of(Ours.OneNameTwice, new OneNameTwice { A = 1, B = "x" }),
        Of(Ours.IgnoredAndUnmapped, new IgnoredAndUnmapped { A = 1 }),
        Of(Ours.Callbacks, new Callbacks { A = 1 }),
        Of(Ours.Node, new Node("leaf", [], null, null, null), Tree()),
        Of(Ours.Link, Chain(1), Chain(31), Chain(32), Chain(33)),
        Of(Ours.Boxes, new Boxes(new(1, [2]), new("a", ["b", null!]), new(new(Mood.Sad, [null]), [null]), new("n"), new(1, "i")), new Boxes(new(1, []), new(null!, []), new(null, []), new(null!), new(0, null!))),
        Of(Ours.All, AllValues.Some(), AllValues.Least(), AllValues.Most()),
        Of(Ours.Lists, new Lists([1, 2], ["a", null], [new Point(1, "y")], new() { ["é"] = 1, [""] = null }, [[1], []], new() { ["m"] = [Mood.Glad] }, [[1, 2, 3]], [Mood.Sad, null], [["x"]])),
        Of(Ours.Internal, new Internal(new("a", new("s")), [new("b", new("t"))])),
        Of(Ours.Nested, new Shell.Nested(new("u", null, 1, null), new("deep"))),
        Of(Ours.InGlobalNamespace, new InGlobalNamespace(new(1, null), "e")),
        Direct(Ours.Scalars, DirectValues.Scalars),
        Direct(Ours.Sparse, DirectValues.Sparse),
        Direct(Ours.Wide, DirectValues.Wide),
        Direct(Ours.Setters, new Setters(1)),
        Direct(Ours.OddNames, DirectValues.OddNames),
        Direct(Ours.Picky, DirectValues.Picky),
        Hostile(Ours.Hostile_Two_Message, new Hostile.Two.Message(
            new(new(1), new(2), new(3), new(4), new(5), new(6), new(7), new(8)), [new("t")], new(1), new(2))),
        Hostile(Ours.OneName, new OneName(new(1), new("b"), new(true), [new(2)], [new(false)])),
        Hostile(Ours.MyApp_System_Guid, new MyApp.System.Guid(Guid.Empty, new(1))),
        .. CollectionCases.All,
        .. DictionaryCases.All,
        .. ScalarCases.All,
        .. ConverterCases.All,
        .. NumberCases.All,
        .. PopulatedCases.All,
        .. IncludedCases.All,
        .. PolymorphicCases.All,
        .. ConstructorCases.All,
        .. ShapeCases.All,
        .. OwnCases.All,
    ];

    private static readonly Dictionary<string, Case> ByName = All.ToDictionary(c => c.Name);

    public static Case Named(string name) => ByName[name];

    private static Case<T> Of<T>(JsonTypeInfo<T> ours, params T[] values) =>
        new(ours, (JsonTypeInfo<T>)OracleContext.Default.GetTypeInfo(typeof(T))!, values);

    private static Case<T> Direct<T>(JsonTypeInfo<T> ours, params T[] values) =>
        new(ours, (JsonTypeInfo<T>)DirectOracleContext.Default.GetTypeInfo(typeof(T))!, values);

    private static Case<T> Hostile<T>(JsonTypeInfo<T> ours, params T[] values) =>
        new(ours, (JsonTypeInfo<T>)HostileOracleContext.Default.GetTypeInfo(typeof(T))!, values);

    private static Derived Everything()
    {
        var derived = new Derived { Needed = 1, V = 2, Hidden = "h", Inherited = "i", Own = 3, IgnoredAbove = 4, IgnoredBelow = 5, HiddenByIgnored = "x" };
        ((Base)derived).Hidden = 6;
        ((Base)derived).HiddenByIgnored = 7;
        return derived;
    }

    private static Node Tree()
    {
        var leaf = new Node("leaf", [], null, null, null);
        return new Node("root", [leaf, leaf], new() { ["a.b"] = leaf, ["x'y"] = leaf }, [null, leaf], [leaf]);
    }

    private static Link Chain(int length) => new(length, length > 1 ? Chain(length - 1) : null);
}
