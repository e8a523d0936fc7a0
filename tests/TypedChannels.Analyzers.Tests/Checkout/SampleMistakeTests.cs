using Microsoft.CodeAnalysis;
using TypedChannels.Analyzers.Tests.Fixes;

namespace TypedChannels.Analyzers.Tests.Checkout;

/// <summary>Every mistake, put into a copy of the chat sample.</summary>
public class SampleMistakeTests
{
    private const string Left = "public sealed record Left(Person Who);";
    private const string Goodbye = "await EmitLeftAsync(new Left(person));";
    private const string Own = "[assembly: ChannelJson(Context = typeof(Chat.Mine))]\n\nnamespace Chat;\n";

    // System.Text.Json's generator, which would complete it, does not run here.
    private const string Mine = """
        public partial class Mine() : System.Text.Json.Serialization.JsonSerializerContext(null), System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver
        {
            public static Mine Default { get; } = new();
            protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null;
            public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null;
            System.Text.Json.Serialization.Metadata.JsonTypeInfo? System.Text.Json.Serialization.Metadata.IJsonTypeInfoResolver.GetTypeInfo(Type type, System.Text.Json.JsonSerializerOptions options) => null;
        }
        """;

    // A direction that the sample's other side does not have leaves that without a member which it uses: the user then sees where.
    private static readonly string[] Breaking =
    [
        "Let the channel go to the server only", "Let the channel go to the client only", "Let 'ChatMessage' go to the client only",
    ];

    // A rule, the text at which it stands, how many fixes there are, and what was done.
    private static readonly (string Id, string At, int Fixes, Edit[] Edits)[] Mistakes =
    [
        ("TCH0001", "\"\"", 0, [Message("\"left\"", "\"\"")]),
        ("TCH0002", $"\"{new string('a', 129)}\"", 0, [Message("\"left\"", $"\"{new string('a', 129)}\"")]),
        ("TCH0003", "\"le\\nft\"", 0, [Message("\"left\"", "\"le\\nft\"")]),
        ("TCH0004", "\"_system:left\"", 0, [Message("\"left\"", "\"_system:left\"")]),
        ("TCH0005", "\"joined\"", 0, [Message("\"left\"", "\"joined\"")]),
        ("TCH0006", "\"connect\"", 1, [Message("\"left\"", "\"connect\"")]),
        ("TCH0007", "\"joined!\"", 1, [Message("\"left\"", "\"joined!\"")]),
        ("TCH0007", "OnChat", 0, [Server("private const int HistoryLength", "private const int OnChat = 1;\n    private const int HistoryLength")]),
        ("TCH0008", "ChatServer", 1, [Server("sealed partial class", "sealed class")]),
        ("TCH0008", "ChatClient", 1, [new("Client", "ChatClient.cs", "sealed partial class", "sealed class")]),
        ("TCH0009", "ChatServer", 0, [Server("sealed partial class", "abstract partial class")]),
        ("TCH0010", "ChatProps", 0, [new("Server", "ChatProps.cs", "public string? Name", "public required string? Name")]),
        ("TCH0011", "Left", 0, [Message("public sealed record Left", "public abstract record Left")]),
        ("TCH0012", "-1", 0, [Message("8 * 1024", "-1")]),
        ("TCH0012", "(ChannelDirection)7", 3, [Message("MaxBytes = 8 * 1024", "Direction = (ChannelDirection)7")]),
        ("TCH0013", "typeof(string)", 0, [Server("typeof(ChatMessage)", "typeof(string)")]),
        ("TCH0013", "ChannelClient", 0, [new("Client", "ChatClient.cs", "(Contracts = [typeof(ChatMessage)])", "")]),
        ("TCH0015", "ChatProps", 0, [new("Server", "ChatProps.cs", "public sealed class", "internal sealed class")]),
        ("TCH0016", "\"Joined\"", 0, [Message("\"left\"", "\"Joined\", MemberName = \"Left\"")]),
        ("TCH0020", "Why", 0, [Message(Left, "public sealed record Left(Person Who, object? Why = null);")]),
        ("TCH0021", "Left", 0, [Message(Left, "public sealed record Left(Person Who) { public Left(Person who, int times) : this(who) { } }")]),
        ("TCH0022", "System.Text.Json.Serialization.JsonPolymorphic", 0, [Message("[Channel(\"left\"", "[System.Text.Json.Serialization.JsonPolymorphic, Channel(\"left\"")]),
        ("TCH0023", "Who2", 0, [Message(Left, "public sealed record Left(Person Who, [property: System.Text.Json.Serialization.JsonPropertyName(\"who\")] Person? Who2 = null);")]),
        ("TCH0025", "ChannelJson(ContextName = \"a b\")", 0, [Message("namespace Chat;", "[assembly: ChannelJson(ContextName = \"a b\")]\n\nnamespace Chat;")]),
        ("TCH0026", "Why", 0, [Message(Left, "public sealed record Left(Person Who) { public string Why { get; init; } = \"\"; }")]),
        ("TCH0027", "Code", 0, [Message(Left, "public sealed record Left(Person Who) { public int Code; }")]),
        ("TCH0028", "Why", 1,
        [
            Message(Left, "public sealed record Left(Person Who, object? Why = null);"),
            Message("namespace Chat;", Own + "[System.Text.Json.Serialization.JsonSerializable(typeof(string))]\n" + Mine),
        ]),
        ("TCH0029", "ChannelJson(Context = typeof(Chat.Mine))", 0, [Message("namespace Chat;", Own + Mine)]),
        ("TCH0040", "ChatServer", 2, [Server("OnChat += SayAsync;", "")]),
        ("TCH0040", "ChatClient", 1, [Client("client.OnJoined += async joined => _terminal.Tell($\"{joined.Who.Name} joined\");", "")]),
        ("TCH0041", "ChatServer", 0, [Server(Goodbye, "")]),
        ("TCH0042", "Thread.Sleep(10)", 1, [Server(Goodbye, "Thread.Sleep(10);" + Goodbye)]),
        ("TCH0042", "SendHistoryAsync(connection).AsTask().Wait()", 1, [Server("await SendHistoryAsync(connection);", "SendHistoryAsync(connection).AsTask().Wait();")]),
        ("TCH0042", "Task.FromResult(message).Result", 1, [Client("message => Show(message);", "message => Show(Task.FromResult(message).Result);")]),
        ("TCH0042", "SendWhoIsHereAsync(connection).GetAwaiter().GetResult()", 1, [Server("await SendWhoIsHereAsync(connection);", "SendWhoIsHereAsync(connection).GetAwaiter().GetResult();")]),
        ("TCH0043", "EmitLeftAsync(new Left(person))", 2, [Server(Goodbye, Goodbye["await ".Length..])]),
        ("TCH0043", "client.SendChatAsync(new ChatMessage(\"hi\"))", 2, [Client("_name = success.You.Name;", "_name = success.You.Name;\n            client.SendChatAsync(new ChatMessage(\"hi\"));")]),
        ("TCH0044", "async", 0, [Client("error => _terminal.Tell($\"a message was refused: {error.Code}\");", "async error => await Console.Error.WriteLineAsync($\"{error.Code}\");")]),
        ("TCH0045", "left.Why", 0,
        [
            Message(Left, "public sealed record Left(Person Who) { public string? Why { get; set; } }"),
            Server(Goodbye, "var left = new Left(person);\n        await EmitLeftAsync(left);\n        left.Why = \"gone\";"),
        ]),
        ("TCH0046", "\"set:name\"", 1, [Server(Goodbye, "await EmitAsync(\"set:name\");" + Goodbye)]),
        ("TCH0047", "System.Text.Json.JsonSerializer.Serialize(new SetName(name))", 1, [Client("await _client.SendSetNameAsync(new SetName(name));", "Console.WriteLine(System.Text.Json.JsonSerializer.Serialize(new SetName(name)));\n        await _client.SendSetNameAsync(new SetName(name));")]),
    ];

    public static TheoryData<int, string> Rows { get; } = new(Mistakes.Select((m, i) => (i, m.Id)));

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Gives_its_one_diagnostic_where_it_is_and_its_fixes_compile(int row, string id)
    {
        var (_, at, fixes, edits) = Mistakes[row];
        var mistaken = Sample.Chat.With(edits);

        var (project, diagnostic) = await GivesAsync(mistaken, id, at);
        var offered = await Editor.FixesAsync(project, diagnostic);
        Assert.Equal(fixes, offered.Count);
        foreach (var fix in offered.Where(fix => !Breaking.Contains(fix.Title)))
        {
            var mended = Sample.Of(await Editor.ApplyAsync(fix));
            Assert.Equal([], (await mended.ErrorsAsync()).Select(error => $"{fix.Title}: {error}"));
            Assert.DoesNotContain(await mended.AnalyzeAsync(), d => d.Diagnostic.Id == id);
        }
    }

    [Fact]
    public async Task Package_that_is_missing_gives_TCH0014_at_the_class()
    {
        var mistaken = Sample.Chat.WithProject("Client", project => project.WithMetadataReferences(
            project.MetadataReferences.Where(reference => reference.Display != typeof(Client).Assembly.Location)));
        await GivesAsync(mistaken, "TCH0014", "ChatClient");
    }

    [Fact]
    public async Task Member_that_another_generator_makes_gives_TCH0030_at_the_record()
    {
        var other = new OtherGenerator("Left.g.cs", "namespace Chat; partial record Left { public string? Why { get; set; } }");
        var mistaken = Sample.Chat.With(Message("sealed record Left", "sealed partial record Left"))
            .WithProject("Contracts", project => project.AddAnalyzerReference(other.Reference));
        Assert.Empty(await mistaken.ErrorsAsync());
        await GivesAsync(mistaken, "TCH0030", "Left");
    }

    [Fact]
    public void Every_rule_has_its_mistake() => Assert.Equal(
        Diagnosis.Analyzers.SelectMany(a => a.SupportedDiagnostics).Select(r => r.Id).Distinct().Order(),
        // No edit of a file makes the last two, which have tests of their own.
        Mistakes.Select(m => m.Id).Distinct().Append("TCH0014").Append("TCH0030").Order());

    private static async Task<(Project Project, Diagnostic Diagnostic)> GivesAsync(Sample mistaken, string id, string at)
    {
        var (project, diagnostic) = Assert.Single(await mistaken.AnalyzeAsync());
        var location = diagnostic.Location;
        Assert.Equal((id, at), (diagnostic.Id, location.SourceTree!.ToString().Substring(location.SourceSpan.Start, location.SourceSpan.Length)));
        return (project, diagnostic);
    }

    private static Edit Message(string before, string after) => new("Contracts", "Messages.cs", before, after);

    private static Edit Server(string before, string after) => new("Server", "ChatServer.cs", before, after);

    private static Edit Client(string before, string after) => new("Client", "Conversation.cs", before, after);
}
