using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators.Tests;

public class OutputTests
{
    private static readonly Project Chat = new("App", Samples.Chat, Samples.Server, Samples.Client);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_warning_under_warnings_as_errors_with_documentation_on(bool nullable) =>
        (Chat with { Nullable = nullable }).Generate().CompilesWithoutWarnings();

    [Fact]
    public void Output_needs_no_more_than_CSharp_12() =>
        (Chat with { LanguageVersion = LanguageVersion.CSharp12 }).Generate().CompilesWithoutWarnings();

    [Fact]
    public void Same_bytes_for_shuffled_files()
    {
        var files = Samples.Chat.Split("\n\n").Where(part => part.Contains("[Channel", StringComparison.Ordinal) || part.Contains("class", StringComparison.Ordinal))
            .Select(part => "using TypedChannels;\nnamespace App;\n" + part).Append(Samples.Server).Append(Samples.Client).ToArray();
        var expected = new Project("App", files).Generate().All;
        Assert.Equal(expected, new Project("App", [.. files.Reverse()]).Generate().All);
        Assert.Equal(expected, new Project("App", [.. files.Skip(2), .. files.Take(2)]).Generate().All);
        Assert.Equal(expected, Chat.Generate().All);
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    public void Same_bytes_under_every_culture(string culture)
    {
        var project = new Project("App", Samples.Chat.Replace("\"chat\"", "\"info:i-1 −5\", MaxBytes = 1000", StringComparison.Ordinal), Samples.Server);
        var expected = project.Generate().All;
        Assert.Contains("OnInfoI15", expected, StringComparison.Ordinal);
        Assert.Equal(expected, Cultures.Under(culture, () => project.Generate().All));
    }

    [Fact]
    public void Line_ends_are_LF_and_no_path_or_time_is_printed()
    {
        var all = Chat.Generate().All;
        Assert.DoesNotContain('\r', all);
        Assert.DoesNotContain("File0", all, StringComparison.Ordinal);
        Assert.DoesNotContain(DateTime.UtcNow.Year.ToString(CultureInfo.InvariantCulture), all, StringComparison.Ordinal);
        Assert.DoesNotContain(Chat.Generate().Files.Values, f => f.Split('\n').Any(line => line.EndsWith(' ')));
    }

    [Theory]
    [InlineData("LoggerMessage")]
    [InlineData("GeneratedRegex")]
    [InlineData("JsonSerializable")]
    [InlineData("JsonSourceGenerationOptions")]
    public void No_use_of_another_generators_magic(string attribute) =>
        Assert.DoesNotContain(attribute, Chat.Generate().All, StringComparison.Ordinal);

    [Fact]
    public void Printed_version_is_the_packages() =>
        Assert.Equal(KnownSymbols.ToolVersion, typeof(ChannelGenerator).Assembly.GetName().Version!.ToString(3));

    [Fact]
    public void Nothing_is_generated_for_a_project_without_declarations() =>
        Assert.Empty(new Project("App", "public class C;").Generate().Files);

    [Fact]
    public void Generated_types_lie_where_users_look_for_them()
    {
        var compilation = Chat.Generate().Compilation;
        Assert.NotNull(compilation.GetTypeByMetadataName("App.ChatConnection"));
        Assert.NotNull(compilation.GetTypeByMetadataName("TypedChannelsGenerated.App.ChannelDescriptors"));
        var types = compilation.Assembly.GlobalNamespace.GetNamespaceMembers().Select(n => n.Name);
        Assert.Equal(["App", "TypedChannelsGenerated"], types.Order());
    }

    [Theory]
    [InlineData("Server.App.ChatServer.g.cs", "\"chat\" => \"OnChat\",", "\"set:name\" => \"OnSetName\",")]
    [InlineData("Client.App.ChatClient.g.cs", "\"chat\" => \"OnChat\",", "\"set:name success\" => \"OnSetNameSuccess\",")]
    public void Names_the_event_of_each_channel_that_is_received_and_of_no_other(string file, params string[] expected)
    {
        var lines = Chat.Generate().Files[file].Split('\n').Select(line => line.Trim());
        Assert.Equal([.. expected, "_ => null,"], lines.Where(line => line.Contains(" => ", StringComparison.Ordinal) && line.EndsWith(',')));
    }

    [Fact]
    public void Side_that_receives_nothing_names_no_event()
    {
        var generated = new Project("App", """
            using TypedChannels;
            namespace App;
            [Channel("down", Direction = ChannelDirection.ToClient)] public sealed record Down(int X);
            public sealed class Props;
            [ChannelServer<Props>] public sealed partial class DownServer;
            """).Generate();
        generated.CompilesWithoutWarnings();
        Assert.DoesNotContain("EventOf", generated.All, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_public_generated_member_is_documented_with_its_channel_and_record()
    {
        var compilation = Chat.Generate().Compilation;
        foreach (var name in new[] { "App.ChatServer", "App.ChatConnection", "App.ChatClient" })
        {
            var members = compilation.GetTypeByMetadataName(name)!.GetMembers().Where(m => m.DeclaredAccessibility == Accessibility.Public
                && m is IEventSymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary } && m.Name.Contains("Chat", StringComparison.Ordinal));
            Assert.All(members, m => Assert.Matches("<c>chat</c>.*T:App.ChatMessage", m.GetDocumentationCommentXml(cancellationToken: TestContext.Current.CancellationToken)));
        }
    }
}
