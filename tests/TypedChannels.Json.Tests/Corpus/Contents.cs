using System.Text.Json;

namespace TypedChannels.Json.Tests.Corpus;

[Channel("node")]
public sealed record Node(string Name, List<Node> Children, Dictionary<string, Node>? Map, Node?[]? Array, IReadOnlyList<Node>? Only);

[Channel("link")]
public sealed record Link(int Id, Link? Next);

public record Box<T>(T Value, List<T> All);

public record NonNull<T>(T Value)
    where T : notnull;

public record Outer<T>
{
    public record Inner<TInner>(T First, TInner Second);
}

[Channel("boxes")]
public sealed record Boxes(Box<int> Ints, Box<string> Strings, Box<Box<Mood?>?> Nested, NonNull<string> NonNull, Outer<int>.Inner<string> Inner);

[Channel("all")]
public sealed class All
{
    public bool Bool { get; set; }

    public byte Byte { get; set; }

    public sbyte SByte { get; set; }

    public short Int16 { get; set; }

    public ushort UInt16 { get; set; }

    public int Int32 { get; set; }

    public uint UInt32 { get; set; }

    public long Int64 { get; set; }

    public ulong UInt64 { get; set; }

    public Int128 Int128 { get; set; }

    public UInt128 UInt128 { get; set; }

    public Half Half { get; set; }

    public float Single { get; set; }

    public double Double { get; set; }

    public decimal Decimal { get; set; }

    public char Char { get; set; }

    public string String { get; set; } = "";

    public Guid Guid { get; set; }

    public DateTime DateTime { get; set; }

    public DateTimeOffset DateTimeOffset { get; set; }

    public DateOnly DateOnly { get; set; }

    public TimeOnly TimeOnly { get; set; }

    public TimeSpan TimeSpan { get; set; }

    public Uri? Uri { get; set; }

    public Version? Version { get; set; }

    public byte[] Bytes { get; set; } = [];

    public JsonElement Element { get; set; }

    public JsonElement? NullableElement { get; set; }

    public Mood Mood { get; set; }

    public Rights Rights { get; set; }

    public int? NullableInt { get; set; }

    public DateTimeOffset? NullableDate { get; set; }

    public Point? NullablePoint { get; set; }
}

[Channel("lists")]
public sealed record Lists(
    int[] Ints, List<string?> Strings, IReadOnlyList<Point> Points, Dictionary<string, int?> Map, List<int[]> Nested,
    Dictionary<string, List<Mood>> Moods, byte[][] Blobs, Mood?[]? Nullables, IReadOnlyList<IReadOnlyList<string>>? Deep);

internal sealed record Author(string Name, Author.Address Home)
{
    public sealed record Address(string Street);
}

[Channel("internal")]
internal sealed record Internal(Author Author, List<Author>? More);

public static class Shell
{
    [Channel("nested")]
    public sealed record Nested(Chat Chat, Deeper? Deeper);

    public sealed record Deeper(string Text);
}
