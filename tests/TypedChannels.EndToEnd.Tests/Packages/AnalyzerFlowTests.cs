using System.Text.RegularExpressions;

namespace TypedChannels.Tests.Packages;

public class AnalyzerFlowTests(LocalFeed feed)
{
    [Theory]
    [InlineData("TypedChannels")]
    [InlineData("TypedChannels.Client")]
    [InlineData("TypedChannels.Core")]
    public async Task Errors_of_the_analyzers_reach_whoever_references_one_package(string package)
    {
        var folder = await feed.NewFolderAsync();
        await UserProject.WriteAsync(folder, "App", package, feed.Version);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "Messages.cs"),
            """
            [TypedChannels.Channel("_system:x")]
            public sealed record Claims(string Text);

            [TypedChannels.Channel("holds")]
            public sealed record Holds(System.IO.Stream Stream);
            """,
            TestContext.Current.CancellationToken);

        var (exitCode, output) = await feed.TryDotnetAsync(folder, "build");

        Assert.NotEqual(0, exitCode);
        AssertReported(@"Messages\.cs\(5,\d+\): error TCH0020: ", output);
        AssertReported(@"Messages\.cs\(1,\d+\): error TCH0004: ", output);
    }

    private static void AssertReported(string pattern, string output) => Assert.True(Regex.IsMatch(output, pattern), output);
}
