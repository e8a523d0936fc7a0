using Microsoft.CodeAnalysis;
using TypedChannels.Analyzers.Tests.Fixes;
using TypedChannels.Tests;

namespace TypedChannels.Analyzers.Tests.Checkout;

/// <summary>
/// What is right gives no diagnostic, not even an info. The build of every project of the repository that has the analyzers shows the same:
/// there, infos are warnings (<c>.editorconfig</c>), and warnings are errors.
/// </summary>
public class FalsePositiveTests
{
    [Fact]
    public async Task Chat_sample_compiles_and_gives_none() => await Check(Sample.Chat);

    [Fact]
    public async Task Poll_sample_compiles_and_gives_none() => await Check(Sample.Poll);

    [Theory]
    [InlineData("bench", "Load", OutputKind.ConsoleApplication)]
    [InlineData("tests", "TypedChannels.Json.Tests/Corpus", OutputKind.DynamicallyLinkedLibrary)]
    [InlineData("tests", "TypedChannels.Tests.Contracts", OutputKind.DynamicallyLinkedLibrary)]
    public async Task Project_of_the_repository_gives_none(string room, string folder, OutputKind output)
    {
        using var editor = new Editor();
        var files = Folder.Files(room, folder);
        Assert.NotEmpty(files);
        var project = editor.Add("TypedChannels." + folder.Split('/')[0], output, files.Append(("Usings.cs", "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading; global using System.Threading.Tasks; global using System.IO;")));
        Assert.Empty(await Editor.AnalyzeAsync(project));
    }

    [Fact]
    public void Every_project_with_the_analyzers_treats_warnings_as_errors()
    {
        var props = File.ReadAllText(Repository.PathTo("Directory.Build.props"));
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", props, StringComparison.Ordinal);
        var projects = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories);
        Assert.All(projects, path => Assert.DoesNotContain("TreatWarningsAsErrors", File.ReadAllText(path), StringComparison.Ordinal));
    }

    private static async Task Check(Sample sample)
    {
        Assert.Empty(await sample.ErrorsAsync());
        Assert.Empty(await sample.AnalyzeAsync());
    }
}
