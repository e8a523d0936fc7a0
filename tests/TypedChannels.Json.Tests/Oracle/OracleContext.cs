using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TypedChannels.Json.Tests.Corpus;

namespace TypedChannels.Json.Tests.Oracle;

/// <summary>The same types with the same options, filled by System.Text.Json's own generator.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    Converters = [typeof(StrictEnums), typeof(FiniteDoubles), typeof(FiniteSingles)],
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Chat))]
[JsonSerializable(typeof(Empty))]
[JsonSerializable(typeof(Init))]
[JsonSerializable(typeof(Required))]
[JsonSerializable(typeof(SetsRequired))]
[JsonSerializable(typeof(RequiredAndConstructor))]
[JsonSerializable(typeof(Plain))]
[JsonSerializable(typeof(WithDefault))]
[JsonSerializable(typeof(Point))]
[JsonSerializable(typeof(Marked))]
[JsonSerializable(typeof(Corpus.Optional))]
[JsonSerializable(typeof(ByReference))]
[JsonSerializable(typeof(Named))]
[JsonSerializable(typeof(Ordered))]
[JsonSerializable(typeof(Unmapped))]
[JsonSerializable(typeof(Oblivious))]
[JsonSerializable(typeof(Annotated))]
[JsonSerializable(typeof(Mixture))]
[JsonSerializable(typeof(Derived))]
[JsonSerializable(typeof(Circle))]
[JsonSerializable(typeof(Ignores))]
[JsonSerializable(typeof(IgnoredParameter))]
[JsonSerializable(typeof(OneNameTwice))]
[JsonSerializable(typeof(IgnoredAndUnmapped))]
[JsonSerializable(typeof(Callbacks))]
[JsonSerializable(typeof(Node))]
[JsonSerializable(typeof(Link))]
[JsonSerializable(typeof(Boxes))]
[JsonSerializable(typeof(All))]
[JsonSerializable(typeof(Lists))]
[JsonSerializable(typeof(Internal))]
[JsonSerializable(typeof(Shell.Nested))]
[JsonSerializable(typeof(InGlobalNamespace))]
[JsonSerializable(typeof(@class), TypeInfoPropertyName = "Keyword")]
internal sealed partial class OracleContext : JsonSerializerContext;

/// <summary>The hostile names need a context each: System.Text.Json's generator drops one of two types with one simple name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Hostile.Two.Message), TypeInfoPropertyName = "MessageTwo")]
[JsonSerializable(typeof(Hostile.Two.Task), TypeInfoPropertyName = "TaskTwo")]
[JsonSerializable(typeof(Hostile.Two.ListTask), TypeInfoPropertyName = "ListTaskTwo")]
[JsonSerializable(typeof(Hostile.Options), TypeInfoPropertyName = "OptionsOne")]
[JsonSerializable(typeof(Hostile.Default), TypeInfoPropertyName = "DefaultOne")]
[JsonSerializable(typeof(Hostile.MESSAGE), TypeInfoPropertyName = "UpperMessage")]
[JsonSerializable(typeof(Hostile._Message), TypeInfoPropertyName = "UnderscoredMessage")]
[JsonSerializable(typeof(Hostile.String), TypeInfoPropertyName = "HostileString")]
[JsonSerializable(typeof(OneName))]
[JsonSerializable(typeof(First.Inner.Item), TypeInfoPropertyName = "FirstInnerItem")]
[JsonSerializable(typeof(Second.Item), TypeInfoPropertyName = "SecondItem")]
[JsonSerializable(typeof(List<Second.Item>), TypeInfoPropertyName = "SecondItems")]
[JsonSerializable(typeof(MyApp.System.Guid), TypeInfoPropertyName = "InnerGuid")]
[JsonSerializable(typeof(MyApp.System.Text.Json.JsonElement), TypeInfoPropertyName = "InnerElement")]
internal sealed partial class HostileOracleContext : JsonSerializerContext;

/// <summary>Enums as strings, and never as numbers.</summary>
internal sealed class StrictEnums : JsonConverterFactory
{
    // One by one: native code has no converter of an enum that it first hears of when it runs.
    private static readonly JsonConverterFactory[] Strings =
    [
        Of<Mood>(), Of<Rights>(), Of<Größe>(), Of<DayOfWeek>(), Of<EnumOfSbyte>(), Of<EnumOfByte>(), Of<EnumOfShort>(), Of<EnumOfUshort>(),
        Of<EnumOfInt>(), Of<EnumOfUint>(), Of<EnumOfLong>(), Of<EnumOfUlong>(),
    ];

    public override bool CanConvert(Type typeToConvert) => Strings.Any(strings => strings.CanConvert(typeToConvert));

    public override JsonConverter? CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        Strings.Single(strings => strings.CanConvert(typeToConvert)).CreateConverter(typeToConvert, options);

    private static JsonStringEnumConverter<T> Of<T>()
        where T : struct, Enum => new(namingPolicy: null, allowIntegerValues: false);
}

/// <summary>No infinity for a number that is beyond the range.</summary>
internal sealed class FiniteDoubles : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDouble() is var value && double.IsFinite(value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>No infinity for a number that is beyond the range.</summary>
internal sealed class FiniteSingles : JsonConverter<float>
{
    public override float Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetSingle() is var value && float.IsFinite(value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, float value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}

/// <summary>No infinity for a number that is beyond the range.</summary>
internal sealed class FiniteHalves : JsonConverter<Half>
{
    public override Half Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonMetadataServices.HalfConverter.Read(ref reader, typeToConvert, options) is var value && Half.IsFinite(value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, Half value, JsonSerializerOptions options) => JsonMetadataServices.HalfConverter.Write(writer, value, options);
}
