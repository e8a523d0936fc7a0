using Microsoft.CodeAnalysis;

namespace TypedChannels.Analyzers.Tests.Fixes;

/// <summary>Checks a fix: what it makes of a source, that this compiles, and that the diagnostic is gone.</summary>
internal static class Fix
{
    private const string Usings = "using System;\nusing System.Threading.Tasks;\nusing TypedChannels;\n";

    /// <summary>Applies the fix of that title to the first diagnostic of the rule. Before and after are given without the usings.</summary>
    public static async Task Expect(string id, string title, string before, string after, OutputKind output = OutputKind.DynamicallyLinkedLibrary)
    {
        using var editor = new Editor();
        var project = editor.Add("App", output, [("App.cs", Usings + before)]);
        var diagnostic = (await Editor.AnalyzeAsync(project)).First(d => d.Id == id);
        var offered = await Editor.FixesAsync(project, diagnostic);
        var action = Assert.Single(offered, a => a.Title == title);
        await Check(project, await Editor.ApplyAsync(action), id, diagnostic, after);
    }

    /// <summary>Fixes all diagnostics of the rule at once.</summary>
    public static async Task ExpectAll(string id, string title, string before, string after)
    {
        using var editor = new Editor();
        var project = editor.Add("App", OutputKind.DynamicallyLinkedLibrary, [("App.cs", Usings + before)]);
        await Check(project, await Editor.FixAllAsync(project, id, title), id, diagnostic: null, after);
    }

    /// <summary>Demands that for the first diagnostic of the rule these fixes are offered and no others.</summary>
    public static async Task ExpectOffered(string id, string source, params string[] titles)
    {
        using var editor = new Editor();
        var project = editor.Add("App", OutputKind.DynamicallyLinkedLibrary, [("App.cs", Usings + source)]);
        var offered = await Editor.FixesAsync(project, (await Editor.AnalyzeAsync(project)).First(d => d.Id == id));
        Assert.Equal(titles, offered.Select(a => a.Title));
    }

    private static async Task Check(Project project, Solution changed, string id, Diagnostic? diagnostic, string after)
    {
        var result = changed.GetProject(project.Id)!;
        var text = await Editor.TextAsync(result.Documents.Single());
        Assert.Equal(Usings + after, text, ignoreLineEndingDifferences: true);
        Assert.Empty(await Editor.ErrorsAsync(result));
        Assert.DoesNotContain(await Editor.AnalyzeAsync(result), d => d.Id == id && (diagnostic is null || d.GetMessage(null) == diagnostic.GetMessage(null)));
    }
}
