using Microsoft.CodeAnalysis;
using TypedChannels.Analyzers.Tests.Fixes;

namespace TypedChannels.Analyzers.Tests.Checkout;

/// <summary>A sample of the repository as an editor has it: contracts, server and client.</summary>
internal sealed class Sample
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;

        """;

    private const string WebUsings = Usings + """
        global using Microsoft.AspNetCore.Builder; global using Microsoft.AspNetCore.Hosting; global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing; global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting; global using Microsoft.Extensions.Logging; global using System.Net.Http.Json;
        """;

    private Sample(Solution solution) => Solution = solution;

    public static Sample Chat { get; } = Open("Chat");

    public static Sample Poll { get; } = Open("Poll");

    public Solution Solution { get; }

    public IEnumerable<Project> Projects => Solution.Projects;

    /// <summary>The sample after edits, each of which finds its place.</summary>
    public Sample With(params Edit[] edits)
    {
        var solution = Solution;
        foreach (var edit in edits)
        {
            var document = solution.Projects.SelectMany(p => p.Documents).Single(d => d.Name == edit.File && d.Project.Name.EndsWith(edit.Project, StringComparison.Ordinal));
            var text = document.GetTextAsync().GetAwaiter().GetResult();
            var start = text.ToString().IndexOf(edit.Before, StringComparison.Ordinal);
            Assert.True(start >= 0, $"'{edit.Before}' is not in {edit.File}.");
            solution = solution.WithDocumentText(document.Id, text.Replace(start, edit.Before.Length, edit.After));
        }
        return new(solution);
    }

    /// <summary>The sample after a change to one of its projects' references.</summary>
    public Sample WithProject(string name, Func<Project, Project> change) =>
        new(change(Projects.Single(p => p.Name.EndsWith(name, StringComparison.Ordinal))).Solution);

    public static Sample Of(Solution solution) => new(solution);

    public async Task<List<(Project Project, Diagnostic Diagnostic)>> AnalyzeAsync()
    {
        var found = new List<(Project, Diagnostic)>();
        foreach (var project in Projects)
            found.AddRange((await Editor.AnalyzeAsync(project)).Select(d => (project, d)));
        return found;
    }

    public async Task<IEnumerable<string>> ErrorsAsync() => (await Task.WhenAll(Projects.Select(Editor.ErrorsAsync))).SelectMany(e => e);

    private static Sample Open(string name)
    {
        var editor = new Editor();
        var contracts = Add("Contracts", OutputKind.DynamicallyLinkedLibrary, Usings);
        Add("Server", OutputKind.ConsoleApplication, WebUsings, contracts.Id);
        Add("Client", OutputKind.ConsoleApplication, Usings, contracts.Id);
        return new(editor.Solution);

        Project Add(string part, OutputKind output, string usings, params ProjectId[] references) => editor.Add(
            $"{name}.{part}", output, Folder.Files("samples", name, $"{name}.{part}").Append(("GlobalUsings.cs", usings)), references);
    }
}

/// <summary>One replacement in a file of a sample.</summary>
internal sealed record Edit(string Project, string File, string Before, string After);
