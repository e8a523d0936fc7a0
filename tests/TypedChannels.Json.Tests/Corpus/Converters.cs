using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

#pragma warning disable TCH0026 // That both lose the same initialisers is among what is compared.

namespace TypedChannels.Json.Tests.Corpus;

/// <summary>Cents as a string: <c>"1.50"</c>.</summary>
[JsonConverter(typeof(MoneyConverter))]
public readonly record struct Money(long Cents);

public sealed class MoneyConverter : JsonConverter<Money>
{
    public override Money Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new((long)(decimal.Parse(reader.GetString()!, CultureInfo.InvariantCulture) * 100));

    public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WriteStringValue((value.Cents / 100m).ToString("F2", CultureInfo.InvariantCulture));

    public override Money ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Read(ref reader, typeToConvert, options);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, Money value, JsonSerializerOptions options) =>
        writer.WritePropertyName((value.Cents / 100m).ToString("F2", CultureInfo.InvariantCulture));
}

/// <summary>An integer with a mark: <c>"#1"</c>.</summary>
public sealed class MarkedIntegers : JsonConverter<int>
{
    public override int Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is ['#', .. var digits] && int.TryParse(digits, CultureInfo.InvariantCulture, out var value) ? value : throw new JsonException("No mark.");

    public override void Write(Utf8JsonWriter writer, int value, JsonSerializerOptions options) => writer.WriteStringValue($"#{value}");
}

public sealed class NullableMarkedIntegers : JsonConverter<int?>
{
    public override bool HandleNull => true;

    public override int? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? -1 : reader.GetInt32();

    public override void Write(Utf8JsonWriter writer, int? value, JsonSerializerOptions options)
    {
        if (value is { } number)
            writer.WriteNumberValue(number);
        else
            writer.WriteStringValue("none");
    }
}

/// <summary>A factory for the wrapper, whatever it wraps.</summary>
public sealed class WrapperFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(Wrapper<int>) || typeToConvert == typeof(Wrapper<string>);

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        typeToConvert == typeof(Wrapper<int>) ? new IntWrapper() : new TextWrapper();

    private sealed class IntWrapper : JsonConverter<Wrapper<int>>
    {
        public override Wrapper<int>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetInt32());

        public override void Write(Utf8JsonWriter writer, Wrapper<int> value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
    }

    private sealed class TextWrapper : JsonConverter<Wrapper<string>>
    {
        public override Wrapper<string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, Wrapper<string> value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}

[JsonConverter(typeof(WrapperFactory))]
public sealed class Wrapper<T>(T value)
{
    public T Value { get; } = value;
}

/// <summary>Nothing but its converter can be generated for it.</summary>
[JsonConverter(typeof(OpaqueConverter))]
public abstract class Opaque
{
    public abstract object Anything { get; }

    public static Opaque Of(string text) => new Held(text);

    private sealed class Held(string text) : Opaque
    {
        public override object Anything => text;
    }
}

public sealed class OpaqueConverter : JsonConverter<Opaque>
{
    public override Opaque? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Opaque.Of(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, Opaque value, JsonSerializerOptions options) => writer.WriteStringValue((string)value.Anything);
}

/// <summary>For a member whose type nobody could generate.</summary>
public sealed class ObjectConverter : JsonConverter<object>
{
    public override object? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number ? reader.GetInt32() : reader.GetString();

    public override void Write(Utf8JsonWriter writer, object value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

public sealed class CommaList : JsonConverter<List<int>>
{
    public override List<int>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        [.. reader.GetString()!.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(x => int.TryParse(x, CultureInfo.InvariantCulture, out var i) ? i : throw new JsonException())];

    public override void Write(Utf8JsonWriter writer, List<int> value, JsonSerializerOptions options) => writer.WriteStringValue(string.Join(',', value));
}

[JsonConverter(typeof(JsonStringEnumConverter<Size>))]
public enum Size
{
    Small,
    [JsonStringEnumMemberName("very large")]
    Large,
}

[JsonConverter(typeof(JsonNumberEnumConverter<Level>))]
public enum Level
{
    Low,
    High,
}

public sealed class LowerCaseMoods() : JsonStringEnumConverter<Mood>(JsonNamingPolicy.SnakeCaseUpper, allowIntegerValues: false);

[Channel("converted type")]
public sealed record WithMoney(Money A, Money? B, List<Money> C);

[Channel("converted keys")]
public sealed record ByMoney(Dictionary<Money, int> A);

[Channel("converted member")]
public sealed record WithMarked([property: JsonConverter(typeof(MarkedIntegers))] int A, [property: JsonConverter(typeof(MarkedIntegers))] int? B, int C);

[Channel("converted nullable")]
public sealed class WithNullableMarked
{
    [JsonConverter(typeof(NullableMarkedIntegers))]
    public int? A { get; set; }

    [JsonConverter(typeof(NullableMarkedIntegers))]
    public int? B { get; init; }
}

[Channel("factories")]
public sealed record WithWrappers(Wrapper<int> A, Wrapper<string>? B, Wrapper<int>[] C);

[Channel("factory on a member")]
public sealed record WithWrappedMember([property: JsonConverter(typeof(WrapperFactory))] Wrapper<int> A);

[Channel("converted abstract class")]
public sealed record WithOpaque(Opaque A, List<Opaque?> B);

[Channel("converted object")]
public sealed record WithObject([property: JsonConverter(typeof(ObjectConverter))] object A, [property: JsonConverter(typeof(ObjectConverter))] object? B = null);

[Channel("converted list")]
public sealed record WithCommas([property: JsonConverter(typeof(CommaList))] List<int> A, List<int> B);

[Channel("enums with converters")]
public sealed record WithSizes(Size A, Size? B, Level C, Level? D, List<Level> E, Dictionary<Size, Level> F);

[Channel("enum members with converters")]
public sealed record WithMoods(
    [property: JsonConverter(typeof(JsonStringEnumConverter<Mood>))] Mood A, [property: JsonConverter(typeof(JsonNumberEnumConverter<Mood>))] Mood? B,
    [property: JsonConverter(typeof(LowerCaseMoods))] Mood C, Mood D);

[Channel("converted root")]
[JsonConverter(typeof(RootConverter))]
public sealed class ConvertedRoot(int a)
{
    public int A { get; } = a;
}

public sealed class RootConverter : JsonConverter<ConvertedRoot>
{
    public override ConvertedRoot? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName || !reader.Read())
            throw new JsonException();
        var root = new ConvertedRoot(reader.GetInt32());
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject ? root : throw new JsonException();
    }

    public override void Write(Utf8JsonWriter writer, ConvertedRoot value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteNumber("only", value.A);
        writer.WriteEndObject();
    }
}
