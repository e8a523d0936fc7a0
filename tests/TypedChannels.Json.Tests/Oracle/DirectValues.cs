using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>Values of the records that were declared for the direct way.</summary>
internal static class DirectValues
{
    public static Scalars[] Scalars { get; } = [Of(AllValues.Some()), Of(AllValues.Least()), Of(AllValues.Most()), new() { Rights = Rights.Write }, new() { Rights = (Rights)8 }, new() { Bytes = null! }, new() { String = null! }];

    public static Sparse[] Sparse { get; } =
    [
        new(), new() { A = 1 }, new() { B = "" }, new() { C = 0 }, new() { A = 1, B = "b", C = 2, D = 3, E = 0.5, F = [] }, new() { E = -0.0 }, new() { E = double.NaN },
        new() { G = new() { V = 1 } }, new() { G = new() { V = 7 } },
    ];

    public static Wide[] Wide { get; } =
    [
        new(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7,
            8, 9, "g", null, 2, 3),
    ];

    public static OddNames[] OddNames { get; } = [new(1, 2, 3, Größe.Groß, new() { ["é\"\u0001"] = Größe.Klein, ["\ud800"] = Größe.Groß })];

    public static Picky[] Picky { get; } = [new(5), new(6)];

    private static Scalars Of(All all) => new()
    {
        Bool = all.Bool, Byte = all.Byte, SByte = all.SByte, Int16 = all.Int16, UInt16 = all.UInt16, Int32 = all.Int32, UInt32 = all.UInt32, Int64 = all.Int64, UInt64 = all.UInt64,
        Single = all.Single, Double = all.Double, Decimal = all.Decimal, Char = all.Char, String = all.String, Guid = all.Guid, DateTime = all.DateTime,
        DateTimeOffset = all.DateTimeOffset, DateOnly = all.DateOnly, TimeOnly = all.TimeOnly, TimeSpan = all.TimeSpan, Uri = all.Uri, Bytes = all.Bytes, Mood = all.Mood, Rights = all.Rights,
        NullableInt = all.NullableInt, NullableDate = all.NullableDate, NullablePoint = all.NullablePoint,
    };
}
