using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators.Tests;

public class IncrementalTests
{
    private static readonly Project Chat = new("App", Samples.Chat, Samples.Server, Samples.Client);

    [Theory]
    [InlineData("class Unrelated { int x; }", "class Unrelated { string y; void M() { } }")]
    [InlineData("", "namespace App { public class Another; }")]
    public void Edit_of_another_file_leaves_every_output_cached(string before, string after) =>
        AssertCached(Edit(new Project("App", [.. Chat.Sources, before]), Chat.Sources.Length, after));

    [Fact]
    public void Comment_leaves_every_output_cached() =>
        AssertCached(Edit(Chat, 0, Samples.Chat.Replace("public sealed record SetName(", "/* new */ public sealed record SetName(", StringComparison.Ordinal)));

    [Fact]
    public void Shifted_lines_leave_every_output_cached() =>
        AssertCached(Edit(Chat, 0, "// One\n// Two\n\n" + Samples.Chat));

    [Fact]
    public void Method_body_and_new_member_of_the_users_part_leave_every_output_cached()
    {
        var before = Samples.Server.Replace("ChatServer;", "ChatServer { public int F() => 1; }", StringComparison.Ordinal);
        var after = Samples.Server.Replace("ChatServer;", "ChatServer { public int F() => 2; public int G() => 3; }", StringComparison.Ordinal);
        AssertCached(Edit(new Project("App", Samples.Chat, before), 1, after));
    }

    [Theory]
    [InlineData("\"chat\"", "\"talk\"")]
    [InlineData("[Channel(\"chat\")]", "[Channel(\"chat\", MaxBytes = 9)]")]
    [InlineData("[Channel(\"chat\")]", "[Channel(\"chat\", MemberName = \"Talk\")]")]
    [InlineData("[Channel(\"chat\")]\npublic", "[Channel(\"chat\")]\ninternal")]
    [InlineData("Direction = ChannelDirection.ToServer", "Direction = ChannelDirection.ToClient")]
    public void Edit_of_a_channel_regenerates(string before, string after)
    {
        var changed = Edit(Chat, 0, Samples.Chat.Replace(before, after, StringComparison.Ordinal));
        Assert.Contains(OutputReasons(changed), o => o.Reason == IncrementalStepRunReason.Modified);
    }

    [Fact]
    public void Edit_of_a_base_type_in_another_file_regenerates()
    {
        var project = new Project(
            "App",
            "using TypedChannels; [Channel(\"ping\")] public record Ping : Message; public class P; [ChannelServer<P>] public partial class S;",
            "public record Message;");
        var changed = Edit(project, 1, "public record Message { public int X { get; set; } }");
        Assert.DoesNotContain(
            changed.Results.Single().GeneratedSources.Where(s => s.HintName is "Server.S.g.cs" or "Connection.S.g.cs"),
            s => s.SourceText.ToString().Contains("new global::Ping()", StringComparison.Ordinal));
        Assert.Contains(OutputReasons(changed), o => o.Reason == IncrementalStepRunReason.Modified);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("z")]
    public void Adding_channel_B_leaves_channel_As_output_cached(string name)
    {
        var project = new Project("App", [.. Chat.Sources, ""]);
        var changed = Edit(project, Chat.Sources.Length, $"[TypedChannels.Channel(\"{name}\")] public record B(int X);");
        var descriptors = changed.Results.Single().TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs.Select(o => (Step: s, o.Reason)))
            .Where(o => o.Step.Inputs.Any(i => i.Source.Name == TrackingNames.Descriptors));
        Assert.Equal([("New", 1), ("Cached", 3)], descriptors.CountBy(d => d.Reason.ToString()).Select(c => (c.Key, c.Value)).OrderBy(c => c.Value));
    }

    [Fact]
    public void Root_namespace_moves_the_context()
    {
        var driver = Project.Driver(Chat).RunGenerators(Chat.Compile(), TestContext.Current.CancellationToken);
        var moved = Chat with { RootNamespace = "Moved" };
        Assert.Contains("global::App.ChannelJsonContext", All(driver.GetRunResult()), StringComparison.Ordinal);
        Assert.Contains("global::Moved.ChannelJsonContext", moved.Generate().All, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_instance_serves_two_compilations_in_parallel()
    {
        var generator = new ChannelGenerator().AsSourceGenerator();
        var other = new Project("Other", Samples.Chat.Replace("chat", "talk", StringComparison.Ordinal), Samples.Client) { RootNamespace = "Other" };
        var expected = new[] { Chat, other }.Select(p => p.Generate().All).ToArray();
        var runs = Enumerable.Range(0, 16).Select(i => Task.Run(() =>
        {
            var project = i % 2 == 0 ? Chat : other;
            var driver = CSharpGeneratorDriver.Create([generator], parseOptions: project.ParseOptions, optionsProvider: Project.OptionsOf(project));
            return (i, All(driver.RunGenerators(project.Compile()).GetRunResult()));
        }));
        foreach (var (i, text) in await Task.WhenAll(runs))
            Assert.Equal(expected[i % 2], text);
    }

    [Fact]
    public void Cancellation_is_honoured()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Project.Driver(Chat).RunGenerators(Chat.Compile(), cancelled.Token));
        var record = Chat.Compile().GetTypeByMetadataName("App.ChatMessage")!;
        Assert.Throws<OperationCanceledException>(() => ChannelParser.Parse(record, record.FindAttribute(KnownSymbols.ChannelAttribute)!, "global::D", report: null, cancelled.Token));
        var server = Chat.Compile().GetTypeByMetadataName("App.ChatServer")!;
        Assert.Throws<OperationCanceledException>(() => ServerParser.Parse(server, server.FindAttribute(KnownSymbols.ChannelServerAttribute)!, Chat.Compile(), report: null, cancelled.Token));
    }

    private static GeneratorDriverRunResult Edit(Project project, int file, string after)
    {
        var before = project.Compile();
        var driver = Project.Driver(project).RunGenerators(before);
        var tree = before.SyntaxTrees[file];
        return driver.RunGenerators(before.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(after)))).GetRunResult();
    }

    private static void AssertCached(GeneratorDriverRunResult result)
    {
        var outputs = OutputReasons(result);
        Assert.NotEmpty(outputs);
        Assert.All(outputs, o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }

    private static List<(object Value, IncrementalStepRunReason Reason)> OutputReasons(GeneratorDriverRunResult result) =>
        [.. result.Results.Single().TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs)];

    private static string All(GeneratorDriverRunResult result) =>
        string.Join("\n", result.Results.Single().GeneratedSources.Where(s => !s.HintName.Contains("Json", StringComparison.Ordinal))
            .OrderBy(s => s.HintName, StringComparer.Ordinal).Select(s => s.HintName + "\n" + s.SourceText));
}
