using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators.Tests;

/// <summary>Which members servers, connections and clients get.</summary>
public class EndpointTests
{
    private const string Records = """
        using TypedChannels;
        namespace App;
        [Channel("both")] public record Both(int X);
        [Channel("up", Direction = ChannelDirection.ToServer)] public record Up(int X);
        [Channel("down", Direction = ChannelDirection.ToClient)] public record Down(int X);
        [Channel("hidden")] internal record Hidden(int X);
        [Channel("ping")] public record Ping;
        public class P;

        """;

    [Theory]
    [InlineData("ChatServer", "OnBoth OnPing OnUp EmitBothAsync EmitDownAsync EmitPingAsync EmitPingAsync")]
    [InlineData("ChatConnection", "OnBoth OnPing OnUp SendBothAsync SendDownAsync SendPingAsync SendPingAsync")]
    [InlineData("ChatClient", "OnBoth OnDown OnPing SendBothAsync SendPingAsync SendPingAsync SendUpAsync")]
    public void Direction_decides_who_receives_and_who_sends(string type, string members) =>
        Assert.Equal(members.Split(' ').Order(), Members(type, Accessibility.Public));

    [Theory]
    [InlineData("ChatServer", "OnHidden EmitHiddenAsync __onBoth __onHidden __onPing __onUp")]
    [InlineData("ChatClient", "OnHidden SendHiddenAsync")]
    public void Members_are_as_accessible_as_their_record(string type, string members) =>
        Assert.Equal(members.Split(' ').Order(), Members(type, Accessibility.Internal));

    [Fact]
    public void Record_inherits_members_so_it_is_not_empty()
    {
        var generated = new Project("App", """
            using TypedChannels;
            public record Base(int X = 1);
            [Channel("a")] public record A : Base;
            [Channel("b")] public record B { public B(int x) { } }
            [Channel("c")] public record C { private C() { } public static int Count; }
            [Channel("d")] public record struct D;
            [ChannelClient] public partial class Client1;
            """).Generate();
        generated.CompilesWithoutWarnings();
        Assert.Contains("new global::D()", generated.Files["Client.Client1.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("new global::A()", generated.Files["Client.Client1.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("new global::B()", generated.Files["Client.Client1.g.cs"], StringComparison.Ordinal);
        Assert.DoesNotContain("new global::C()", generated.Files["Client.Client1.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"App\")]", true)]
    public void Internal_record_of_another_assembly_needs_InternalsVisibleTo(string attribute, bool visible)
    {
        var other = new Project("Other", attribute + """
            namespace Other
            {
                [TypedChannels.Channel("a")] internal record A(int X);
                [TypedChannels.Channel("b")] public record B(int X);
            }
            """) { RootNamespace = "Other" }.Build();
        var generated = new Project("App", "[TypedChannels.ChannelClient(Contracts = [typeof(Other.B)])] public partial class C;")
            { References = [.. Project.Framework, other] }.Generate();
        generated.CompilesWithoutWarnings();
        Assert.Equal(visible, generated.All.Contains("OnA", StringComparison.Ordinal));
        Assert.Contains("OnB", generated.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Descriptors_are_internal_when_no_record_is_public() =>
        Assert.Contains(
            "internal static partial class ChannelDescriptors",
            new Project("App", "[TypedChannels.Channel(\"a\")] record A(int X);").Generate().Files["ChannelContract.g.cs"],
            StringComparison.Ordinal);

    [Fact]
    public void Contracts_of_two_assemblies_are_joined_without_the_projects_own()
    {
        var one = new Project("One", "namespace One { [TypedChannels.Channel(\"one\")] public record A(int X); }") { RootNamespace = "One" }.Build();
        var two = new Project("Two", "namespace Two { [TypedChannels.Channel(\"two\")] public record A(int X); }") { RootNamespace = "Two" }.Build();
        var generated = new Project("App", """
            [TypedChannels.Channel("own")] public record Own(int X);
            [TypedChannels.ChannelClient(Contracts = [typeof(One.A), typeof(Two.A)])] public partial class C;
            """) { References = [.. Project.Framework, one, two] }.Generate();
        generated.CompilesWithoutWarnings();
        var client = generated.Files["Client.C.g.cs"];
        Assert.Contains("OnOne", client, StringComparison.Ordinal);
        Assert.Contains("OnTwo", client, StringComparison.Ordinal);
        Assert.DoesNotContain("OnOwn", client, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_own_base_class_between_is_kept()
    {
        var generated = new Project("App", """
            using TypedChannels;
            namespace App;
            public class P;
            public abstract class Base<T>(ServerOptions? options) : Server<T, P>(options) where T : Connection<P>
            {
                protected override P CreateProps(HandshakeContext handshake) => new();
            }
            [ChannelServer<P>] public partial class ChatServer : Base<ChatConnection>;
            """).Generate();
        generated.CompilesWithoutWarnings();
        Assert.DoesNotContain("CreateProps", generated.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_several_constructors_the_public_one_with_the_most_parameters_is_called()
    {
        var generated = new Project("App", """
            using System;
            using TypedChannels;
            namespace App;
            public class P;
            [ChannelServer<P>]
            public partial class ChatServer
            {
                public ChatServer() : base(null) { }
                public ChatServer(ServerOptions options, IFormatProvider provider, string name = "x", IComparable? order = null) : base(options) { }
                private ChatServer(ServerOptions options, int a, int b, int c, int d) : base(options) { }
            }
            """).Generate();
        generated.CompilesWithoutWarnings();
        var server = generated.Files["Server.App.ChatServer.g.cs"];
        Assert.Contains("provider: (global::System.IFormatProvider)(services.GetService(typeof(global::System.IFormatProvider)) ?? throw", server, StringComparison.Ordinal);
        Assert.Contains("order: (global::System.IComparable?)services.GetService(typeof(global::System.IComparable)));", server, StringComparison.Ordinal);
        Assert.Contains("App.ChatServer needs a service of type System.IFormatProvider, and none is registered.", server, StringComparison.Ordinal);
        Assert.DoesNotContain("name:", server, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("internal partial class ChatConnection;", "internal")]
    [InlineData("public partial class ChatConnection;", "internal")]
    [InlineData("partial class ChatConnection;", "public")]
    [InlineData("sealed partial class ChatConnection { private int _age; public int Age => _age++; }", "public")]
    public void Users_connection_part_may_state_its_accessibility(string connection, string server)
    {
        var generated = new Project("App", $"public class P; [TypedChannels.ChannelServer<P>] {server} partial class ChatServer; {connection}").Generate();
        generated.CompilesWithoutWarnings();
    }

    [Theory]
    [InlineData("Channel")]
    [InlineData("codec")]
    [InlineData("ChannelContract")]
    [InlineData("ChannelManifest")]
    [InlineData("Server")]
    [InlineData("Client")]
    [InlineData("Json")]
    public void Context_may_be_called_as_other_generated_files_begin(string name)
    {
        // The records' types would be files of the names of their descriptors and codecs.
        var few = $"[assembly: TypedChannels.ChannelJson(ContextName = \"{name}\")] [TypedChannels.Channel(\"a\")] public record A(int X); [TypedChannels.Channel(\"b\")] public record B(A A);";
        var many = string.Concat(Enumerable.Range(0, 40).Select(i => $" [TypedChannels.Channel(\"c{i}\")] public record C{i}(int X);"));
        foreach (var source in new[] { few, few + many })
            new Project("App", source).Build();
    }

    [Fact]
    public void ContextName_renames_the_context()
    {
        var generated = new Project("App", "[assembly: TypedChannels.ChannelJson(ContextName = \"event\")] [TypedChannels.Channel(\"a\")] public record A(int X);").Generate();
        Assert.Contains("global::App.@event.Default", generated.All, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Members(string type, Accessibility accessibility)
    {
        var generated = new Project("App", Records + "[ChannelServer<P>] public partial class ChatServer; [ChannelClient] public partial class ChatClient;").Generate();
        generated.CompilesWithoutWarnings();
        return generated.Compilation.GetTypeByMetadataName("App." + type)!.GetMembers()
            .Where(m => m.DeclaredAccessibility == accessibility && m is IEventSymbol or IFieldSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary })
            .Where(m => m.DeclaredAccessibility == accessibility)
            .Select(m => m.Name).Order();
    }
}
