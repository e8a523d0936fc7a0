using System.Text.Json;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of every primitive: ordinary ones, and those at the ends of their ranges.</summary>
internal static class AllValues
{
    private static readonly JsonElement Element = JsonDocument.Parse("""{ "a": [1, 2.50, "\u00e9"] }""").RootElement;

    public static All Some() => new()
    {
        Bool = true, Byte = 1, SByte = -1, Int16 = -2, UInt16 = 2, Int32 = -3, UInt32 = 3, Int64 = -4, UInt64 = 4, Int128 = -5, UInt128 = 5,
        Half = (Half)1.5, Single = 0.1f, Double = 0.1, Decimal = 1.10m, Char = 'é', String = "😀", Guid = new("00112233-4455-6677-8899-aabbccddeeff"),
        DateTime = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc), DateTimeOffset = new(2024, 2, 29, 12, 0, 0, TimeSpan.FromHours(2)), DateOnly = new(2024, 2, 29),
        TimeOnly = new(12, 34, 56, 789), TimeSpan = TimeSpan.FromDays(1.5), Uri = new("http://example.org/a?b=c#d"), Version = new(1, 2, 3), Bytes = [0, 1, 255],
        Element = Element, NullableElement = Element, Mood = Mood.SoSo, Rights = Rights.Read | Rights.Write, NullableInt = 1, NullableDate = DateTimeOffset.UnixEpoch, NullablePoint = new Point(1, "y"),
    };

    public static All Least() => new()
    {
        SByte = sbyte.MinValue, Int16 = short.MinValue, Int32 = int.MinValue, Int64 = long.MinValue, Int128 = Int128.MinValue, Half = Half.MinValue,
        Single = float.MinValue, Double = -0.0, Decimal = decimal.MinValue, DateTime = DateTime.MinValue, TimeSpan = TimeSpan.MinValue, Element = Element,
    };

    public static All Most() => new()
    {
        Byte = byte.MaxValue, SByte = sbyte.MaxValue, Int16 = short.MaxValue, UInt16 = ushort.MaxValue, Int32 = int.MaxValue, UInt32 = uint.MaxValue, Int64 = long.MaxValue,
        UInt64 = ulong.MaxValue, Int128 = Int128.MaxValue, UInt128 = UInt128.MaxValue, Half = Half.MaxValue, Single = float.Epsilon, Double = double.NaN,
        Decimal = decimal.MaxValue, Char = '\ud800', DateTime = DateTime.MaxValue, DateTimeOffset = DateTimeOffset.MaxValue, TimeSpan = TimeSpan.MaxValue, Element = Element,
    };
}
