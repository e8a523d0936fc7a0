using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hostile;

[Flags]
internal enum JsonKinds
{
    Null = 1,
    Boolean = 2,
    Number = 4,
    Text = 8,
    Array = 16,
    Object = 32,
    Any = 63,
}

/// <summary>A place in the JSON of <see cref="Everything"/>, and what its type takes there.</summary>
/// <param name="Member">The member in which it is.</param>
/// <param name="Around">The member's value, with a hash sign in the place.</param>
/// <param name="Takes">The kinds of value that may be there.</param>
/// <param name="Good">A value that the type takes.</param>
/// <param name="IsParsed">Whether the text must be of a certain form.</param>
internal sealed record JsonPlace(string Member, string Around, JsonKinds Takes, string Good, bool IsParsed = false)
{
    public static IReadOnlyList<JsonPlace> All { get; } =
    [
        new("bool", "#", JsonKinds.Boolean, "true"),
        .. Numbers("byte", "sByte", "int16", "uInt16", "int32", "uInt32", "int64", "uInt64", "int128", "uInt128", "half", "single", "double", "decimal"),
        new("string", "#", JsonKinds.Text, "\"x\""),
        new("uri", "#", JsonKinds.Text, "\"http://localhost/a\""),
        Parsed("char", "x"),
        Parsed("guid", "00112233-4455-6677-8899-aabbccddeeff"),
        Parsed("dateTime", "2024-02-29T12:00:00Z"),
        Parsed("dateTimeOffset", "2024-02-29T12:00:00+02:00"),
        Parsed("dateOnly", "2024-02-29"),
        Parsed("timeOnly", "12:00:00"),
        Parsed("timeSpan", "1.12:00:00"),
        Parsed("version", "1.2.3"),
        Parsed("bytes", "AAE="),
        Parsed("level", "High"),
        Parsed("options", "Fast, Cheap"),
        new("element", "#", JsonKinds.Any, "[{}]"),
        new("part", "#", JsonKinds.Object, """{"id":1}"""),
        new("part", """{"id":#}""", JsonKinds.Number, "1"),
        new("part", """{"id":1,"next":#}""", JsonKinds.Object | JsonKinds.Null, """{"id":2}"""),
        new("part", """{"id":1,"next":{"next":null,"id":#}}""", JsonKinds.Number, "2"),
        new("spot", "#", JsonKinds.Object, """{"x":1,"y":2}"""),
        new("spot", """{"x":1,"y":#}""", JsonKinds.Number, "2"),
        new("array", "#", JsonKinds.Array, "[]"),
        new("array", "[1,#,3]", JsonKinds.Number, "2"),
        new("list", "#", JsonKinds.Array, "[\"x\"]"),
        new("list", "[#]", JsonKinds.Text | JsonKinds.Null, "\"x\""),
        new("readOnlyList", "#", JsonKinds.Array, """[{"id":1}]"""),
        new("readOnlyList", """[{"id":1},#]""", JsonKinds.Object | JsonKinds.Null, """{"id":2}"""),
        new("readOnlyList", """[{"id":#}]""", JsonKinds.Number, "1"),
        new("dictionary", "#", JsonKinds.Object, """{"k":1.5}"""),
        new("dictionary", """{"k":1,"l":#}""", JsonKinds.Number, "1.5"),
        new("jagged", "#", JsonKinds.Array, "[[1],[]]"),
        new("jagged", "[[1],#]", JsonKinds.Array | JsonKinds.Null, "[2]"),
        new("jagged", "[[1],[#]]", JsonKinds.Number, "2"),
        new("nullableBool", "#", JsonKinds.Boolean | JsonKinds.Null, "false"),
        new("nullableInt32", "#", JsonKinds.Number | JsonKinds.Null, "1"),
        new("nullableLevel", "#", JsonKinds.Text | JsonKinds.Null, "\"Low\"", IsParsed: true),
        new("nullableSpot", "#", JsonKinds.Object | JsonKinds.Null, """{"x":1,"y":2}"""),
        new("nullableString", "#", JsonKinds.Text | JsonKinds.Null, "\"x\""),
        new("nullablePart", "#", JsonKinds.Object | JsonKinds.Null, """{"id":1}"""),
        new("nullableList", "#", JsonKinds.Array | JsonKinds.Null, "[null]"),
        new("nullableList", "[#]", JsonKinds.Object | JsonKinds.Null, """{"id":1}"""),
    ];

    public string With(string value) => $$"""{"{{Member}}":{{Around.Replace("#", value, StringComparison.Ordinal)}}}""";

    private static JsonPlace Parsed(string member, string good) => new(member, "#", JsonKinds.Text, $"\"{good}\"", IsParsed: true);

    private static IEnumerable<JsonPlace> Numbers(params string[] members) => members.Select(member => new JsonPlace(member, "#", JsonKinds.Number, "1"));
}
