using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

#pragma warning disable TCH0026 // That both lose the same initialisers is among what is compared.

namespace TypedChannels.Json.Tests.Corpus;

[Channel("chat")]
public sealed record Chat(string User, string? Text, int Count, Mood? Mood);

public enum Mood
{
    Glad,
    Sad,
    [JsonStringEnumMemberName("so-so")]
    SoSo,
}

[Flags]
public enum Rights : byte
{
    None = 0,
    Read = 1,
    Write = 2,
    All = 3,
}

[Channel("empty")]
public sealed record Empty;

[Channel("init")]
public class Init
{
    public int A { get; init; } = 5;

    public string B { get; init; } = "b";

    public string C { get; set; } = "c";

    public int ReadOnly { get; } = 7;

    public int PrivateSet { get; private set; } = 8;

    public int PrivateGet { private get; set; } = 9;

    public int PrivateInit { get; private init; } = 10;

    internal int Internal { get; set; } = 11;

    public static int Static { get; set; } = 12;

    public int Seen() => PrivateGet;
}

[Channel("required")]
public class Required
{
    public required int A { get; set; }

    public required string B { get; init; }

    public string? C { get; init; }

    [JsonIgnore]
    public object? Ignored { get; set; }
}

[Channel("sets required")]
public class SetsRequired
{
    [SetsRequiredMembers]
    public SetsRequired(int a)
    {
        A = a;
        B = -1;
    }

    public required int A { get; init; }

    public required int B { get; set; }
}

[Channel("required and constructor")]
public class RequiredAndConstructor(int a)
{
    public required int A { get; set; } = a;

    public required string B { get; init; }
}

[Channel("struct")]
public struct Plain
{
    public int A { get; set; }

    public string? B { get; init; }
}

[Channel("struct with default")]
public struct WithDefault
{
    public WithDefault() => A = 4;

    public int A { get; set; }
}

// Marked for the oracle, which would take the default constructor.
[Channel("record struct")]
[method: JsonConstructor]
public readonly record struct Point(int X, string Y, long Z = 5);

// Not for the oracle, nor is the next: their constructors are chosen without a mark.
[Channel("unmarked record struct")]
public readonly record struct Strict(int X, string Y, long Z = 5);

[Channel("unmarked struct")]
public struct StrictStruct(int x)
{
    public int X { get; } = x;

    public int Y { get; set; }
}

[Channel("marked constructor")]
public class Marked
{
    public Marked()
    {
    }

    [JsonConstructor]
    public Marked(int a, string b = "q")
    {
        A = a;
        B = b;
    }

    public int A { get; }

    public string B { get; set; } = "";

    public int Extra { get; init; } = 7;
}

[Channel("optional")]
public sealed record Optional(
    int A = 3, string S = "def\"\n\u2028", Mood E = Mood.Sad, DateTime D = default, int? N = null, int? M = -5, double X = -0.0, decimal Y = 1.50m,
    char C = '\'', Mood? F = Mood.SoSo, float G = 1.5e20f, long L = long.MinValue, ulong U = ulong.MaxValue, bool B = true, string? Z = null,
    byte Small = 200, Rights R = Rights.All, Guid Id = default);

[Channel("in")]
public sealed record ByReference(in int A, Mood B);

[Channel("named")]
public sealed record Named([property: JsonPropertyName("the \"näme\"\n")] string Name, [property: JsonPropertyName("Value")] int X, int value);

[Channel("order")]
public sealed record Ordered
{
    [JsonPropertyOrder(2)]
    public int Last { get; set; }

    public int Middle { get; set; }

    [JsonPropertyOrder(-1)]
    public int First { get; set; }

    [JsonRequired]
    public int Needed { get; set; }
}

[Channel("unmapped")]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record Unmapped(int A);

[Channel("oblivious")]
#nullable disable
public sealed record Oblivious(string A, List<string> B)
{
    public string C { get; set; }
}
#nullable enable

[Channel("annotated")]
public sealed class Annotated
{
    [AllowNull]
    public string Input { get; set; } = "";

    [DisallowNull]
    public string? Output { get; set; }

    [MaybeNull]
    public string Maybe { get; set; } = "";
}

[Channel("mixture")]
public sealed record Mixture(string A, int B)
{
    public string? C { get; set; } = "c";

    public int D { get; init; } = 4;

    public required int E { get; init; }

    public string Sum => A + B;
}
