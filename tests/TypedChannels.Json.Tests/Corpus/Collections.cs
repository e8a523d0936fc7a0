using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;

namespace TypedChannels.Json.Tests.Corpus;

/// <summary>Collections: each kind in a record of its own, so that a mistake shows which.</summary>
[Channel("IList")]
public sealed record InIList(IList<int> A, IList<string?>? B);

[Channel("ICollection")]
public sealed record InICollection(ICollection<int> A, ICollection<Point>? B);

[Channel("IEnumerable")]
public sealed record InIEnumerable(IEnumerable<int> A, IEnumerable<IEnumerable<string>>? B);

[Channel("IReadOnlyCollection")]
public sealed record InIReadOnlyCollection(IReadOnlyCollection<int> A, IReadOnlyCollection<Mood>? B);

[Channel("IReadOnlySet")]
public sealed record InIReadOnlySet(IReadOnlySet<int> A, IReadOnlySet<string>? B);

[Channel("HashSet")]
public sealed record InHashSet(HashSet<int> A, HashSet<string>? B);

[Channel("ISet")]
public sealed record InISet(ISet<int> A, ISet<Mood>? B);

[Channel("SortedSet")]
public sealed record InSortedSet(SortedSet<int> A, SortedSet<string>? B);

[Channel("Queue")]
public sealed record InQueue(Queue<int> A, Queue<Chat>? B);

[Channel("Stack")]
public sealed record InStack(Stack<int> A, Stack<Stack<int>>? B);

[Channel("LinkedList")]
public sealed record InLinkedList(LinkedList<int> A, LinkedList<string?>? B);

[Channel("ConcurrentQueue")]
public sealed record InConcurrentQueue(ConcurrentQueue<int> A, ConcurrentQueue<string>? B);

[Channel("ConcurrentStack")]
public sealed record InConcurrentStack(ConcurrentStack<int> A, ConcurrentStack<string>? B);

[Channel("Collection")]
public sealed record InCollection(Collection<int> A, Collection<Empty>? B);

[Channel("ObservableCollection")]
public sealed record InObservableCollection(ObservableCollection<int> A, ObservableCollection<string>? B);

[Channel("arrays")]
public sealed record InArrays(int[] A, string?[]? B, Point[][] C, Chat?[] D, byte[] E, char[] F, sbyte[] G);

[Channel("lists of lists")]
public sealed record InLists(List<List<int>> A, List<Dictionary<string, List<Mood?>>> B, List<int?>? C);

[Channel("Memory")]
public sealed record InMemory(Memory<byte> A, ReadOnlyMemory<byte> B, Memory<int> C, ReadOnlyMemory<string> D, Memory<byte>? E = null, ReadOnlyMemory<int>? F = null);

public class IntList : List<int>;

public class NamedList : List<string>
{
    public string Name { get; set; } = "not written";
}

public class NodeCollection : Collection<LeafNode>;

public sealed record LeafNode(int Id, NodeCollection? Children);

public class TextSet : HashSet<string>;

public class IntQueue : Queue<int>;

public class IntStack : Stack<int>;

public class OpenList<T> : List<T>;

public class IntLinked : LinkedList<int>;

[Channel("derived collections")]
public sealed record InDerived(IntList A, NamedList B, TextSet C, IntQueue D, IntStack E, OpenList<Mood> F, IntLinked? G);

[Channel("tree of collections")]
public sealed record InTree(LeafNode Root, NodeCollection More);

/// <summary>Written by hand, over the interface only.</summary>
public sealed class HandList : IList<int>
{
    private readonly List<int> _items = [];

    public int Count => _items.Count;

    public bool IsReadOnly => false;

    public int this[int index]
    {
        get => _items[index];
        set => _items[index] = value;
    }

    public void Add(int item) => _items.Add(item);

    public void Clear() => _items.Clear();

    public bool Contains(int item) => _items.Contains(item);

    public void CopyTo(int[] array, int arrayIndex) => _items.CopyTo(array, arrayIndex);

    public IEnumerator<int> GetEnumerator() => _items.GetEnumerator();

    public int IndexOf(int item) => _items.IndexOf(item);

    public void Insert(int index, int item) => _items.Insert(index, item);

    public bool Remove(int item) => _items.Remove(item);

    public void RemoveAt(int index) => _items.RemoveAt(index);

    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
}

[Channel("handmade list")]
public sealed record InHandList(HandList A);

[Channel("ImmutableArray")]
public sealed record InImmutableArray(ImmutableArray<int> A, ImmutableArray<string>? B);

[Channel("ImmutableList")]
public sealed record InImmutableList(ImmutableList<int> A, IImmutableList<string>? B);

[Channel("ImmutableQueue")]
public sealed record InImmutableQueue(ImmutableQueue<int> A, IImmutableQueue<string>? B);

[Channel("ImmutableStack")]
public sealed record InImmutableStack(ImmutableStack<int> A, IImmutableStack<string>? B);

[Channel("ImmutableHashSet")]
public sealed record InImmutableHashSet(ImmutableHashSet<int> A, IImmutableSet<int>? B);

[Channel("ImmutableSortedSet")]
public sealed record InImmutableSortedSet(ImmutableSortedSet<int> A, ImmutableSortedSet<string>? B);

[Channel("settable collections")]
public sealed class InSettable
{
    public List<int> A { get; set; } = [1];

    public List<int> GetOnly { get; } = [2];

    public IList<int> B { get; set; } = [3];

    public HashSet<int>? C { get; set; }

    public ImmutableArray<int> D { get; set; } = [4];
}

[Channel("collections in structs")]
public struct InStruct
{
    public List<int>? A { get; set; }

    public ImmutableArray<int>? B { get; set; }

    public Queue<Plain>? C { get; set; }
}
