using TypedChannels.Analyzers.Tests.Fixes;

namespace TypedChannels.Analyzers.Tests.Usage;

public class ReflectedJsonAnalyzerTests
{
    private const string Usings = "using System.Text.Json;";

    [Theory]
    [InlineData("{|TCH0047:JsonSerializer.Serialize(new Chat())|}")]
    [InlineData("{|TCH0047:JsonSerializer.SerializeToUtf8Bytes(new Chat())|}")]
    [InlineData("{|TCH0047:JsonSerializer.Deserialize<Chat>(\"{}\")|}")]
    [InlineData("{|TCH0047:JsonSerializer.Deserialize<Chat>(\"{}\"u8)|}")]
    [InlineData("{|TCH0047:JsonSerializer.DeserializeAsync<Chat>(System.IO.Stream.Null)|}")]
    [InlineData("{|TCH0047:JsonSerializer.Serialize(new Chat(), (JsonSerializerOptions?)null)|}")]
    [InlineData("{|TCH0047:JsonSerializer.Serialize(new Chat(), JsonSerializerOptions.Web)|}")]
    [InlineData("{|TCH0047:JsonSerializer.Serialize(new Chat(), new JsonSerializerOptions { WriteIndented = true })|}")]
    [InlineData("{|TCH0047:JsonSerializer.Serialize(new Chat(), new JsonSerializerOptions(JsonSerializerDefaults.Web))|}")]
    [InlineData("{|TCH0047:JsonSerializer.Serialize(new Chat(), typeof(Chat))|}")]
    [InlineData("{|TCH0047:JsonSerializer.Serialize((object)new Chat(), typeof(Chat), JsonSerializerOptions.Web)|}")]
    [InlineData("{|TCH0047:JsonSerializer.Deserialize(\"{}\", typeof(Chat))|}")]
    [InlineData("{|TCH0047:JsonSerializer.Deserialize(returnType: typeof(Chat), json: \"{}\")|}")]
    public Task Message_written_or_read_by_reflection_is_TCH0047(string expression) => Expect(expression);

    [Theory]
    [InlineData("JsonSerializer.Serialize(new Chat(), App.ChannelJsonContext.Default.Chat)")]
    [InlineData("JsonSerializer.Deserialize(\"{}\", App.ChannelJsonContext.Default.Chat)")]
    [InlineData("JsonSerializer.Serialize(new Chat(), options)")]
    [InlineData("JsonSerializer.Serialize(new Chat(), App.ChannelJsonContext.Default.Options)")]
    [InlineData("JsonSerializer.Serialize(new Chat(), new JsonSerializerOptions { TypeInfoResolver = App.ChannelJsonContext.Default })")]
    [InlineData("JsonSerializer.Serialize(new Chat(), new JsonSerializerOptions(options))")]
    [InlineData("JsonSerializer.Serialize(new P())")]
    [InlineData("JsonSerializer.Deserialize<int>(\"1\")")]
    [InlineData("JsonSerializer.Serialize(new Chat(), typeof(Chat), App.ChannelJsonContext.Default)")]
    [InlineData("JsonSerializer.Serialize(new Chat(), typeof(Chat), options)")]
    [InlineData("JsonSerializer.Serialize(new P(), typeof(P))")]
    [InlineData("JsonSerializer.Serialize(typeof(Chat))")]
    [InlineData("JsonSerializer.Deserialize(\"{}\", new Chat().GetType())")]
    public Task What_has_a_context_or_is_no_message_is_accepted(string expression) => Expect(expression);

    [Theory]
    [InlineData("JsonSerializer.Serialize(new Chat(), typeof(Chat))")]
    [InlineData("JsonSerializer.Deserialize(\"{}\", typeof(Chat))")]
    public Task Call_with_a_typeof_is_offered_no_fix(string expression) => Fix.ExpectOffered("TCH0047", Source(expression));

    private static Task Expect(string expression) => Diagnosis.ExpectOfLibrary(Source(expression));

    private static string Source(string expression) => Usings + Contract.Text + $$"""
        public static class User
        {
            public static object? Use(JsonSerializerOptions options) => {{expression}};
        }
        """;
}
