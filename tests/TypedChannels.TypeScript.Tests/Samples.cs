using System.Text.Json;

namespace TypedChannels.TypeScript.Tests;

internal static class Samples
{
    public static Values Values { get; } = new()
    {
        Bool = true,
        Byte = 255,
        Int = int.MinValue,
        Long = -9_007_199_254_740_991,
        ULong = 9_007_199_254_740_991,
        Double = 0.1,
        Decimal = 1.5m,
        Exact = long.MaxValue,
        Real = double.PositiveInfinity,
        Char = 'é',
        Text = "🙂 \" \\ \u2028",
        Guid = new("00112233-4455-6677-8899-aabbccddeeff"),
        DateTime = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc),
        Date = new(2024, 2, 29),
        Time = new(12, 34, 56),
        Span = TimeSpan.FromDays(1.5),
        Bytes = [0, 1, 255],
        Rights = Rights.Read | Rights.Write,
        What = What.Close,
        Number = What.Close,
        ByText = new() { ["__proto__"] = 1, [""] = 2 },
        ByWhat = new() { [What.Fail] = 1 },
        ByNumber = new() { [-1] = null, [7] = "seven" },
        List = ["a"],
        Holes = ["a", null],
        Grid = [[1, 2], []],
        Any = JsonDocument.Parse("""{"a":[1,null]}""").RootElement,
        Shape = new Circle(1.25),
        Vehicle = new Van(4, 5),
        Ints = new(1, [2]),
        Texts = new("a", ["b"]),
        Needed = null,
        Label = "label",
        Converted = new(1, 2),
        Rest = new() { ["extra"] = JsonDocument.Parse("[1]").RootElement },
        ReadOnly = 5,
    };

    public static string ValuesJson { get; } = JsonSerializer.Serialize(Values, ChannelJsonContext.Default.Values);
}
