using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators.Tests;

/// <summary>An edit of a type that a channel only contains, in a file without a channel.</summary>
public class MemberEditTests
{
    private const string Member = "namespace App; public static class Outer { public sealed record Inner(int A); }";

    private static readonly Project Before = new(
        "App",
        """
        using TypedChannels;
        namespace App;
        [Channel("chat")] public sealed record Chat(Outer.Inner[] Inner);
        [Channel("other")] public sealed record Other(int X);
        """,
        Member);

    [Theory]
    [InlineData(
        "int A", "int A, string? B = null",
        "ChannelJsonContext.Inner.g.cs", "ChannelJsonContext.String.g.cs", "ChannelJsonContext.g.cs", "ChannelManifest.g.cs", "Codec.Chat.g.cs")]
    [InlineData("int A", "int Z", "ChannelJsonContext.Inner.g.cs", "ChannelManifest.g.cs", "Codec.Chat.g.cs")]
    [InlineData("public sealed record Inner", "/// <summary>Doc.</summary>\npublic sealed record Inner", "ChannelManifest.g.cs")]
    public void Prints_what_depends_on_it_anew_as_a_first_run_would(string from, string to, params string[] changed)
    {
        var after = Before with { Sources = [Before.Sources[0], Member.Replace(from, to, StringComparison.Ordinal)] };
        var compilation = Before.Compile();
        var driver = Project.Driver(Before).RunGenerators(compilation, TestContext.Current.CancellationToken);
        var first = Files(driver.GetRunResult());
        var tree = compilation.SyntaxTrees[1];
        compilation = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(after.Sources[1])));
        driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);

        var result = driver.GetRunResult();
        Assert.Equal(Files(after.Generate().Result), Files(result));
        Assert.Equal(changed, Files(result).Where(file => first.GetValueOrDefault(file.Key) != file.Value).Select(file => file.Key));
        var reasons = result.Results.Single().TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs).Select(o => o.Reason);
        Assert.Contains(IncrementalStepRunReason.Cached, reasons);
    }

    private static SortedDictionary<string, string> Files(GeneratorDriverRunResult result) =>
        new(result.Results.Single().GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString()), StringComparer.Ordinal);
}
