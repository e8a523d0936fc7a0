using System.Text.Json.Serialization;

namespace TypedChannels.Json.Tests.Corpus;

[Channel("read from strings")]
public sealed class ReadFromStrings
{
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int A { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? B { get; set; }

    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public decimal C { get; set; }

    public int Strict { get; set; }
}

[Channel("written as strings")]
public sealed record WrittenAsStrings(
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] int A,
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] ulong B,
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] Int128? C);

[Channel("named floating-point literals")]
public sealed record NamedLiterals(
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double A,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] float? B,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] Half C);

[Channel("number handling of a type")]
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
public sealed record AllAsStrings(int A, double B, float? C, List<int> D, string E, Dictionary<string, long> F, int? G = null);

[Channel("strict in a lenient type")]
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed class StrictInside
{
    [JsonNumberHandling(JsonNumberHandling.Strict)]
    public int A { get; set; }

    public int B { get; set; }

    public StrictEverywhere? Inner { get; set; }
}

public sealed record StrictEverywhere(int A);

[Channel("number handling of collections")]
public sealed record NumberCollections(
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] List<int> A,
    [property: JsonNumberHandling(JsonNumberHandling.WriteAsString)] Dictionary<string, int> B,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long?[] C);

[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
public class LenientIntegers : List<int>;

[Channel("lenient collections")]
public sealed record WithLenient(LenientIntegers A, List<int> B);

[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public struct LenientStruct
{
    public int A { get; set; }

    public double? B { get; set; }
}

[Channel("lenient structs")]
public sealed record WithLenientStruct(LenientStruct A, LenientStruct? B, List<LenientStruct> C);

[Channel("collections of reals")]
public sealed record RealCollections(
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] double[] A,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] List<float?> B,
    [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)] Dictionary<string, Half> C,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] IReadOnlyList<double>? D,
    [property: JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] SortedDictionary<int, double?> E);

[Channel("reals in a lenient type")]
[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
public sealed class LenientReals
{
    public double A { get; set; }

    public HashSet<double>? B { get; set; }

    public Half?[] C { get; set; } = [];
}
