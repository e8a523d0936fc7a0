namespace TypedChannels.Generators.Tests.Json;

/// <summary>What an attribute of System.Text.Json asks and cannot be had is an error at the attribute. It would throw there at run time.</summary>
public sealed class RefusedAttributes
{
    private const string Types = """
        public enum Mood { Glad }
        public record Plain(int A);
        public class Settable { public int A { get; set; } }
        public class PlainConverter : JsonConverter<Plain> { public override Plain? Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => null; public override void Write(System.Text.Json.Utf8JsonWriter writer, Plain value, System.Text.Json.JsonSerializerOptions options) { } }
        public class NeedsText(string text) : JsonConverter<int> { public override int Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => text.Length; public override void Write(System.Text.Json.Utf8JsonWriter writer, int value, System.Text.Json.JsonSerializerOptions options) { } }
        public class OpenConverter<T> : JsonConverter<T> { public override T? Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => default; public override void Write(System.Text.Json.Utf8JsonWriter writer, T value, System.Text.Json.JsonSerializerOptions options) { } }
        public class ReflectingEnums : JsonStringEnumConverter;
        public class MineAttribute : JsonConverterAttribute;
        """;

    private const string Unreachable = "generated code cannot reach it or its accessors; make them internal or public";
    private const string CreatedLate = "an object with constructor parameters, init or required members is created after its members have been read";

    [Theory]
    [InlineData("[JsonConverter(typeof(string))] public int Payload { get; set; }", "JsonConverter(typeof(string))", "it names a type that is no JsonConverter")]
    [InlineData("[JsonConverter(null!)] public int Payload { get; set; }", "JsonConverter(null!)", "it names no converter")]
    [InlineData("[JsonConverter(typeof(PlainConverter))] public int Payload { get; set; }", "JsonConverter(typeof(PlainConverter))", "its converter is for 'Plain'")]
    [InlineData("[JsonConverter(typeof(NeedsText))] public int Payload { get; set; }", "JsonConverter(typeof(NeedsText))", "its converter needs a constructor without parameters that generated code can call")]
    [InlineData("[JsonConverter(typeof(OpenConverter<>))] public int Payload { get; set; }", "JsonConverter(typeof(OpenConverter<>))", "its converter is an open generic type")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))] public int Payload { get; set; }", "JsonConverter(typeof(JsonStringEnumConverter))", "its converter is for enums only")]
    [InlineData("[JsonConverter(typeof(ReflectingEnums))] public Mood Payload { get; set; }", "JsonConverter(typeof(ReflectingEnums))", "its converter finds out the enum by reflection; derive it from JsonStringEnumConverter<TEnum>")]
    [InlineData("[Mine] public int Payload { get; set; }", "Mine", "an attribute derived from it decides at run time; name the converter in [JsonConverter] itself")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.WriteAsString)] public string? Payload { get; set; }", "JsonNumberHandling(JsonNumberHandling.WriteAsString)", "it is for numbers and collections of numbers")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int Payload { get; set; }", "JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)", "it is never null; use WhenWritingDefault")]
    [InlineData("[JsonInclude] private int Payload { get; set; }", "JsonInclude", Unreachable)]
    [InlineData("[JsonInclude] public int Payload { get; private set; }", "JsonInclude", Unreachable)]
    [InlineData("[JsonInclude] protected int Payload;", "JsonInclude", Unreachable)]
    [InlineData("[JsonExtensionData] public Dictionary<string, object>? Payload { get; set; }", "JsonExtensionData", "it needs a dictionary of string and JsonElement")]
    [InlineData("[JsonExtensionData] public System.Text.Json.Nodes.JsonObject? Payload { get; set; }", "JsonExtensionData", "System.Text.Json writes a JsonObject with it as invalid JSON; use a dictionary of string and JsonElement")]
    [InlineData("[JsonExtensionData] public Dictionary<string, System.Text.Json.JsonElement>? Payload { get; init; }", "JsonExtensionData", "unknown members come after the object has been created; give it a setter, and let it be optional")]
    [InlineData("[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public int[] Payload { get; set; } = [];", "JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)", "'int[]' cannot be filled")]
    [InlineData("[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public string Payload { get; set; } = \"\";", "JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)", "'string' cannot be filled")]
    public async Task On_members_are_reported(string member, string attribute, string reason)
    {
        var name = attribute.Split('(')[0];
        Assert.Equal(
            [$"TCH0022 '{attribute}': [{name}] on 'Message.Payload' cannot be honoured: {reason}"],
            await Run.Analyze($"[Channel(\"x\")] public class Message {{ {member} }}\n{Types}"));
    }

    [Theory]
    [InlineData("[JsonPolymorphic, Channel(\"x\")] public record Message(int A);", "TCH0022 'JsonPolymorphic': [JsonPolymorphic] on 'Message' cannot be honoured: no type is named by [JsonDerivedType]")]
    [InlineData("[JsonDerivedType(typeof(Plain)), Channel(\"x\")] public record Message(int A);", "TCH0022 'JsonDerivedType(typeof(Plain))': [JsonDerivedType] on 'Message' cannot be honoured: 'Plain' does not derive from it")]
    [InlineData("[JsonDerivedType(typeof(Sub), 1), JsonDerivedType(typeof(Sub2), 1), Channel(\"x\")] public record Message(int A); public record Sub(int A) : Message(A); public record Sub2(int A) : Message(A);", "TCH0022 'JsonDerivedType(typeof(Sub2), 1)': [JsonDerivedType] on 'Message' cannot be honoured: the discriminator 1 is given twice")]
    [InlineData("[JsonDerivedType(typeof(Sub), 1), JsonDerivedType(typeof(Sub), \"2\"), Channel(\"x\")] public record Message(int A); public record Sub(int A) : Message(A);", "TCH0022 'JsonDerivedType(typeof(Sub), \"2\")': [JsonDerivedType] on 'Message' cannot be honoured: 'Sub' is named twice")]
    [InlineData("[JsonDerivedType(typeof(Sub<>)), Channel(\"x\")] public record Message(int A); public record Sub<T>(int A) : Message(A);", "TCH0022 'JsonDerivedType(typeof(Sub<>))': [JsonDerivedType] on 'Message' cannot be honoured: the derived type is an open generic type")]
    [InlineData("[JsonDerivedType(typeof(Sub), 1), Channel(\"x\")] public record Message(int A); public record Sub(int A, object B) : Message(A);", "TCH0020 'B': 'Message.B' of type 'object' cannot be generated as JSON: it can hold anything, so its JSON is not known at compile time")]
    [InlineData("[JsonDerivedType(typeof(Sub), 1), Channel(\"x\")] public record Message([property: JsonPropertyName(\"$type\")] int A); public record Sub() : Message(1);", "TCH0023 'A': 'A' has the same JSON name as 'the type discriminator of Message': \"$type\"")]
    [InlineData("[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate), Channel(\"x\")] public record Message(List<int> A);", "TCH0022 'JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)': [JsonObjectCreationHandling] on 'Message' cannot be honoured: " + CreatedLate)]
    [InlineData("[Channel(\"x\")] public class Message { public required int A { get; set; } [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public List<int> B { get; } = []; }", "TCH0022 'JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)': [JsonObjectCreationHandling] on 'Message.B' cannot be honoured: " + CreatedLate)]
    [InlineData("[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow), Channel(\"x\")] public class Message { [JsonExtensionData] public Dictionary<string, System.Text.Json.JsonElement>? A { get; set; } }", "TCH0022 'JsonExtensionData': [JsonExtensionData] on 'Message.A' cannot be honoured: the type disallows unknown members")]
    [InlineData("[Channel(\"x\")] public class Message { [JsonExtensionData] public Dictionary<string, System.Text.Json.JsonElement>? A { get; set; } [JsonExtensionData] public Dictionary<string, System.Text.Json.JsonElement>? B { get; set; } }", "TCH0022 'JsonExtensionData': [JsonExtensionData] on 'Message.B' cannot be honoured: another member has it already")]
    [InlineData("[Channel(\"x\")] public record Message(Marked A); [JsonConverter(typeof(string))] public record Marked(int A);", "TCH0022 'JsonConverter(typeof(string))': [JsonConverter] on 'Marked' cannot be honoured: it names a type that is no JsonConverter")]
    public async Task On_types_are_reported(string source, string diagnostic) => Assert.Equal([diagnostic], await Run.Analyze(source + "\n" + Types));

    [Theory]
    [InlineData("[JsonConverter(typeof(PlainConverter))] public Plain? Payload { get; set; }")]
    [InlineData("[JsonConverter(typeof(OpenConverter<object>))] public object? Payload { get; set; }")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter))] public Mood? Payload { get; set; }")]
    [InlineData("[JsonConverter(typeof(JsonStringEnumConverter<Mood>))] public Mood Payload { get; set; }")]
    [InlineData("[JsonConverter(typeof(OpenConverter<int>))] public int? Payload { get; set; }")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.WriteAsString)] public decimal?[]? Payload { get; set; }")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)] public double? Payload { get; set; }")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.WriteAsString)] public Dictionary<string, double?>? Payload { get; set; }")]
    [InlineData("[JsonNumberHandling(JsonNumberHandling.Strict)] public List<double>? Payload { get; set; }")]
    [InlineData("[JsonInclude] internal int Payload { get; set; }")]
    [InlineData("[JsonInclude] public int Payload;")]
    [InlineData("[JsonInclude] protected internal int Payload { get; init; }")]
    [InlineData("[JsonExtensionData] public IDictionary<string, System.Text.Json.JsonElement>? Payload { get; set; }")]
    [InlineData("[JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)] public Settable Payload { get; } = new();")]
    [InlineData("[JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)] public int[] Payload { get; set; } = [];")]
    [InlineData("[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public int? Payload { get; set; }")]
    [InlineData("[JsonIgnore, JsonConverter(typeof(string))] public int Payload { get; set; }")]
    public async Task Are_not_what_can_be_honoured(string member)
    {
        var source = $"#pragma warning disable CS1591, CS8618\n[Channel(\"x\")] public class Message {{ {member} }}\n{Types}";
        Assert.Empty(await Run.Analyze(source));
        Assert.Contains("CreateObjectInfo<global::Message>", Run.GenerateAndCompile(Run.Compile(source))["ChannelJsonContext.Message.g.cs"], StringComparison.Ordinal);
    }
}
