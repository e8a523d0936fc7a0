using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators.Tests;

/// <summary>Names that would break careless output. Each project here must build without a warning.</summary>
public class HostileNameTests
{
    [Fact]
    public void Keywords_name_types_namespaces_members_and_parameters() => Builds("""
        using TypedChannels;
        namespace @class.@namespace
        {
            public partial class @static
            {
                [Channel("event", MemberName = "class")] public record @event(int @int);
                [Channel("record")] public record @record;
                [Channel("required")] public struct @required { public int X { get; set; } }
                public class @string { public string @params = ""; }
                public interface @interface;
                [ChannelServer<@string>] public partial class @void(ServerOptions @default, @interface @ref) : Server<voidConnection, @string>(@default) { public object R => @ref; }
                [ChannelClient] public partial class @required2;
            }
        }
        """);

    [Fact]
    public void Global_namespace() => Builds("""
        using TypedChannels;
        [Channel("chat")] public record ChatMessage(string Text);
        public class Props;
        [ChannelServer<Props>] public partial class ChatServer;
        [ChannelClient] public partial class ChatClient;
        """);

    [Fact]
    public void User_types_called_as_the_frameworks_are() => Builds("""
        namespace App
        {
            [TypedChannels.Channel("system")] public record System(int X);
            [TypedChannels.Channel("task")] public record Task(int X);
            [TypedChannels.Channel("value task")] public record ValueTask(int X);
            [TypedChannels.Channel("json")] public record JsonSerializer(int X);
            [TypedChannels.Channel("token")] public record CancellationToken(int X);
            [TypedChannels.Channel("global")] public record Global(int X);
            [TypedChannels.Channel("typed")] public record TypedChannelsGenerated(int X);
            public class ServerOptions;
            public class Props;
            [TypedChannels.ChannelServer<Props>] public partial class Server;
            [TypedChannels.ChannelClient] public partial class Client;
        }
        """);

    [Fact]
    public void Namespaces_called_System_and_TypedChannels() => Builds("""
        namespace MyApp.System.TypedChannels
        {
            [global::TypedChannels.Channel("chat")] public record Threading(int X);
            public class Props;
            [global::TypedChannels.ChannelServer<Props>] public partial class ChatServer;
            [global::TypedChannels.ChannelClient] public partial class ChatClient;
        }
        """);

    [Fact]
    public void Nested_types_of_every_kind_and_generic_props() => Builds("""
        using System.Collections.Generic;
        using TypedChannels;
        namespace App;
        public partial interface I
        {
            public partial struct S
            {
                public partial record R
                {
                    public readonly partial record struct V
                    {
                        [Channel("a")] public record A(int X);
                        [ChannelServer<Dictionary<string, List<string>>>] public partial class Deep;
                        [ChannelClient] internal partial class DeepClient;
                        [ChannelServer<List<int>>] private partial class HiddenServer;
                    }
                }
            }
        }
        """);

    [Fact]
    public void Equal_simple_names_in_two_namespaces() => Builds("""
        using TypedChannels;
        namespace A { [Channel("a")] public record M(int X); public class P; [ChannelServer<P>] public partial class ChatServer; [ChannelClient] public partial class C; }
        namespace B { [Channel("b")] public record M(int X); public class P; [ChannelServer<P>] public partial class ChatServer; [ChannelClient] public partial class C; }
        """);

    [Fact]
    public void Names_that_differ_in_case()
    {
        var generated = Builds("""
            using TypedChannels;
            namespace App;
            public class P;
            [Channel("a", MemberName = "chat")] public record Chat(int X);
            [Channel("b", MemberName = "Chat")] public record chaT(int X);
            [ChannelServer<P>] public partial class ChatServer;
            [ChannelServer<P>] public partial class CHATServer;
            [ChannelClient] public partial class client1;
            [ChannelClient] public partial class Client1;
            """);
        Assert.Contains("OnChat", generated.All, StringComparison.Ordinal);
        Assert.Contains("Onchat", generated.All, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("quo\"te")]
    [InlineData("back\\slash")]
    [InlineData("größe")]
    [InlineData("日本語")]
    [InlineData("smile 🙂")]
    [InlineData("<c>&amp;</summary>")]
    [InlineData("line\u2028separator\u2029")]
    [InlineData("right\u202Eto left")]
    [InlineData("{0} {{x}} */ // \"\"\" $")]
    [InlineData("not\uFFFEa\uFFFFcharacter")]
    public void Channel_names_are_printed_so_that_they_stay_themselves(string name)
    {
        var generated = Builds($$"""
            using TypedChannels;
            namespace App;
            [Channel({{Literals.Quote(name)}}, MemberName = "Name")] public record M(int X);
            public class P;
            [ChannelServer<P>] public partial class ChatServer;
            """);
        // In the descriptor, and where the server names the event.
        foreach (var file in (string[])["Channel.Name.g.cs", "Server.App.ChatServer.g.cs"])
        {
            var tree = generated.Compilation.SyntaxTrees.Single(t => t.FilePath.EndsWith(file, StringComparison.Ordinal));
            Assert.Contains(tree.GetRoot(TestContext.Current.CancellationToken).DescendantTokens(), token => token.Value as string == name);
        }
    }

    [Fact]
    public void Channel_name_with_a_line_break_is_not_generated() =>
        Assert.Empty(new Project("App", "[TypedChannels.Channel(\"a\\nb\")] public record M(int X);").Generate().Files);

    [Theory]
    [InlineData("My-App")]
    [InlineData("1st.event.app")]
    [InlineData("App (copy)")]
    [InlineData("größe")]
    public void Assembly_names_become_namespaces(string name)
    {
        foreach (var root in new[] { null, "", name })
            new Project(name, Samples.Chat, Samples.Server) { RootNamespace = root }.Generate().CompilesWithoutWarnings();
    }

    [Fact]
    public void Assemblies_whose_names_differ_in_punctuation_do_not_share_a_namespace() => Assert.NotEqual(
        AssemblyParser.Descriptors(new Project("My-App").Compile()), AssemblyParser.Descriptors(new Project("My_App").Compile()));

    [Fact]
    public void Members_of_objects_and_fields_of_the_generators_own_names() => Builds("""
        using TypedChannels;
        namespace App;
        [Channel("equals")] public record A(int X);
        [Channel("get type")] public record B(int X);
        [Channel("to string")] public record C(int X);
        public class P;
        [ChannelServer<P>] public partial class ChatServer { private int __onEquals; public int Use() => __onEquals++; }
        public partial class ChatConnection { private int __server; private int __onToString; public int Use() => __server++ + __onToString++; }
        """);

    [Fact]
    public void Obsolete_records_and_props_keep_their_channels() => Builds("""
        using System;
        using TypedChannels;
        namespace App;
        #pragma warning disable CS0612, CS0618
        [Obsolete("Use another."), Channel("old")] public record Old(int X);
        [Obsolete] public class P;
        [ChannelServer<P>] public partial class ChatServer;
        """);

    private static Generated Builds(string source)
    {
        var generated = new Project("App", source).Generate();
        generated.CompilesWithoutWarnings();
        Assert.NotEmpty(generated.Files);
        return generated;
    }

    [Theory]
    [InlineData("ChatServer")]
    [InlineData("ChatMessage.Console")]
    public void Project_is_called_as_a_type_of_its_own(string root)
    {
        var generated = new Project(root, """
            using TypedChannels;
            [Channel("chat")] public sealed record ChatMessage(string Text);
            public sealed class ChatProps;
            [ChannelServer<ChatProps>] public sealed partial class ChatServer;
            """) { RootNamespace = root }.Generate();
        generated.CompilesWithoutWarnings();
        Assert.NotNull(generated.Compilation.GetTypeByMetadataName("ChannelJsonContext"));
    }
}
