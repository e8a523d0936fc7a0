using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of the collections.</summary>
internal static class CollectionCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        CollectionOracle.Default.Case(Ours.InIList, new InIList([1, 2], ["a", null]), new InIList([], null)),
        CollectionOracle.Default.Case(Ours.InICollection, new InICollection([1], [new Point(1, "y")])),
        CollectionOracle.Default.Case(Ours.InIEnumerable, new InIEnumerable([1, 2], [["a"], []])),
        CollectionOracle.Default.Case(Ours.InIReadOnlyCollection, new InIReadOnlyCollection([1], [Mood.SoSo])),
        CollectionOracle.Default.Case(Ours.InHashSet, new InHashSet([1, 2], ["a"])),
        CollectionOracle.Default.Case(Ours.InISet, new InISet(new HashSet<int> { 1 }, new HashSet<Mood> { Mood.Sad })),
        CollectionOracle.Default.Case(Ours.InSortedSet, new InSortedSet([2, 1], ["b", "a"])),
        CollectionOracle.Default.Case(Ours.InQueue, new InQueue(new([1, 2]), new([new Chat("u", null, 1, null)]))),
        CollectionOracle.Default.Case(Ours.InStack, new InStack(new([1, 2]), new([new Stack<int>([3, 4])]))),
        CollectionOracle.Default.Case(Ours.InLinkedList, new InLinkedList(new([1, 2]), new(["a", null]))),
        CollectionOracle.Default.Case(Ours.InConcurrentQueue, new InConcurrentQueue(new([1, 2]), new(["a"]))),
        CollectionOracle.Default.Case(Ours.InConcurrentStack, new InConcurrentStack(new([1, 2]), new(["a"]))),
        CollectionOracle.Default.Case(Ours.InCollection, new InCollection([1, 2], [new Empty()])),
        CollectionOracle.Default.Case(Ours.InObservableCollection, new InObservableCollection([1, 2], ["a"])),
        CollectionOracle.Default.Case(Ours.InArrays, new InArrays([1], ["a", null], [[new Point(1, "y")], []], [null, new("u", "t", 1, Mood.Sad)], [1, 2], ['a', 'é'], [-1]), new InArrays(null!, null, [null!], [], [], [], [])),
        CollectionOracle.Default.Case(Ours.InLists, new InLists([[1], []], [new() { ["x"] = [Mood.Glad, null] }], [1, null])),
        CollectionOracle.Default.Case(Ours.InMemory, new InMemory(new byte[] { 1, 2 }, new byte[] { 3 }, new[] { 1, 2 }, new[] { "a" }), new InMemory(default, default, default, default, new byte[] { 1 }, new[] { 1 })),
        CollectionOracle.Default.Case(Ours.InDerived, new InDerived([1], ["n"], ["t"], Filled(new IntQueue(), q => q.Enqueue(1)), Filled(new IntStack(), s => s.Push(1)), [Mood.Sad], Filled(new IntLinked(), l => l.AddLast(1)))),
        CollectionOracle.Default.Case(Ours.InTree, new InTree(new(1, [new(2, null), new(3, [])]), [new(4, null)])),
        CollectionOracle.Default.Case(Ours.InHandList, new InHandList([1, 2])),
        CollectionOracle.Default.Case(Ours.InImmutableArray, new InImmutableArray([1, 2], ["a"]), new InImmutableArray([], null), new InImmutableArray(default, null)),
        CollectionOracle.Default.Case(Ours.InImmutableList, new InImmutableList([1, 2], ["a"])),
        CollectionOracle.Default.Case(Ours.InImmutableQueue, new InImmutableQueue([1, 2], ["a", "b"])),
        CollectionOracle.Default.Case(Ours.InImmutableStack, new InImmutableStack([1, 2], ["a", "b"])),
        CollectionOracle.Default.Case(Ours.InImmutableHashSet, new InImmutableHashSet([1, 2], [3])),
        CollectionOracle.Default.Case(Ours.InImmutableSortedSet, new InImmutableSortedSet([2, 1], ["b", "a"])),
        CollectionOracle.Default.Case(Ours.InSettable, new InSettable(), new InSettable { A = [], B = new Collection<int> { 5 }, C = [6], D = [] }),
        CollectionOracle.Default.Case(Ours.InStruct, default, new InStruct { A = [1], B = [2], C = new([new Plain { A = 1, B = "b" }]) }),
    ];

    private static T Filled<T>(T collection, Action<T> fill)
    {
        fill(collection);
        return collection;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(InIList))]
[JsonSerializable(typeof(InICollection))]
[JsonSerializable(typeof(InIEnumerable))]
[JsonSerializable(typeof(InIReadOnlyCollection))]
[JsonSerializable(typeof(InHashSet))]
[JsonSerializable(typeof(InISet))]
[JsonSerializable(typeof(InSortedSet))]
[JsonSerializable(typeof(InQueue))]
[JsonSerializable(typeof(InStack))]
[JsonSerializable(typeof(InLinkedList))]
[JsonSerializable(typeof(InConcurrentQueue))]
[JsonSerializable(typeof(InConcurrentStack))]
[JsonSerializable(typeof(InCollection))]
[JsonSerializable(typeof(InObservableCollection))]
[JsonSerializable(typeof(InArrays))]
[JsonSerializable(typeof(InLists))]
[JsonSerializable(typeof(InMemory))]
[JsonSerializable(typeof(InDerived))]
[JsonSerializable(typeof(InTree))]
[JsonSerializable(typeof(InHandList))]
[JsonSerializable(typeof(InImmutableArray))]
[JsonSerializable(typeof(InImmutableList))]
[JsonSerializable(typeof(InImmutableQueue))]
[JsonSerializable(typeof(InImmutableStack))]
[JsonSerializable(typeof(InImmutableHashSet))]
[JsonSerializable(typeof(InImmutableSortedSet))]
[JsonSerializable(typeof(InSettable))]
[JsonSerializable(typeof(InStruct))]
internal sealed partial class CollectionOracle : JsonSerializerContext;
