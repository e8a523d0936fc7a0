using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedChannels.Generators.Tests;

namespace TypedChannels.Analyzers.Tests;

/// <summary>Runs the analyzers as a build does: after the generator. Expected spans are marked <c>{|TCH0001:…|}</c>.</summary>
internal static partial class Diagnosis
{
    private const string Usings = "using System;\nusing System.Threading.Tasks;\nusing TypedChannels;\n";

    /// <summary>Demands the marked diagnostics, each at its exact span, and no other.</summary>
    public static Task Expect(string marked) => Expect(marked, Project.Framework);

    public static async Task Expect(string marked, ImmutableArray<MetadataReference> references)
    {
        var (source, expected) = Unmark(Usings + marked);
        var found = await Analyze(new Project("App", source) { References = references });
        Assert.Equal(
            expected.Order(StringComparer.Ordinal),
            found.Select(d => Show(d.Id, source, d.Location.SourceSpan.Start, d.Location.SourceSpan.End)).Order(StringComparer.Ordinal));
    }

    public static async Task<ImmutableArray<Diagnostic>> Analyze(Project project, SyntaxTreeOptionsProvider? options = null)
    {
        Compilation compilation = project.Compile();
        if (options is not null)
            compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(options));
        Project.Driver(project).RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _, TestContext.Current.CancellationToken);
        var analyzers = compilation.WithAnalyzers(
            [new ChannelAnalyzer(), new EndpointAnalyzer(), new ChannelRecordAnalyzer()],
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        return await analyzers.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    public static (string Source, List<string> Expected) Unmark(string marked)
    {
        var expected = new List<string>();
        while (Mark().Match(marked) is { Success: true } match)
        {
            marked = marked[..match.Index] + match.Groups["text"].Value + marked[(match.Index + match.Length)..];
            expected.Add(Show(match.Groups["id"].Value, marked, match.Index, match.Index + match.Groups["text"].Length));
        }
        return (marked, expected);
    }

    private static string Show(string id, string source, int start, int end) =>
        $"{id} in line {source[..start].Count(c => c == '\n') + 1}, column {start - (source[..start].LastIndexOf('\n') + 1) + 1}: {source[start..end]}";

    [GeneratedRegex(@"\{\|(?<id>TCH\d+):(?<text>.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark();
}
