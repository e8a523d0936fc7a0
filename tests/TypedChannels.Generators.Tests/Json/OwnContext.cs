namespace TypedChannels.Generators.Tests.Json;

/// <summary>The project's own context: <c>[assembly: ChannelJson(Context = …)]</c>.</summary>
public sealed class OwnContext
{
    private const string Context = """
        public class Mine : JsonSerializerContext
        {
            public static Mine Default { get; } = new();
            private Mine() : base(null) { }
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
        }
        """;

    private const string Uses = "[assembly: ChannelJson(Context = typeof(Mine))]\n#pragma warning disable CS1591, SYSLIB1225\n";

    [Fact]
    public async Task Is_asked_for_the_types_that_it_lists()
    {
        const string source = Uses + "[Channel(\"x\")] public record Message((int, string) A, object B, Listed C, Unlisted D);"
            + "public record Listed(int A); public record Unlisted(int A); [JsonSerializable(typeof((int, string))), JsonSerializable(typeof(object)), JsonSerializable(typeof(Listed))]" + Context;
        Assert.Empty(await Run.Analyze(source));

        var sources = Run.GenerateAndCompile(Run.Compile(source.Replace(" : JsonSerializerContext", " : JsonSerializerContext, System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver", StringComparison.Ordinal)
            .Replace("private Mine()", "System.Text.Json.Serialization.Metadata.JsonTypeInfo? System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver.GetTypeInfo(Type type, System.Text.Json.JsonSerializerOptions options) => null; private Mine()", StringComparison.Ordinal)));

        Assert.Contains("resolver.GetTypeInfo(typeof(global::Listed), options)", sources["ChannelJsonContext.Listed.g.cs"], StringComparison.Ordinal);
        Assert.Contains("CreateObjectInfo<global::Unlisted>", sources["ChannelJsonContext.Unlisted.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_named_where_a_type_can_neither_be_generated_nor_is_listed() =>
        Assert.Equal(
            ["TCH0028 'B': 'Message.B' of type 'object' cannot be generated as JSON: it can hold anything, so its JSON is not known at compile time; or list the type in 'Mine' with [JsonSerializable]"],
            await Run.Analyze(Uses + "[Channel(\"x\")] public record Message((int, string) A, object B); [JsonSerializable(typeof((int, string)))]" + Context));

    [Theory]
    [InlineData("public class Mine;", "Mine", "it does not derive from JsonSerializerContext")]
    [InlineData(Context, "Mine", "it lists no type with [JsonSerializable]")]
    [InlineData("[JsonSerializable(typeof(int))] public abstract class Mine : JsonSerializerContext { protected Mine() : base(null) { } }", "Mine", "it is abstract or generic")]
    public async Task Is_refused(string context, string display, string reason) =>
        Assert.Equal(
            [$"TCH0029 'ChannelJson(Context = typeof(Mine))': '{display}' cannot be the project's own JSON context: {reason}"],
            await Run.Analyze(Uses + "[Channel(\"x\")] public record Message(int A);" + context));
}
