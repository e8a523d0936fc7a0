namespace TypedChannels.Analyzers.Tests.Fixes;

/// <summary>The fixes of records, servers and clients.</summary>
public class ContractFixTests
{
    private const string Chat = "[Channel(\"chat\")] public sealed record Chat(string Text);\n";

    [Theory]
    [InlineData("[ChannelClient]\npublic sealed class TheClient;", "[ChannelClient]\npublic sealed partial class TheClient;")]
    [InlineData("[ChannelClient] class TheClient { }", "[ChannelClient] partial class TheClient { }")]
    [InlineData("[ChannelClient]\n// Why.\nclass TheClient { }", "[ChannelClient]\n// Why.\npartial class TheClient { }")]
    [InlineData("// Why.\nclass Outer { [ChannelClient] partial class TheClient { } }", "// Why.\npartial class Outer { [ChannelClient] partial class TheClient { } }")]
    public Task Makes_a_class_partial(string before, string after)
    {
        var name = before.Contains("Outer", StringComparison.Ordinal) ? "Outer" : "TheClient";
        return Fix.Expect("TCH0008", $"Make '{name}' partial", Chat + before, Chat + after);
    }

    [Fact]
    public Task Makes_all_classes_partial() => Fix.ExpectAll(
        "TCH0008",
        "Make 'One' partial",
        Chat + "[ChannelClient] class One;\n[ChannelClient] class Two;",
        Chat + "[ChannelClient] partial class One;\n[ChannelClient] partial class Two;");

    [Theory]
    [InlineData("Let the channel go to the server only", ", Direction = ChannelDirection.ToServer")]
    [InlineData("Let the channel go to the client only", ", Direction = ChannelDirection.ToClient")]
    [InlineData("Let the channel go both ways", "")]
    public Task Sets_a_direction_that_there_is(string title, string argument) => Fix.Expect(
        "TCH0012",
        title,
        "[Channel(\"chat\", Direction = (ChannelDirection)7)] public sealed record Chat(string Text);",
        $"[Channel(\"chat\"{argument})] public sealed record Chat(string Text);");

    [Fact]
    public Task Offers_no_direction_for_another_argument() =>
        Fix.ExpectOffered("TCH0012", "[Channel(\"chat\", MaxBytes = -1)] public sealed record Chat(string Text);");

    [Theory]
    [InlineData("[Channel(\"connect\")] public sealed record Greeting(string Text);", "Greeting", "[Channel(\"connect\", MemberName = \"Greeting\")] public sealed record Greeting(string Text);")]
    [InlineData("[Channel(\"connect\")] public sealed record Connect(string Text);", "ConnectMessage", "[Channel(\"connect\", MemberName = \"ConnectMessage\")] public sealed record Connect(string Text);")]
    [InlineData("[Channel(\"a\", MemberName = \"1\")] public sealed record Greeting(string Text);", "Greeting", "[Channel(\"a\", MemberName = \"Greeting\")] public sealed record Greeting(string Text);")]
    [InlineData("[Channel(\"connect\")] public sealed record Chat(string Text);\n[Channel(\"chat\")] public sealed record Other(string Text);", "ChatMessage", "[Channel(\"connect\", MemberName = \"ChatMessage\")] public sealed record Chat(string Text);\n[Channel(\"chat\")] public sealed record Other(string Text);")]
    public Task Sets_a_member_name_that_can_be_used(string before, string name, string after) =>
        Fix.Expect("TCH0006", $"Set MemberName to '{name}'", before, after);

    [Fact]
    public Task Sets_a_member_name_that_no_other_channel_has() => Fix.Expect(
        "TCH0007",
        "Set MemberName to 'B'",
        "[Channel(\"a:b\")] public sealed record A(int X);\n[Channel(\"a b\")] public sealed record B(int X);",
        "[Channel(\"a:b\")] public sealed record A(int X);\n[Channel(\"a b\", MemberName = \"B\")] public sealed record B(int X);");

    [Fact]
    public Task Offers_no_member_name_where_the_users_own_member_collides() =>
        Fix.ExpectOffered("TCH0007", Chat + "[ChannelClient] public sealed partial class TheClient { public int OnChat; }");

    [Theory]
    [InlineData("object")]
    [InlineData("System.Collections.Generic.List<object>")]
    public Task Lists_the_type_in_the_projects_own_context(string member) => Fix.Expect(
        "TCH0028",
        "List 'object' in 'Mine'",
        Own(member, "[JsonSerializable(typeof(string))]\n"),
        Own(member, "[JsonSerializable(typeof(object))]\n[JsonSerializable(typeof(string))]\n"));

    [Fact]
    public Task Does_not_list_dynamic_that_has_no_typeof() => Fix.ExpectOffered("TCH0028", Own("dynamic", "[JsonSerializable(typeof(string))]\n"));

    [Theory]
    [InlineData("JsonSerializer.Serialize(chat)", "JsonSerializer.Serialize(chat, ChannelJsonContext.Default.Chat)")]
    [InlineData("JsonSerializer.Serialize(chat, JsonSerializerOptions.Web)", "JsonSerializer.Serialize(chat, ChannelJsonContext.Default.Chat)")]
    [InlineData("JsonSerializer.Serialize(options: null, value: chat)", "JsonSerializer.Serialize(jsonTypeInfo: ChannelJsonContext.Default.Chat, value: chat)")]
    [InlineData("JsonSerializer.Deserialize<Chat>(\"{}\")", "JsonSerializer.Deserialize<Chat>(\"{}\", ChannelJsonContext.Default.Chat)")]
    [InlineData("JsonSerializer.SerializeAsync(System.IO.Stream.Null, chat, cancellationToken: default)", "JsonSerializer.SerializeAsync(System.IO.Stream.Null, chat, ChannelJsonContext.Default.Chat, cancellationToken: default)")]
    public Task Passes_the_type_info_of_the_generated_context(string before, string after) => Fix.Expect(
        "TCH0047", "Pass 'ChannelJsonContext.Default.Chat'", Json(before), Json(after));

    [Fact]
    public Task Lets_a_channel_go_both_ways_that_is_sent_the_wrong_way() => Fix.Expect(
        "TCH0046",
        "Let the channel go both ways",
        Wrong(", Direction = ChannelDirection.ToServer"),
        Wrong(""));

    private static string Wrong(string direction) => $$"""
        [Channel("ask"{{direction}})] public sealed record Ask(string Text);
        public sealed class P;
        [ChannelServer<P>]
        public sealed partial class TheServer
        {
            public ValueTask AskAsync() => EmitAsync("ask");
        }
        """;

    private static string Json(string expression) => $$"""
        using System.Text.Json;
        namespace App;
        [Channel("chat")] public sealed record Chat(string Text);
        public static class User
        {
            public static object? Use(Chat chat) => {{expression}};
        }
        """;

    // System.Text.Json's generator does not run here: what it would add stands here.
    private static string Own(string member, string listed) => $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        [assembly: ChannelJson(Context = typeof(Mine))]
        [Channel("chat")] public sealed record Chat({{member}} Payload);

        // Mine.
        {{listed}}public partial class Mine : JsonSerializerContext;
        public partial class Mine() : JsonSerializerContext(null), IJsonTypeInfoResolver
        {
            public static Mine Default { get; } = new();
            protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override JsonTypeInfo? GetTypeInfo(Type type) => null;
            JsonTypeInfo? IJsonTypeInfoResolver.GetTypeInfo(Type type, JsonSerializerOptions options) => null;
        }
        """;
}
