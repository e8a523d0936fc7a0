using System.Text.Json;

namespace TypedChannels.Fuzz.Contracts;

public enum Level
{
    Low,
    High,
}

[Flags]
public enum Access : byte
{
    None = 0,
    Readable = 1,
    Writable = 2,
    Both = 3,
}

/// <summary>A message with every type of value that the generator knows. Some of them go by metadata, and so does all of it.</summary>
[Channel("numbers")]
public sealed record Numbers(
    bool Bool, byte Byte, sbyte SByte, short Int16, ushort UInt16, int Int32, uint UInt32, long Int64, ulong UInt64,
    Int128 Int128, UInt128 UInt128, Half Half, float Single, double Double, decimal Decimal);

/// <summary>Every type of value that is read and written directly.</summary>
[Channel("direct")]
public sealed record Direct(
    bool Bool, byte Byte, sbyte SByte, short Int16, ushort UInt16, int Int32, uint UInt32, long Int64, ulong UInt64,
    float Single, double Double, decimal Decimal, char Char, string String, string? Nullable, Guid Guid, Uri Uri, byte[] Bytes, Level Level,
    Access Access);

[Channel("texts")]
public sealed record Texts(
    char Char, string String, string? Nullable, Guid Guid, Uri Uri, Version Version, byte[] Bytes, Level Level, Access Access);

[Channel("times")]
public sealed record Times(DateTime DateTime, DateTimeOffset Offset, DateOnly Date, TimeOnly Time, TimeSpan Span);

[Channel("any")]
public sealed record Any(JsonElement Element, JsonElement? Nullable);

[Channel("nullables")]
public sealed record Nullables(
    bool? Bool, int? Int32, double? Double, decimal? Decimal, char? Char, Guid? Guid, DateTime? DateTime, TimeSpan? Span,
    Level? Level, Pair? Pair, Uri? Uri, byte[]? Bytes, List<int>? List, Dictionary<string, int>? Map);
