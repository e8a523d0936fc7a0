using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

#pragma warning disable TCH0026 // That both lose the same initialisers is among what is compared.

namespace TypedChannels.Json.Tests.Corpus;

[Channel("one constructor")]
public sealed class OneConstructor(int a, string? b)
{
    public int A { get; } = a;

    public string? B { get; } = b;
}

[Channel("marked among several")]
public sealed class MarkedAmong
{
    public MarkedAmong(int a) => A = a;

    [JsonConstructor]
    public MarkedAmong(int a, int b) => (A, B) = (a, b);

    public int A { get; }

    public int B { get; set; }
}

[Channel("internal marked constructor")]
public sealed class InternalMarked
{
    [JsonConstructor]
    internal InternalMarked(int a) => A = a;

    public int A { get; }
}

[Channel("constructor that normalises")]
public sealed class Normalising(string a)
{
    public string A { get; } = a.Trim();
}

[Channel("constructor that throws")]
public sealed class Throwing
{
    public Throwing(int a) => A = a >= 0 ? a : throw new ArgumentOutOfRangeException(nameof(a));

    public int A { get; }
}

[Channel("constructor and setters")]
public sealed class ConstructorAndSetters(int a)
{
    public int A { get; set; } = a;

    public int B { get; set; } = 5;

    public required string C { get; set; }

    public int? D { get; init; }
}

[Channel("sets required with parameters")]
public sealed class SetsRequiredWithParameters
{
    [SetsRequiredMembers]
    public SetsRequiredWithParameters(int a) => (A, B) = (a, "b");

    public required int A { get; init; }

    public required string B { get; set; }

    public string? C { get; init; }
}

[Channel("required in a base")]
public sealed class RequiredInBase : RequiredBase
{
    public required string Own { get; init; }
}

public class RequiredBase
{
    public required int Inherited { get; set; }

    [JsonPropertyName("renamed")]
    public required int? Renamed { get; init; }
}

[Channel("many parameters")]
public sealed record ManyParameters(
    int A, int B, int C, int D, int E, int F, int G, int H, string I, string? J, long K, bool L, double M, Mood N, Point O, List<int> P, int Q = 17, string? R = "r");

[Channel("struct with a marked constructor")]
public struct MarkedStruct
{
    [JsonConstructor]
    public MarkedStruct(int a) => A = a;

    public int A { get; }

    public int B { get; set; }
}

[Channel("readonly struct")]
[method: JsonConstructor]
public readonly struct ReadOnlyStruct(int a, string? b = null)
{
    public int A { get; } = a;

    public string? B { get; } = b;
}

[Channel("struct with required members")]
public struct RequiredStruct
{
    public required int A { get; set; }

    public required string B { get; init; }
}

[Channel("structs in structs")]
public sealed record StructsInStructs(RequiredStruct A, RequiredStruct? B, ReadOnlyStruct[] C, MarkedStruct D);

[Channel("parameters in another case")]
public sealed class OtherCase(int VALUE, int otherValue)
{
    public int Value { get; } = VALUE;

    public int OtherValue { get; } = otherValue;
}

[Channel("renamed parameters")]
public sealed record RenamedParameters([property: JsonPropertyName("x")] int A, [property: JsonPropertyName("A")] int B, [property: JsonPropertyOrder(-1)] int C);

[Channel("parameters that are ignored at times")]
public sealed record IgnoredAtTimes(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? A,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int B = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? C = null);

[Channel("every init")]
public sealed record EveryInit
{
    public int A { get; init; }

    public int? B { get; init; }

    public string C { get; init; } = "lost";

    public List<int>? D { get; init; }

    public Mood E { get; init; }

    public Point F { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int G { get; init; }
}
