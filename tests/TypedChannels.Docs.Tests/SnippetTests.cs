using TypedChannels.Tests;

namespace TypedChannels.Docs.Tests;

/// <summary>With the environment variable <c>ACCEPT_SNAPSHOTS=1</c> the pages are brought up to date.</summary>
public class SnippetTests
{
    // What explains a mistake or a wish does not compile, and is held by the tests of the analyzers.
    private static readonly string[] Exempt = ["docs/diagnostics/", "generators/", "src/", "tests/"];

    public static TheoryData<string> Pages => Page.Paths;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_snippet_is_what_its_source_says(string path)
    {
        var page = Page.All[path];
        var refreshed = Snippet.Refreshed(page);
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1" && refreshed != page.Text)
            File.WriteAllText(Repository.PathTo(path), refreshed);
        else
            Assert.Equal(refreshed, page.Text);
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_piece_of_CSharp_is_compiled_somewhere(string path)
    {
        if (Exempt.Any(exempt => path.StartsWith(exempt, StringComparison.Ordinal)))
            return;
        Assert.DoesNotContain(Snippet.Of(Page.All[path]), snippet => snippet is { Language: "csharp", Source: "" });
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_piece_of_TypeScript_is_compiled_somewhere(string path) =>
        // By DeclarationTests, against the client of the chat sample.
        Assert.All(
            Snippet.Of(Page.All[path]).Where(snippet => snippet.Language == "ts"),
            snippet => Assert.StartsWith("docs/Snippets.TypeScript/page.ts#", snippet.Source, StringComparison.Ordinal));
}
