using System.Text.Json.Serialization;

namespace TypedChannels.TypeScript.Tests.One
{
    public sealed record Node(int Depth, Node? Next);
}

namespace TypedChannels.TypeScript.Tests.Two
{
    public sealed record Node(string Text);

    // The names of TypeScript's own types, of its library, of JavaScript's globals, and of what is generated.
    public sealed record any(int A);
    public sealed record @string(int A);
    public sealed record @class(int A);
    public sealed record Record(int A);
    public sealed record Array(int A);
    public sealed record Promise(int A);
    public sealed record Map(int A);
    public sealed record Object(int A);
    public sealed record Error(int A);
    public sealed record Client(int A);
    public sealed record ClientError(int A);
    public sealed record contract(int A);
    public sealed record ShapeClient(int A);
    public sealed record ShapeClientReceives(int A);
    public sealed record Größe(int A);

    [Channel("hostile types")]
    public sealed record HostileTypes(
        Node Node, One.Node Other, Box<Node> Boxed, Box<One.Node> OtherBoxed, Box<string?> Maybe, any Any, @string String, @class Class, Record Record, Array Array,
        Promise Promise, Map Map, Object Object, Error Error, Client Client, ClientError ClientError, contract Contract, ShapeClient ShapeClient,
        ShapeClientReceives ShapeClientReceives, Größe Größe);

    /// <summary>Members that are words of JavaScript, or no names of it.</summary>
    [Channel("\"quoted\" \\ '` ${x} \u2028 */ 🙂", MemberName = "Quoted")]
    public sealed class HostileMembers
    {
        [JsonPropertyName("__proto__")] public required int Proto { get; set; }
        [JsonPropertyName("constructor")] public required int Constructor { get; set; }
        [JsonPropertyName("toString")] public int? ToText { get; set; }
        [JsonPropertyName("new")] public required int New { get; set; }
        [JsonPropertyName("readonly")] public required int ReadOnly { get; set; }
        [JsonPropertyName("get")] public required int Get { get; set; }
        [JsonPropertyName("function")] public required int Function { get; set; }
        [JsonPropertyName("a-b")] public required int Dash { get; set; }
        [JsonPropertyName("")] public required int Empty { get; set; }
        [JsonPropertyName("1")] public required int One { get; set; }
        [JsonPropertyName("\" \\ \n */")] public required int Quote { get; set; }
        [JsonPropertyName("é")] public required int Accent { get; set; }
    }

    [Channel("__proto__", MemberName = "Proto")]
    public sealed record Proto(int A);

    [Channel("constructor")]
    public sealed record Constructor(int A);

    [Channel("connect", MemberName = "class")]
    public sealed record Connects(int A);
}
