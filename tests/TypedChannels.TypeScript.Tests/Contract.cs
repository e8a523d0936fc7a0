using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedChannels.TypeScript.Tests;

/// <summary>What is said. It ends no comment: */ nor does it begin a tag.</summary>
/// <param name="Text">The text.</param>
/// <param name="From">Who says it; the server knows.</param>
/// <param name="At">When.</param>
[Channel("chat", MaxBytes = 256)]
public sealed record Chat(string Text, Who? From = null, DateTimeOffset? At = null);

/// <summary>Somebody.</summary>
public sealed record Who(Guid Id, string Name);

[Channel("name", Direction = ChannelDirection.ToServer)]
public sealed record Name(string Value);

[Channel("welcome", Direction = ChannelDirection.ToClient)]
public sealed record Welcome(string Name, int Connections);

[Channel("tick")]
public sealed record Tick;

/// <summary>Asks the server to fail, to stop or to close.</summary>
[Channel("order", Direction = ChannelDirection.ToServer)]
public sealed record Order(What What, int Code = 4000);

public enum What
{
    /// <summary>Throws.</summary>
    Fail,
    Close,
}

[Flags]
public enum Rights
{
    None = 0,
    Read = 1,
    Write = 2,
}

[JsonDerivedType(typeof(Circle), "circle")]
[JsonDerivedType(typeof(Square), "square")]
[JsonDerivedType(typeof(Tagged), "tagged")]
public abstract record Shape(string? Label);

public sealed record Circle(double Radius, string? Label = null) : Shape(Label);

public sealed record Square(double Side, string? Label = null) : Shape(Label);

/// <summary>Its member is called as the discriminator of <see cref="Vehicle"/>.</summary>
public sealed record Tagged(string Kind, string? Label = null) : Shape(Label);

[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Van), 1)]
public record Vehicle(int Wheels);

public sealed record Van(int Wheels, int Doors) : Vehicle(Wheels);

public sealed record Box<T>(T Item, IReadOnlyList<T> More);

/// <summary>Every type that has a row in the table of docs/typescript.md.</summary>
[Channel("values")]
public sealed record Values
{
    public required bool Bool { get; init; }
    public required byte Byte { get; init; }
    public required int Int { get; init; }
    public required long Long { get; init; }
    public required ulong ULong { get; init; }
    public required double Double { get; init; }
    public required decimal Decimal { get; init; }
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
    public required long Exact { get; init; }
    [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
    public required double Real { get; init; }
    public required char Char { get; init; }
    public required string Text { get; init; }
    public required Guid Guid { get; init; }
    public required DateTime DateTime { get; init; }
    public required DateOnly Date { get; init; }
    public required TimeOnly Time { get; init; }
    public required TimeSpan Span { get; init; }
    public required byte[] Bytes { get; init; }
    public required Rights Rights { get; init; }
    public required What What { get; init; }
    [JsonConverter(typeof(JsonNumberEnumConverter<What>))]
    public required What Number { get; init; }
    public required Dictionary<string, int> ByText { get; init; }
    public required Dictionary<What, int> ByWhat { get; init; }
    public required Dictionary<int, string?> ByNumber { get; init; }
    public required List<string> List { get; init; }
    public required List<string?> Holes { get; init; }
    public required int[][] Grid { get; init; }
    public required JsonElement Any { get; init; }
    public required Shape Shape { get; init; }
    public required Vehicle Vehicle { get; init; }
    public required Box<int> Ints { get; init; }
    public required Box<string> Texts { get; init; }
    public int? Maybe { get; init; }
    public required int? Needed { get; init; }
    public string? Label { get; set; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sparse { get; init; }
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)]
    public int WrittenOnly { get; } = 1;
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public int ReadOnly { get; init; }
    [JsonConverter(typeof(AsList))]
    public Version? Converted { get; init; }
    public Values? Next { get; init; }
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Rest { get; set; }
}

public sealed class AsList : JsonConverter<Version>
{
    public override Version Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader).EnumerateArray().Select(e => e.GetInt32()).ToArray() is [var major, var minor] ? new(major, minor) : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Version value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Major);
        writer.WriteNumberValue(value.Minor);
        writer.WriteEndArray();
    }
}
