using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using TypedChannels.Generators.Tests;
using Project = TypedChannels.Generators.Tests.Project;

namespace TypedChannels.Analyzers.Tests;

public class EndpointAnalyzerTests
{
    private const string Chat = "[Channel(\"chat\")] public record Chat(string Text);\npublic class P;\n";

    [Theory]
    [InlineData("[ChannelServer<P>] public partial class ChatServer;")]
    [InlineData("[ChannelClient] public partial class ChatClient;")]
    [InlineData("[ChannelClient(Contracts = [typeof(Chat)])] public partial class ChatClient;")]
    [InlineData("public partial class Outer { [ChannelServer<P>] public partial class ChatServer; }")]
    [InlineData("[ChannelServer<P>] public partial class ChatServer; public partial class ChatConnection { public int Age { get; set; } }")]
    [InlineData("[ChannelServer<P>] public partial class ChatServer(ServerOptions options) : Server<ChatConnection, P>(options);")]
    public Task Accepts_what_can_be_generated(string declaration) => Diagnosis.Expect(Chat + declaration);

    [Theory]
    [InlineData("[ChannelServer<P>] public class {|TCH0008:ChatServer|};")]
    [InlineData("[ChannelClient] public class {|TCH0008:ChatClient|};")]
    [InlineData("public class {|TCH0008:Outer|} { [ChannelClient] public partial class ChatClient; }")]
    [InlineData("[ChannelServer<P>] public partial class ChatServer; public class {|TCH0008:ChatConnection|};")]
    public Task Class_that_is_not_partial_is_TCH0008(string declaration) => Diagnosis.Expect(Chat + declaration);

    [Theory]
    [InlineData("[ChannelClient] public partial class {|TCH0009:C|}<T>;")]
    [InlineData("public partial class Outer<T> { [ChannelClient] public partial class {|TCH0009:C|}; }")]
    [InlineData("[ChannelClient] public static partial class {|TCH0009:C|};")]
    [InlineData("[ChannelServer<P>] public abstract partial class {|TCH0009:C|};")]
    [InlineData("[ChannelClient] public partial record {|TCH0009:C|};")]
    [InlineData("[ChannelClient] file partial class {|TCH0009:C|};")]
    [InlineData("[ChannelClient] public partial class {|TCH0009:C|} : Exception;")]
    [InlineData("[ChannelClient, ChannelServer<P>] public partial class {|TCH0009:C|};")]
    [InlineData("[ChannelServer<P>] public partial class ChatServer; public partial record {|TCH0009:ChatConnection|};")]
    public Task Class_that_cannot_be_completed_is_TCH0009(string declaration) => Diagnosis.Expect(Chat + declaration);

    [Theory]
    [InlineData("public class Q(int x);")]
    [InlineData("public class Q { private Q() { } }")]
    [InlineData("public class Q { public required string Name { get; set; } }")]
    [InlineData("public abstract class Q;")]
    [InlineData("public interface Q;")]
    public Task Props_that_cannot_be_made_are_TCH0010(string props) =>
        Diagnosis.Expect(Chat + props + "[ChannelServer<{|TCH0010:Q|}>] public partial class ChatServer;");

    [Theory]
    [InlineData("public class Q(int x);")]
    [InlineData("public class Q { public required string Name { get; set; } }")]
    [InlineData("public abstract class Q;")]
    public Task Props_that_CreateProps_makes_are_accepted(string props) => Diagnosis.Expect(
        Chat + props + "[ChannelServer<Q>] public partial class ChatServer { protected override Q CreateProps(HandshakeContext handshake) => throw new Exception(); }");

    [Theory]
    [InlineData("public class Q { }")]
    [InlineData("public class Q(int x = 3);")]
    [InlineData("public class Q { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Q() { } public required string Name { get; set; } = \"\"; }")]
    public Task Props_that_new_makes_are_accepted(string props) =>
        Diagnosis.Expect(Chat + props + "[ChannelServer<Q>] public partial class ChatServer;");

    [Theory]
    [InlineData("public void {|TCH0007:OnChat|}() { }")]
    [InlineData("public int {|TCH0007:EmitChatAsync|};")]
    [InlineData("public void {|TCH0007:EmitChatAsync|}(Chat message, System.Threading.CancellationToken token) { }")]
    public Task Member_of_the_server_that_a_channel_needs_is_TCH0007(string member) =>
        Diagnosis.Expect(Chat + $$"""[ChannelServer<P>] public partial class ChatServer { {{member}} }""");

    [Fact]
    public Task Member_of_the_connection_that_a_channel_needs_is_TCH0007() => Diagnosis.Expect(
        Chat + "[ChannelServer<P>] public partial class ChatServer; public partial class ChatConnection { public int {|TCH0007:SendChatAsync|} => 1; }");

    [Fact]
    public Task Overload_of_a_generated_method_is_accepted() => Diagnosis.Expect(Chat + """
        [ChannelServer<P>] public partial class ChatServer { public ValueTask EmitChatAsync(string text) => EmitChatAsync(new Chat(text)); }
        public partial class ChatConnection { public ValueTask SendChatAsync(string text) => SendChatAsync(new Chat(text)); }
        """);

    [Theory]
    [InlineData("public ValueTask SendChatAsync(Chat chat, System.Threading.CancellationToken token = default) => default;")]
    [InlineData("protected int OnChat => 1;")]
    public Task Channel_that_would_hide_a_member_of_the_users_own_base_is_TCH0007_at_the_class(string member) => Diagnosis.Expect($$"""
        [Channel("chat")] public record Chat(int X);
        public abstract class Mid(ClientOptions? options = null) : Client(options) { {{member}} }
        [ChannelClient] public partial class {|TCH0007:C|} : Mid;
        """);

    [Fact]
    public Task Other_and_private_members_of_the_users_own_base_are_accepted() => Diagnosis.Expect("""
        [Channel("chat")] public record Chat(int X);
        public abstract class Mid(ClientOptions? options = null) : Client(options)
        {
            public ValueTask SendChatAsync(int times) => default;
            private int OnChat => 1;
        }
        [ChannelClient] public partial class C : Mid;
        """);

    [Fact]
    public Task Channel_that_would_hide_an_inherited_member_is_TCH0007_at_the_class() => Diagnosis.Expect("""
        [Channel("starting")] public record Starting(int X);
        public class P;
        [ChannelServer<P>] public partial class {|TCH0007:ChatServer|};
        """);

    [Fact]
    public Task Two_servers_of_one_connection_type_are_TCH0007() => Diagnosis.Expect(Chat.Replace("record Chat(", "record Text(", StringComparison.Ordinal) + """
        [ChannelServer<P>] public partial class ChatServer;
        [ChannelServer<P>] public partial class {|TCH0007:Chat|};
        """);

    [Fact]
    public Task Channel_of_two_contracts_is_TCH0005_at_the_list()
    {
        var other = new Project("Other", "using TypedChannels; namespace Other; [Channel(\"chat\")] public record Message(int X);") { RootNamespace = "Other" }.Build();
        return Diagnosis.Expect(
            Chat + "[ChannelClient(Contracts = {|TCH0005:[typeof(Chat), typeof(Other.Message)]|})] public partial class ChatClient;", [.. Project.Framework, other]);
    }

    [Theory]
    [InlineData("[typeof(Chat), {|TCH0013:typeof(string)|}]")]
    [InlineData("new[] { typeof(Chat), {|TCH0013:typeof(string)|} }")]
    [InlineData("new Type[] { {|TCH0013:typeof(string)|} }")]
    [InlineData("[{|TCH0013:typeof(string[])|}, typeof(Chat[][])]")]
    public Task Contract_without_channels_is_TCH0013(string contracts) =>
        Diagnosis.Expect(Chat + $"[ChannelClient(Contracts = {contracts})] public partial class ChatClient;");

    [Fact]
    public Task Project_without_channels_as_its_own_contract_is_TCH0013() =>
        Diagnosis.Expect("public class X; [ChannelClient(Contracts = [{|TCH0013:typeof(X)|}])] public partial class ChatClient;");

    [Theory]
    [InlineData("[{|TCH0013:ChannelClient|}] public partial class C;")]
    [InlineData("[{|TCH0013:ChannelClient()|}] public partial class C;")]
    [InlineData("[ChannelClient(Contracts = {|TCH0013:[]|})] public partial class C;")]
    [InlineData("public class P; [{|TCH0013:ChannelServer<P>|}] public partial class CServer;")]
    [InlineData("public class P; [ChannelServer<P>(Contracts = {|TCH0013:new Type[0]|})] public partial class CServer;")]
    public Task Class_without_contracts_in_a_project_without_channels_is_TCH0013(string declaration) => Diagnosis.Expect(declaration);

    [Theory]
    [InlineData("[ChannelClient] public partial class C;")]
    [InlineData("[ChannelClient(Contracts = [])] public partial class C;")]
    public Task Class_without_contracts_gets_the_projects_own_channels(string declaration) =>
        Diagnosis.Expect("namespace N { public class Outer { [Channel(\"chat\")] public record Chat(string Text); } }" + declaration);

    [Fact]
    public Task Project_whose_only_channel_is_wrong_has_no_second_mistake() =>
        Diagnosis.Expect("[Channel(\"chat\")] public abstract record {|TCH0011:Chat|}; [ChannelClient] public partial class C;");

    [Fact]
    public Task Contracts_that_do_not_compile_are_left_to_the_compiler() =>
        Diagnosis.Expect("[ChannelClient(Contracts = missing)] public partial class C; [ChannelClient(Contracts = [typeof(Missing)])] public partial class D;");

    [Fact]
    public void TCH0013_is_not_of_the_compilations_end_which_a_build_with_errors_has_not() =>
        Assert.DoesNotContain(WellKnownDiagnosticTags.CompilationEnd, Rules.NoChannels.CustomTags);

    [Fact]
    public Task Server_without_its_package_is_TCH0014() => Diagnosis.Expect(
        Chat + "[ChannelServer<P>] public partial class {|TCH0014:ChatServer|}; [ChannelClient] public partial class {|TCH0014:ChatClient|};",
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(ChannelAttribute).Assembly.Location)]);

    [Theory]
    [InlineData("internal class Q;", "Q")]
    [InlineData("internal class Q;", "System.Collections.Generic.List<Q>")]
    [InlineData("internal class Q { public class R; }", "Q.R")]
    public Task Props_less_accessible_than_their_server_are_TCH0015(string declaration, string props) =>
        Diagnosis.Expect(Chat + declaration + $$"""[ChannelServer<{|TCH0015:{{props}}|}>] public partial class ChatServer;""");

    [Fact]
    public Task Internal_props_of_an_internal_server_are_accepted() =>
        Diagnosis.Expect(Chat + "class Q; [ChannelServer<Q>] partial class ChatServer;");
}
