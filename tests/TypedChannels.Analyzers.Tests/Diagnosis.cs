using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedChannels.Generators.Tests;
using Project = TypedChannels.Generators.Tests.Project;

namespace TypedChannels.Analyzers.Tests;

/// <summary>Runs the analyzers as a build does: after the generator. Expected spans are marked <c>{|TCH0001:…|}</c>.</summary>
internal static partial class Diagnosis
{
    private const string Usings = "using System;\nusing System.Threading.Tasks;\nusing TypedChannels;\n";

    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        new ChannelAnalyzer(), new EndpointAnalyzer(), new ChannelRecordAnalyzer(), new UnusedChannelAnalyzer(), new BlockingHandlerAnalyzer(),
        new DroppedTaskAnalyzer(), new AsyncActionAnalyzer(), new ChangedMessageAnalyzer(), new WrongWayAnalyzer(), new ReflectedJsonAnalyzer(),
    ];

    /// <summary>Demands the marked diagnostics, each at its exact span, and no other.</summary>
    public static Task Expect(string marked) => Expect(marked, Project.Framework);

    public static Task Expect(string marked, ImmutableArray<MetadataReference> references) =>
        Expect(marked, references, OutputKind.DynamicallyLinkedLibrary, compiles: false);

    /// <summary>The same of code that compiles.</summary>
    public static Task ExpectOfLibrary(string marked, params MetadataReference[] others) =>
        Expect(marked, [.. Project.Framework, .. others], OutputKind.DynamicallyLinkedLibrary, compiles: true);

    /// <summary>The same of a program that compiles.</summary>
    public static Task ExpectOfProgram(string marked, params MetadataReference[] others) =>
        Expect(marked, [.. Project.Framework, .. others], OutputKind.ConsoleApplication, compiles: true);

    public static Task<ImmutableArray<Diagnostic>> Analyze(
        Project project, SyntaxTreeOptionsProvider? options = null, OutputKind output = OutputKind.DynamicallyLinkedLibrary) =>
        AnalyzeGenerated(Generate(project, options, output));

    /// <summary>Runs all analyzers over what the generator has left.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeGenerated(Compilation compilation)
    {
        // An analyzer that throws is a diagnostic of its own (AD0001), which no test expects.
        var analyzers = compilation.WithAnalyzers(
            Analyzers,
            new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        return await analyzers.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static async Task Expect(string marked, ImmutableArray<MetadataReference> references, OutputKind output, bool compiles)
    {
        var (source, expected) = Unmark(Usings + marked);
        var compilation = Generate(new Project("App", source) { References = references }, options: null, output);
        if (compiles)
            Assert.DoesNotContain(compilation.GetDiagnostics(TestContext.Current.CancellationToken), d => d.DefaultSeverity == DiagnosticSeverity.Error);
        AssertAre(expected, source, await AnalyzeGenerated(compilation));
    }

    /// <summary>Demands the diagnostics that were marked, each at its exact span, and no other.</summary>
    public static void AssertAre(IEnumerable<string> expected, string source, IEnumerable<Diagnostic> found) => Assert.Equal(
        expected.Order(StringComparer.Ordinal),
        found.Select(d => Show(d.Id, source, d.Location.SourceSpan.Start, d.Location.SourceSpan.End)).Order(StringComparer.Ordinal));

    public static Compilation Generate(Project project, SyntaxTreeOptionsProvider? options, OutputKind output)
    {
        Compilation compilation = project.Compile();
        compilation = compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(options).WithOutputKind(output));
        Project.Driver(project).RunGeneratorsAndUpdateCompilation(compilation, out compilation, out _, TestContext.Current.CancellationToken);
        return compilation;
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
