using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Analyzers.Tests.Fixes;

public class HandlerFixTests
{
    private const string Contract = """
        await using var server = new ChatServer();
        [Channel("chat")] public sealed record Chat(string Text);
        public sealed class P;

        """;

    private const string Skeleton = """

            private ValueTask HandleChatAsync(ChatConnection connection, Chat message)
            {
                throw new NotImplementedException();
            }
        }
        """;

    [Theory]
    [InlineData(
        "[ChannelServer<P>]\npublic sealed partial class ChatServer;",
        "[ChannelServer<P>]\npublic sealed partial class ChatServer\n{\n    protected override void OnStarting()\n    {\n        OnChat += HandleChatAsync;\n    }\n")]
    [InlineData(
        "[ChannelServer<P>]\npublic sealed partial class ChatServer\n{\n}",
        "[ChannelServer<P>]\npublic sealed partial class ChatServer\n{\n    protected override void OnStarting()\n    {\n        OnChat += HandleChatAsync;\n    }\n")]
    [InlineData(
        "[ChannelServer<P>]\npublic sealed partial class ChatServer\n{\n    protected override void OnStarting() => OnConnect += _ => default;\n}",
        "[ChannelServer<P>]\npublic sealed partial class ChatServer\n{\n    protected override void OnStarting()\n    {\n        OnConnect += _ => default;\n        OnChat += HandleChatAsync;\n    }\n")]
    [InlineData(
        "[ChannelServer<P>]\npublic sealed partial class ChatServer\n{\n    public ChatServer()\n        : base(null)\n    {\n        OnConnect += _ => default;\n    }\n}",
        "[ChannelServer<P>]\npublic sealed partial class ChatServer\n{\n    public ChatServer()\n        : base(null)\n    {\n        OnConnect += _ => default;\n        OnChat += HandleChatAsync;\n    }\n")]
    public Task Writes_a_servers_handler_and_attaches_it_where_others_are(string before, string after) => Fix.Expect(
        "TCH0040", "Handle 'Chat' in 'ChatServer'", Contract + before, Contract + after + Skeleton, OutputKind.ConsoleApplication);

    [Fact]
    public Task Writes_a_clients_handler_in_a_constructor() => Fix.Expect(
        "TCH0040",
        "Handle 'Chat' in 'ChatClient'",
        """
        await using var client = new ChatClient();
        [Channel("chat")] public sealed record Chat(string Text);
        [ChannelClient]
        public sealed partial class ChatClient;
        """,
        """
        await using var client = new ChatClient();
        [Channel("chat")] public sealed record Chat(string Text);
        [ChannelClient]
        public sealed partial class ChatClient
        {
            public ChatClient(ClientOptions? options = null)
                : base(options)
            {
                OnChat += HandleChatAsync;
            }

            private ValueTask HandleChatAsync(Chat message)
            {
                throw new NotImplementedException();
            }
        }
        """,
        OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("await using var server = new ChatServer();", "[ChannelServer<P>] public sealed partial class ChatServer;", "client", "ToClient")]
    [InlineData("await using var client = new ChatClient();", "[ChannelClient] public sealed partial class ChatClient;", "server", "ToServer")]
    public Task Takes_the_direction_away_that_nobody_handles(string statement, string type, string side, string direction)
    {
        var send = type.Contains("Server", StringComparison.Ordinal) ? "\nawait server.EmitChatAsync(new(\"\"));" : "";
        return Fix.Expect(
            "TCH0040",
            $"Let 'Chat' go to the {side} only",
            $"{statement}{send}\n[Channel(\"chat\")] public sealed record Chat(string Text);\npublic sealed class P;\n{type}",
            $"{statement}{send}\n[Channel(\"chat\", Direction = ChannelDirection.{direction})] public sealed record Chat(string Text);\npublic sealed class P;\n{type}",
            OutputKind.ConsoleApplication);
    }

    [Fact]
    public async Task Is_offered_at_the_record_for_each_class_that_receives_it_in_whichever_project()
    {
        using var editor = new Editor();
        var contracts = editor.Add("Contracts", OutputKind.DynamicallyLinkedLibrary, [("Chat.cs", "using TypedChannels;\nnamespace Contracts;\n[Channel(\"chat\")] public sealed record Chat(string Text);")]);
        var server = editor.Add("Server", OutputKind.DynamicallyLinkedLibrary, [("ChatServer.cs", "using TypedChannels;\npublic class P;\n[ChannelServer<P>(Contracts = [typeof(Contracts.Chat)])]\npublic partial class ChatServer;")], contracts.Id);
        editor.Add("Client", OutputKind.DynamicallyLinkedLibrary, [("ChatClient.cs", "using TypedChannels;\n[ChannelClient(Contracts = [typeof(Contracts.Chat)])]\npublic partial class ChatClient;")], contracts.Id);
        editor.Add("Handled", OutputKind.DynamicallyLinkedLibrary, [("Other.cs", "using TypedChannels;\n[ChannelClient(Contracts = [typeof(Contracts.Chat)])]\npublic partial class OtherClient { public void Use() => OnChat += _ => default; }")], contracts.Id);
        var document = editor.Solution.GetProject(contracts.Id)!.Documents.Single();
        var name = (await Editor.TextAsync(document)).IndexOf("Chat(", StringComparison.Ordinal);

        var offered = await Editor.RefactoringsAsync(document, new TextSpan(name, 0));
        Assert.Equal(["Handle 'Chat' in 'ChatClient'", "Handle 'Chat' in 'ChatServer'"], offered.Select(a => a.Title).Order());
        var changed = (await Editor.ApplyAsync(offered.Single(a => a.Title.Contains("Server", StringComparison.Ordinal)))).GetProject(server.Id)!;
        Assert.Empty(await Editor.ErrorsAsync(changed));
        Assert.Contains("OnChat += HandleChatAsync;", await Editor.TextAsync(changed.Documents.Single()), StringComparison.Ordinal);

        Assert.Empty(await Editor.RefactoringsAsync(document, new TextSpan(name + "Chat(string".Length, 0)));
    }
}
