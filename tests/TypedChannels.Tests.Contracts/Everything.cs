using System.Text.Json;

#pragma warning disable CA1720 // A member is named for its type.

namespace TypedChannels.Tests.Contracts;

/// <summary>A member of every type that a record may have. A message may leave out any of them.</summary>
[Channel("everything", Direction = ChannelDirection.ToServer)]
public sealed class Everything
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

    public Uri Uri { get; set; } = new("/", UriKind.Relative);

    public Version Version { get; set; } = new();

    public byte[] Bytes { get; set; } = [];

    public JsonElement Element { get; set; }

    public Level Level { get; set; }

    public Options Options { get; set; }

    public Part Part { get; set; } = new(0);

    public Spot Spot { get; set; }

    public int[] Array { get; set; } = [];

    public List<string> List { get; set; } = [];

    public IReadOnlyList<Part> ReadOnlyList { get; set; } = [];

    public Dictionary<string, double> Dictionary { get; set; } = [];

    public List<int[]> Jagged { get; set; } = [];

    public bool? NullableBool { get; set; }

    public int? NullableInt32 { get; set; }

    public Level? NullableLevel { get; set; }

    public Spot? NullableSpot { get; set; }

    public string? NullableString { get; set; }

    public Part? NullablePart { get; set; }

    public List<Part?>? NullableList { get; set; }
}

[Flags]
public enum Options
{
    None = 0,
    Fast = 1,
    Cheap = 2,
}

public sealed record Part(int Id, Part? Next = null);

public readonly record struct Spot(int X, int Y);
