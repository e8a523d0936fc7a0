using System.Text.Json.Serialization;

namespace TypedChannels.Json.Tests.Corpus;

/// <summary>Every value that is read and written directly. <see cref="All"/> has others too, and so goes by metadata.</summary>
[Channel("scalars")]
public sealed class Scalars
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

    public byte[] Bytes { get; set; } = [];

    public Mood Mood { get; set; }

    public Rights Rights { get; set; }

    public int? NullableInt { get; set; }

    public DateTimeOffset? NullableDate { get; set; }

    public Point? NullablePoint { get; set; }
}

/// <summary>Left out where they are the default, so that a comma is known to be needed only at run time.</summary>
[Channel("sparse")]
public sealed record Sparse
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int A { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? B { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int? C { get; init; }

    public int D { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double E { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public List<int>? F { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Lopsided G { get; init; }
}

/// <summary>Equals the default one, which does not equal it.</summary>
public record struct Lopsided
{
    public int V { get; set; }

    public readonly bool Equals(Lopsided other) => V == 7 || V == other.V;

    public override readonly int GetHashCode() => 0;
}

/// <summary>More members than a word has bits.</summary>
[Channel("wide")]
public sealed record Wide(
    int A0, int A1, int A2, int A3, int A4, int A5, int A6, int A7, int A8, int A9, int B0, int B1, int B2, int B3, int B4, int B5, int B6, int B7, int B8, int B9,
    int C0, int C1, int C2, int C3, int C4, int C5, int C6, int C7, int C8, int C9, int D0, int D1, int D2, int D3, int D4, int D5, int D6, int D7, int D8, int D9,
    int E0, int E1, int E2, int E3, int E4, int E5, int E6, int E7, int E8, int E9, int F0, int F1, int F2, int F3, int F4, int F5, int F6, int F7, int F8, int F9,
    string G0, string? G1, int G2, int G3, int G4 = 4, int G5 = 5);

/// <summary>Setters that look at each other: the order in which they are called shows.</summary>
[Channel("setters")]
public sealed class Setters(int start)
{
    private readonly List<string> _calls = [];

    public int Start { get; } = start;

    public int A
    {
        get => _calls.Count;
        set => _calls.Add("a" + value);
    }

    public int B
    {
        get => _calls.Count;
        set => _calls.Add("b" + value);
    }
}

/// <summary>Names that need more than copying, on both ways.</summary>
[Channel("odd names")]
public sealed record OddNames(
    [property: JsonPropertyName("")] int Empty, [property: JsonPropertyName("😀\u0001\t'+`<>&/\\\"é")] int Odd, [property: JsonPropertyName("\u007f\u2028")] int Control,
    Größe Größe, Dictionary<string, Größe> Map);

public enum Größe
{
    Klein,
    Groß,
}

/// <summary>Its own code refuses values, with exceptions that System.Text.Json passes on, and that it does not.</summary>
[Channel("picky")]
public sealed record Picky(int Value)
{
    public int Value { get; } = Value switch
    {
        0 => throw new ArgumentException("Zero."),
        1 => throw new System.Text.Json.JsonException("One."),
        2 => throw new FormatException("Two."),
        3 => throw new InvalidOperationException("Three."),
        4 => throw new NotSupportedException("Four."),
        _ => Value,
    };

    public int Unwritable => Value == 5 ? throw new InvalidOperationException("Five.") : Value;
}
