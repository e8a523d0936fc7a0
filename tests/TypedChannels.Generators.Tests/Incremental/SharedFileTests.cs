using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators.Tests.Incremental;

/// <summary>A project with many channels has few files, since each costs at every edit.</summary>
public sealed class SharedFileTests
{
    private static readonly Project Many = new("App", [.. Enumerable.Range(0, 100).Select(Declare), Samples.Chat, Samples.Server]);

    [Fact]
    public void Parts_of_many_channels_share_files_that_compile_without_a_warning()
    {
        var generated = Many.Generate();
        generated.CompilesWithoutWarnings();
        foreach (var kind in new[] { "Channel.", "Codec.", "ChannelJsonContext." })
            Assert.InRange(generated.Files.Concat(generated.JsonFiles).Count(file => file.Key.StartsWith(kind, StringComparison.Ordinal)), 20, Files.Max + 1);
    }

    [Fact]
    public void Shared_files_do_not_depend_on_the_order_of_the_sources() =>
        Assert.Equal(Many.Generate().All, (Many with { Sources = [.. Many.Sources.Reverse()] }).Generate().All);

    [Fact]
    public void An_edited_record_prints_its_own_files_again_and_no_other_of_their_kind()
    {
        var before = Many.Compile();
        var driver = Project.Driver(Many).RunGenerators(before, TestContext.Current.CancellationToken);
        var tree = before.SyntaxTrees[7];
        var edited = Microsoft.CodeAnalysis.Text.SourceText.From(Declare(7).Replace("int Value", "long Value", StringComparison.Ordinal));
        var result = driver.RunGenerators(before.ReplaceSyntaxTree(tree, tree.WithChangedText(edited)), TestContext.Current.CancellationToken).GetRunResult();
        var printed = result.Results.Single().TrackedOutputSteps.SelectMany(step => step.Value)
            .Where(step => step.Outputs.Any(output => output.Reason == IncrementalStepRunReason.Modified))
            .SelectMany(step => step.Inputs).CountBy(input => input.Source.Name!);
        Assert.Equal(1, printed.Single(step => step.Key == TrackingNames.DirectCodecs).Value);
        Assert.DoesNotContain(printed, step => step.Key is TrackingNames.Descriptors or TrackingNames.Servers);
    }

    private static string Declare(int i) =>
        $"[TypedChannels.Channel(\"many:{i}\")] public sealed record Many{i}(int Value, Part{i}? Part); public sealed record Part{i}(string Name);";
}
