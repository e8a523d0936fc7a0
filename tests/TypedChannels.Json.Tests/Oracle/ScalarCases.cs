using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of every scalar, at the ends of its range.</summary>
internal static class ScalarCases
{
    private static readonly ChannelJsonContext Ours = ChannelJsonContext.Default;

    public static IEnumerable<Case> All =>
    [
        ScalarOracle.Default.Case(Ours.OfBoolean, new OfBoolean(true, null), new OfBoolean(false, false)),
        ScalarOracle.Default.Case(Ours.OfByte, new OfByte(0, null), new OfByte(255, 255)),
        ScalarOracle.Default.Case(Ours.OfSByte, new OfSByte(-128, null), new OfSByte(127, 127)),
        ScalarOracle.Default.Case(Ours.OfInt16, new OfInt16(short.MinValue, null), new OfInt16(short.MaxValue, short.MaxValue)),
        ScalarOracle.Default.Case(Ours.OfUInt16, new OfUInt16(0, null), new OfUInt16(ushort.MaxValue, ushort.MaxValue)),
        ScalarOracle.Default.Case(Ours.OfInt32, new OfInt32(int.MinValue, null), new OfInt32(int.MaxValue, int.MaxValue)),
        ScalarOracle.Default.Case(Ours.OfUInt32, new OfUInt32(0, null), new OfUInt32(uint.MaxValue, uint.MaxValue)),
        ScalarOracle.Default.Case(Ours.OfInt64, new OfInt64(long.MinValue, null), new OfInt64(long.MaxValue, long.MaxValue)),
        ScalarOracle.Default.Case(Ours.OfUInt64, new OfUInt64(0, null), new OfUInt64(ulong.MaxValue, ulong.MaxValue)),
        ScalarOracle.Default.Case(Ours.OfInt128, new OfInt128(Int128.MinValue, null), new OfInt128(Int128.MaxValue, Int128.MaxValue)),
        ScalarOracle.Default.Case(Ours.OfUInt128, new OfUInt128(UInt128.MinValue, null), new OfUInt128(UInt128.MaxValue, UInt128.MaxValue)),
        ScalarOracle.Default.Case(Ours.OfHalf, new OfHalf(Half.MinValue, null), new OfHalf(Half.Epsilon, Half.Epsilon)),
        ScalarOracle.Default.Case(Ours.OfSingle, new OfSingle(float.MinValue, null), new OfSingle(float.Epsilon, float.Epsilon), new OfSingle(float.NaN, float.NaN)),
        ScalarOracle.Default.Case(Ours.OfDouble, new OfDouble(double.MinValue, null), new OfDouble(-0.0, -0.0), new OfDouble(double.PositiveInfinity, double.PositiveInfinity)),
        ScalarOracle.Default.Case(Ours.OfDecimal, new OfDecimal(decimal.MinValue, null), new OfDecimal(1.10m, 1.10m)),
        ScalarOracle.Default.Case(Ours.OfChar, new OfChar('a', null), new OfChar('\ud800', '\ud800')),
        ScalarOracle.Default.Case(Ours.OfGuid, new OfGuid(Guid.Empty, null), new OfGuid(new("00112233-4455-6677-8899-aabbccddeeff"), new("00112233-4455-6677-8899-aabbccddeeff"))),
        ScalarOracle.Default.Case(Ours.OfDateTime, new OfDateTime(DateTime.MinValue, null), new OfDateTime(new(2024, 2, 29, 12, 0, 0, 120, DateTimeKind.Utc), new(2024, 2, 29, 12, 0, 0, 120, DateTimeKind.Utc)), new OfDateTime(new(2024, 2, 29, 12, 0, 0, DateTimeKind.Unspecified), new(2024, 2, 29, 12, 0, 0, DateTimeKind.Unspecified))),
        ScalarOracle.Default.Case(Ours.OfDateTimeOffset, new OfDateTimeOffset(DateTimeOffset.MaxValue, null), new OfDateTimeOffset(new(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(-2)), new(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(-2)))),
        ScalarOracle.Default.Case(Ours.OfDateOnly, new OfDateOnly(DateOnly.MinValue, null), new OfDateOnly(new(2024, 2, 29), new(2024, 2, 29))),
        ScalarOracle.Default.Case(Ours.OfTimeOnly, new OfTimeOnly(TimeOnly.MaxValue, null), new OfTimeOnly(new(12, 34), new(12, 34))),
        ScalarOracle.Default.Case(Ours.OfTimeSpan, new OfTimeSpan(TimeSpan.MinValue, null), new OfTimeSpan(TimeSpan.FromDays(1.5), TimeSpan.FromDays(1.5))),
        ScalarOracle.Default.Case(Ours.OfString, new OfString("é<&>\"\\\u0001😀", null), new OfString("", "")),
        ScalarOracle.Default.Case(Ours.OfUri, new OfUri(new Uri("http://example.org/a?b=c#d"), null), new OfUri(new Uri("a/b", UriKind.Relative), new Uri("a/b", UriKind.Relative))),
        ScalarOracle.Default.Case(Ours.OfVersion, new OfVersion(new Version(1, 2), null), new OfVersion(new Version(1, 2, 3, 4), new Version(1, 2, 3, 4))),
        ScalarOracle.Default.Case(Ours.OfBytes, new OfBytes([], null), new OfBytes([0, 1, 255], [0, 1, 255])),
        ScalarOracle.Default.Case(Ours.OfJsonNode, new OfJsonNode(JsonNode.Parse("{\"a\":[1,2.50,null]}")!, null), new OfJsonNode(JsonValue.Create("é"), JsonValue.Create("é"))),
        ScalarOracle.Default.Case(Ours.OfJsonObject, new OfJsonObject([], null), new OfJsonObject(new JsonObject { ["a"] = 1 }, new JsonObject { ["a"] = 1 })),
        ScalarOracle.Default.Case(Ours.OfJsonArray, new OfJsonArray([], null), new OfJsonArray([(JsonNode)1, (JsonNode)"x", null], [(JsonNode)1, (JsonNode)"x", null])),
        ScalarOracle.Default.Case(Ours.OfJsonValue, new OfJsonValue(JsonValue.Create(1), null), new OfJsonValue(JsonValue.Create("x")!, JsonValue.Create("x")!)),
        ScalarOracle.Default.Case(Ours.OfJsonDocument, new OfJsonDocument(JsonDocument.Parse("{ \"a\": 1 }"), null), new OfJsonDocument(JsonDocument.Parse("null"), JsonDocument.Parse("null"))),
        ScalarOracle.Default.Case(Ours.OfJsonElement, new OfJsonElement(JsonElement.Parse("[1, \"x\"]"), null), new OfJsonElement(JsonElement.Parse("1e400"), JsonElement.Parse("{\"a\":null}"))),
        ScalarOracle.Default.Case(Ours.OfEnumOfSbyte, new OfEnumOfSbyte(EnumOfSbyte.End), new OfEnumOfSbyte(EnumOfSbyte.One, null), new OfEnumOfSbyte((EnumOfSbyte)77)),
        ScalarOracle.Default.Case(Ours.OfEnumOfByte, new OfEnumOfByte(EnumOfByte.End), new OfEnumOfByte(EnumOfByte.One, null), new OfEnumOfByte((EnumOfByte)77)),
        ScalarOracle.Default.Case(Ours.OfEnumOfShort, new OfEnumOfShort(EnumOfShort.End), new OfEnumOfShort(EnumOfShort.One, null), new OfEnumOfShort((EnumOfShort)77)),
        ScalarOracle.Default.Case(Ours.OfEnumOfUshort, new OfEnumOfUshort(EnumOfUshort.End), new OfEnumOfUshort(EnumOfUshort.One, null), new OfEnumOfUshort((EnumOfUshort)77)),
        ScalarOracle.Default.Case(Ours.OfEnumOfInt, new OfEnumOfInt(EnumOfInt.End), new OfEnumOfInt(EnumOfInt.One, null), new OfEnumOfInt((EnumOfInt)77)),
        ScalarOracle.Default.Case(Ours.OfEnumOfUint, new OfEnumOfUint(EnumOfUint.End), new OfEnumOfUint(EnumOfUint.One, null), new OfEnumOfUint((EnumOfUint)77)),
        ScalarOracle.Default.Case(Ours.OfEnumOfLong, new OfEnumOfLong(EnumOfLong.End), new OfEnumOfLong(EnumOfLong.One, null), new OfEnumOfLong((EnumOfLong)77)),
        ScalarOracle.Default.Case(Ours.OfEnumOfUlong, new OfEnumOfUlong(EnumOfUlong.End), new OfEnumOfUlong(EnumOfUlong.One, null), new OfEnumOfUlong((EnumOfUlong)77)),
    ];
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false, MaxDepth = 32, Converters = [typeof(StrictEnums), typeof(FiniteDoubles), typeof(FiniteSingles), typeof(FiniteHalves)], GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(OfBoolean))]
[JsonSerializable(typeof(OfByte))]
[JsonSerializable(typeof(OfSByte))]
[JsonSerializable(typeof(OfInt16))]
[JsonSerializable(typeof(OfUInt16))]
[JsonSerializable(typeof(OfInt32))]
[JsonSerializable(typeof(OfUInt32))]
[JsonSerializable(typeof(OfInt64))]
[JsonSerializable(typeof(OfUInt64))]
[JsonSerializable(typeof(OfInt128))]
[JsonSerializable(typeof(OfUInt128))]
[JsonSerializable(typeof(OfHalf))]
[JsonSerializable(typeof(OfSingle))]
[JsonSerializable(typeof(OfDouble))]
[JsonSerializable(typeof(OfDecimal))]
[JsonSerializable(typeof(OfChar))]
[JsonSerializable(typeof(OfGuid))]
[JsonSerializable(typeof(OfDateTime))]
[JsonSerializable(typeof(OfDateTimeOffset))]
[JsonSerializable(typeof(OfDateOnly))]
[JsonSerializable(typeof(OfTimeOnly))]
[JsonSerializable(typeof(OfTimeSpan))]
[JsonSerializable(typeof(OfString))]
[JsonSerializable(typeof(OfUri))]
[JsonSerializable(typeof(OfVersion))]
[JsonSerializable(typeof(OfBytes))]
[JsonSerializable(typeof(OfJsonNode))]
[JsonSerializable(typeof(OfJsonObject))]
[JsonSerializable(typeof(OfJsonArray))]
[JsonSerializable(typeof(OfJsonValue))]
[JsonSerializable(typeof(OfJsonDocument))]
[JsonSerializable(typeof(OfJsonElement))]
[JsonSerializable(typeof(OfEnumOfSbyte))]
[JsonSerializable(typeof(OfEnumOfByte))]
[JsonSerializable(typeof(OfEnumOfShort))]
[JsonSerializable(typeof(OfEnumOfUshort))]
[JsonSerializable(typeof(OfEnumOfInt))]
[JsonSerializable(typeof(OfEnumOfUint))]
[JsonSerializable(typeof(OfEnumOfLong))]
[JsonSerializable(typeof(OfEnumOfUlong))]
internal sealed partial class ScalarOracle : JsonSerializerContext;
