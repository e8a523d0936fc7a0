#pragma warning disable CA1720 // The names are those of the types.
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TypedChannels.Json.Tests.Corpus;

[Channel("Boolean")]
public sealed record OfBoolean(bool A, bool? B);

[Channel("Byte")]
public sealed record OfByte(byte A, byte? B);

[Channel("SByte")]
public sealed record OfSByte(sbyte A, sbyte? B);

[Channel("Int16")]
public sealed record OfInt16(short A, short? B);

[Channel("UInt16")]
public sealed record OfUInt16(ushort A, ushort? B);

[Channel("Int32")]
public sealed record OfInt32(int A, int? B);

[Channel("UInt32")]
public sealed record OfUInt32(uint A, uint? B);

[Channel("Int64")]
public sealed record OfInt64(long A, long? B);

[Channel("UInt64")]
public sealed record OfUInt64(ulong A, ulong? B);

[Channel("Int128")]
public sealed record OfInt128(Int128 A, Int128? B);

[Channel("UInt128")]
public sealed record OfUInt128(UInt128 A, UInt128? B);

[Channel("Half")]
public sealed record OfHalf(Half A, Half? B);

[Channel("Single")]
public sealed record OfSingle(float A, float? B);

[Channel("Double")]
public sealed record OfDouble(double A, double? B);

[Channel("Decimal")]
public sealed record OfDecimal(decimal A, decimal? B);

[Channel("Char")]
public sealed record OfChar(char A, char? B);

[Channel("Guid")]
public sealed record OfGuid(Guid A, Guid? B);

[Channel("DateTime")]
public sealed record OfDateTime(DateTime A, DateTime? B);

[Channel("DateTimeOffset")]
public sealed record OfDateTimeOffset(DateTimeOffset A, DateTimeOffset? B);

[Channel("DateOnly")]
public sealed record OfDateOnly(DateOnly A, DateOnly? B);

[Channel("TimeOnly")]
public sealed record OfTimeOnly(TimeOnly A, TimeOnly? B);

[Channel("TimeSpan")]
public sealed record OfTimeSpan(TimeSpan A, TimeSpan? B);

[Channel("String")]
public sealed record OfString(string A, string? B);

[Channel("Uri")]
public sealed record OfUri(Uri A, Uri? B);

[Channel("Version")]
public sealed record OfVersion(Version A, Version? B);

[Channel("Bytes")]
public sealed record OfBytes(byte[] A, byte[]? B);

[Channel("JsonNode")]
public sealed record OfJsonNode(JsonNode A, JsonNode? B);

[Channel("JsonObject")]
public sealed record OfJsonObject(JsonObject A, JsonObject? B);

[Channel("JsonArray")]
public sealed record OfJsonArray(JsonArray A, JsonArray? B);

[Channel("JsonValue")]
public sealed record OfJsonValue(JsonValue A, JsonValue? B);

[Channel("JsonDocument")]
public sealed record OfJsonDocument(JsonDocument A, JsonDocument? B);

[Channel("JsonElement")]
public sealed record OfJsonElement(JsonElement A, JsonElement? B);

public enum EnumOfSbyte : sbyte
{
    One = 1,
    Two = 2,
    End = sbyte.MinValue,
}

[Channel("EnumOfSbyte")]
public sealed record OfEnumOfSbyte(EnumOfSbyte A, EnumOfSbyte? B = EnumOfSbyte.Two);

public enum EnumOfByte : byte
{
    One = 1,
    Two = 2,
    End = byte.MaxValue,
}

[Channel("EnumOfByte")]
public sealed record OfEnumOfByte(EnumOfByte A, EnumOfByte? B = EnumOfByte.Two);

public enum EnumOfShort : short
{
    One = 1,
    Two = 2,
    End = short.MinValue,
}

[Channel("EnumOfShort")]
public sealed record OfEnumOfShort(EnumOfShort A, EnumOfShort? B = EnumOfShort.Two);

public enum EnumOfUshort : ushort
{
    One = 1,
    Two = 2,
    End = ushort.MaxValue,
}

[Channel("EnumOfUshort")]
public sealed record OfEnumOfUshort(EnumOfUshort A, EnumOfUshort? B = EnumOfUshort.Two);

public enum EnumOfInt : int
{
    One = 1,
    Two = 2,
    End = int.MinValue,
}

[Channel("EnumOfInt")]
public sealed record OfEnumOfInt(EnumOfInt A, EnumOfInt? B = EnumOfInt.Two);

public enum EnumOfUint : uint
{
    One = 1,
    Two = 2,
    End = uint.MaxValue,
}

[Channel("EnumOfUint")]
public sealed record OfEnumOfUint(EnumOfUint A, EnumOfUint? B = EnumOfUint.Two);

public enum EnumOfLong : long
{
    One = 1,
    Two = 2,
    End = long.MinValue,
}

[Channel("EnumOfLong")]
public sealed record OfEnumOfLong(EnumOfLong A, EnumOfLong? B = EnumOfLong.Two);

public enum EnumOfUlong : ulong
{
    One = 1,
    Two = 2,
    End = ulong.MaxValue,
}

[Channel("EnumOfUlong")]
public sealed record OfEnumOfUlong(EnumOfUlong A, EnumOfUlong? B = EnumOfUlong.Two);
