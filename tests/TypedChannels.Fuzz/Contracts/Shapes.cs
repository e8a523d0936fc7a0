using System.Text.Json.Serialization;

namespace TypedChannels.Fuzz.Contracts;

[Channel("empty")]
public sealed record Nothing;

public readonly record struct Pair(int X, string Y, long Z = 5);

[Channel("chat")]
public sealed record Chat(string User, string Text);

[Channel("collections")]
public sealed record Collections(
    int[] Array, List<string?> List, IReadOnlyList<Pair> ReadOnly, Dictionary<string, int?> Map, List<int[]> Nested,
    Dictionary<string, List<Level>> Levels,
    byte[][] Blobs, Level?[] Nullables);

[Channel("node")]
public sealed record Node(string Name, Node? Next, List<Node>? Children, Dictionary<string, Node>? Map);

[Channel("optional")]
public sealed record Optional(
    int A = 3, string B = "b", Level C = Level.High, int? D = null, double E = -0.0, decimal F = 1.50m, Guid G = default);

[Channel("properties")]
public class Properties
{
    public required int Needed { get; init; }

    public int Settable { get; set; } = 4;

    public string? Text { get; set; }

    [JsonPropertyName("the \"näme\"")]
    public string Named { get; set; } = "";

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sparse { get; set; }

    [JsonPropertyOrder(-1)]
    public int First { get; set; }
}

[Channel("derived")]
public sealed class Derived : Properties
{
    public int Own { get; set; }
}

[Channel("strict")]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record StrictMessage(int A, Box<string> Box, Box<Pair?> Deep);

public sealed record Box<T>(T Value, List<T> All);

[Channel("struct")]
public struct Plain
{
    public int A { get; set; }

    public string? B { get; set; }
}

/// <summary>Its own code refuses values, as a record's may.</summary>
[Channel("picky")]
public sealed record Picky(int Even)
{
    public int Even { get; } = Even % 2 == 0 ? Even : throw new ArgumentException("The number is odd.", nameof(Even));
}
