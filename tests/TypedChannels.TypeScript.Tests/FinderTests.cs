using TypedChannels.Build;

namespace TypedChannels.TypeScript.Tests;

/// <summary>Which clients a build writes, of what it reads out of compiled assemblies.</summary>
public class FinderTests
{
    private const string Records = "using TypedChannels; public class P; [Channel(\"a\")] public sealed record A(int X);\n";

    [Theory]
    [InlineData("[ChannelServer<P>] public partial class ChatServer;", "ChatClient of ChatServer")]
    [InlineData("[ChannelServer<P>] public partial class Chat;", "ChatClient of Chat")]
    [InlineData("[ChannelClient] public partial class Terminal;", "Terminal of Terminal")]
    [InlineData("namespace N { public partial class Outer { [ChannelClient] public partial class Inner; } }", "Inner of N.Outer.Inner")]
    [InlineData("[ChannelServer<P>] public partial class ChatServer; [ChannelClient] public partial class Terminal;", "ChatClient of ChatServer", "Terminal of Terminal")]
    // Who says which channels it speaks comes first.
    [InlineData("[ChannelServer<P>] public partial class ChatServer; namespace N { [ChannelClient] public partial class ChatClient; }", "ChatClient of N.ChatClient")]
    public void Each_server_and_client_of_the_project_has_a_client(string classes, params string[] expected)
    {
        using var project = CompiledContract.Of(Records + classes);
        Assert.Equal(expected, Find(project).Select(client => $"{client.Name} of {client.Of}"));
    }

    [Fact]
    public void Two_of_one_name_are_an_error_even_where_only_a_file_system_takes_them_for_one()
    {
        using var twice = CompiledContract.Of(Records + "namespace N { [ChannelClient] public partial class C; } namespace M { [ChannelClient] public partial class C; }");
        Assert.Contains("'M.C' and 'N.C'", string.Join(" and ", Error(BuildErrorException.SameName, () => Find(twice)).Split(" and ").Order()), StringComparison.Ordinal);
        using var cased = CompiledContract.Of(Records + "[ChannelClient] public partial class Client; namespace N { [ChannelClient] public partial class client; }");
        Error(BuildErrorException.SameName, () => Find(cased));
        using var shared = CompiledContract.Of(Records + "[ChannelClient] public partial class typedchannels;");
        Error(BuildErrorException.SameName, () => _ = TypeScriptFiles.Of(Find(shared)).Count());
    }

    [Fact]
    public void A_project_without_any_writes_those_of_its_references()
    {
        using var records = CompiledContract.Of(Records, "Records");
        using var server = CompiledContract.Of(
            "using TypedChannels; public class Props; [ChannelServer<Props>(Contracts = [typeof(A)])] public partial class ChatServer;", "Server", records);
        using var page = CompiledContract.Of("public class Page;", "Page");
        var client = Assert.Single(Find(page, server, records));
        Assert.Equal(("ChatClient", "ChatServer", "a"), (client.Name, client.Of, Assert.Single(client.Channels).Name));
    }

    [Fact]
    public void A_contract_alone_has_a_client_where_it_is_named()
    {
        using var records = CompiledContract.Of(Records, "Records");
        Assert.Contains("TypedChannelsTypeScriptClient", Error(BuildErrorException.NothingFound, () => Find(records)), StringComparison.Ordinal);
        var client = Assert.Single(new ClientFinder(records.Path, []).Find("PageClient"));
        Assert.Equal(("PageClient", "Records"), (client.Name, client.Of));
        using var nothing = CompiledContract.Of("public class Nothing;", "Nothing");
        Error(BuildErrorException.NothingFound, () => Find(nothing));
        Error(BuildErrorException.NoManifest, () => new ClientFinder(nothing.Path, []).Find("PageClient"));
    }

    [Fact]
    public void Channels_of_several_contracts_are_one_clients_and_internal_ones_only_their_friends()
    {
        using var open = CompiledContract.Of(Records, "Open");
        using var closed = CompiledContract.Of("""
            [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Friend")]
            [TypedChannels.Channel("b")] internal sealed record B(int X);
            [TypedChannels.Channel("c")] public sealed record C(int X);
            """, "Closed");
        const string client = "[TypedChannels.ChannelClient(Contracts = [typeof(A), typeof(C)])] public partial class Client;";
        using var friend = CompiledContract.Of(client, "Friend", open, closed);
        using var stranger = CompiledContract.Of(client, "Stranger", open, closed);
        Assert.Equal(["a", "b", "c"], Find(friend, open, closed).Single().Channels.Select(c => c.Name));
        Assert.Equal(["a", "c"], Find(stranger, open, closed).Single().Channels.Select(c => c.Name));
    }

    [Fact]
    public void A_type_that_two_contracts_write_differently_cannot_be_expressed()
    {
        using var shared = CompiledContract.Of("public sealed record Shared(int FirstMember);", "Shared");
        const string other = "[TypedChannels.Channel(\"b\")] public sealed record B(Shared S);";
        const string settings = "[assembly: TypedChannels.ChannelJson(PropertyNamingPolicy = System.Text.Json.Serialization.JsonKnownNamingPolicy.SnakeCaseLower)]\n";
        using var camel = CompiledContract.Of("[TypedChannels.Channel(\"a\")] public sealed record A(Shared S);", "Camel", shared);
        using var alike = CompiledContract.Of(other, "Other", shared);
        using var snake = CompiledContract.Of(settings + other, "Other", shared);
        const string client = "[TypedChannels.ChannelClient(Contracts = [typeof(A), typeof(B)])] public partial class Client;";
        using var good = CompiledContract.Of(client, "App", shared, camel, alike);
        using var bad = CompiledContract.Of(client, "App", shared, camel, snake);
        Assert.Contains("firstMember", TypeScriptFiles.Of(Find(good, camel, alike)).First().Text, StringComparison.Ordinal);
        Assert.Contains("'Shared' has two forms", Error(BuildErrorException.Inexpressible, () => Find(bad, camel, snake)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_contract_of_another_version_or_that_is_not_there_is_an_error()
    {
        using var newer = CompiledContract.Of("""[assembly: TypedChannels.ChannelManifest(2, "{}")] [assembly: TypedChannels.ChannelContract(1, typeof(X))] public class X;""", "Newer");
        Assert.Contains("'Newer' was built with a version", Error(BuildErrorException.NoManifest, () => new ClientFinder(newer.Path, []).Find("C")), StringComparison.Ordinal);
        using var records = CompiledContract.Of(Records, "Records");
        using var app = CompiledContract.Of("[TypedChannels.ChannelClient(Contracts = [typeof(A)])] public partial class Client;", "App", records);
        Assert.Contains("'Records'", Error(BuildErrorException.NoManifest, () => Find(app)), StringComparison.Ordinal);
    }

    [Fact]
    public void Assemblies_are_read_and_not_loaded()
    {
        var name = "App" + Guid.NewGuid().ToString("N");
        using var project = CompiledContract.Of(Records + "[ChannelClient] public partial class Terminal;", name);
        Find(project);
        Assert.DoesNotContain(AppDomain.CurrentDomain.GetAssemblies(), assembly => assembly.GetName().Name == name);
        File.Delete(project.Path);
    }

    private static IReadOnlyList<ClientModel> Find(CompiledContract project, params CompiledContract[] references) =>
        new ClientFinder(project.Path, [.. references.Select(r => r.Path)]).Find(null);

    private static string Error(string code, Action act)
    {
        var exception = Assert.Throws<BuildErrorException>(act);
        Assert.Equal(code, exception.Code);
        return exception.Message;
    }
}
