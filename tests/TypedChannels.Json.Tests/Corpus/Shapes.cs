using System.Text.Json;
using System.Text.Json.Serialization;

#pragma warning disable TCH0026 // That both lose the same initialisers is among what is compared.

namespace TypedChannels.Json.Tests.Corpus;

public record Pair<TFirst, TSecond>(TFirst First, TSecond Second);

public sealed record Triple<T>(T First, T Second, T Third) : Pair<T, T>(First, Second);

public abstract record Tagged<T>
{
    public required T Tag { get; init; }
}

public sealed record TaggedText(string Text) : Tagged<Guid>;

public struct Maybe<T>
{
    public bool Has { get; set; }

    public T? Value { get; set; }
}

public sealed class Page<T>
    where T : notnull
{
    public IReadOnlyList<T> Items { get; init; } = [];

    public Dictionary<string, T>? ByName { get; set; }

    public Page<T>? Next { get; set; }
}

[Channel("pairs of pairs")]
public sealed record PairsOfPairs(Pair<int, string?> A, Pair<Pair<Mood, Mood?>, List<Pair<int, int>>> B, Triple<string> C);

[Channel("generic bases")]
public sealed record GenericBases(TaggedText A, List<TaggedText> B);

[Channel("generic structs")]
public sealed record GenericStructs(Maybe<int> A, Maybe<string> B, Maybe<Maybe<Point>>? C);

[Channel("pages")]
public sealed record Pages(Page<Chat> A, Page<string>? B);

[Channel("tree")]
public sealed class TreeNode
{
    public int Value { get; set; }

    public TreeNode? Left { get; set; }

    public TreeNode? Right { get; init; }

    public IEnumerable<TreeNode>? Others { get; set; }
}

[Channel("mutual")]
public sealed record Mutual(MutualOther? Other, int A);

public sealed record MutualOther(Mutual? Back, List<Mutual>? All);

public class Level1
{
    public virtual int V { get; set; } = 1;

    public virtual string? W { get; set; }

    public int Shadowed { get; set; } = 2;
}

public class Level2 : Level1
{
    public override int V { get; set; } = 3;

    public new long Shadowed { get; set; } = 4;

    public int Own2 { get; set; }
}

[Channel("three levels")]
public sealed class Level3 : Level2
{
    [JsonPropertyName("vee")]
    public override int V { get; set; } = 5;

    public override string? W { get; set; } = "w";

    public new string Shadowed { get; set; } = "s";
}

public abstract class WithAbstract
{
    public abstract int A { get; set; }

    public virtual int B { get; protected set; } = 2;
}

[Channel("abstract members")]
public sealed class Concrete : WithAbstract
{
    public override int A { get; set; }
}

[Channel("getter overridden")]
public sealed class GetterOverridden : GetterBase
{
    public override int A => 7;
}

public class GetterBase
{
    public virtual int A { get; set; }
}

public interface IHidden
{
    int Hidden { get; set; }
}

[Channel("explicit interface")]
public sealed class ExplicitInterface : IHidden
{
    public int Seen { get; set; }

    int IHidden.Hidden { get; set; } = 9;
}

[Channel("names")]
public sealed class ManyNames
{
    public int URL { get; set; }

    public int IOStream { get; set; }

    public int A1B2 { get; set; }

    public int @event { get; set; }

    public int _underscored { get; set; }

    public int Größe { get; set; }

    [JsonPropertyName("")]
    public int Empty { get; set; }

    [JsonPropertyName("with space")]
    public int Space { get; set; }

    [JsonPropertyName("<&>'+é😀")]
    public int Escaped { get; set; }
}

[Channel("orders")]
public sealed class ManyOrders : OrderBase
{
    [JsonPropertyOrder(3)]
    public int A { get; set; }

    [JsonPropertyOrder(1)]
    public int B { get; set; }

    public int C { get; set; }

    [JsonPropertyOrder(-5)]
    public int D { get; set; }
}

public class OrderBase
{
    [JsonPropertyOrder(1)]
    public int E { get; set; }

    public int F { get; set; }
}

[Channel("nullability")]
public sealed class Nullability
{
    public string A { get; set; } = "";

    public string? B { get; set; }

    public List<string> C { get; set; } = [];

    public List<string?>? D { get; set; }

    public required string E { get; set; }

    public Chat? F { get; init; }

    public string[] G { get; set; } = [];

    public int? H { get; set; }
}

[Channel("json of any kind")]
public sealed record AnyJson(JsonElement A, List<JsonElement> B, Dictionary<string, JsonElement?>? C, System.Text.Json.Nodes.JsonArray? D);

[Channel("strict about unknown members")]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StrictOuter(int A, StrictInner? Inner, LaxInner? Lax);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StrictInner(string B);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record LaxInner(string B);

[Channel("deep containers")]
public sealed record DeepContainers(List<Dictionary<string, List<Point?[]>>> A, Dictionary<int, Dictionary<Mood, HashSet<string>>> B, Queue<KeyValuePair<string, Stack<int>>>? C);

public static class First
{
    public sealed record Item(int A);

    public static class Inner
    {
        public sealed record Item(string B);
    }
}

public static class Second
{
    public sealed record Item(bool C);
}

[Channel("nested types of one name")]
public sealed record OneName(First.Item A, First.Inner.Item B, Second.Item C, List<First.Item> D, List<Second.Item> E);

[Channel("obsolete")]
public sealed class WithObsolete
{
    [Obsolete("Still sent.")]
    public int A { get; set; }

    public int B { get; set; }
}

[Channel("write only")]
public sealed class WriteOnly
{
    private int _a;

    public int A
    {
        set => _a = value;
    }

    public int B => _a;
}
