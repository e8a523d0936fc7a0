using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedChannels.Analyzers;

namespace TypedChannels.Generators.Tests.Json;

/// <summary>Runs the generator or the analyzer over source text.</summary>
internal static class Run
{
    /// <summary>The newest C# that generated code may use.</summary>
    private static readonly CSharpParseOptions Options = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(ChannelAttribute).Assembly.Location)];

    /// <summary>Each source is a file of its own: <c>File0.cs</c>, <c>File1.cs</c>, …</summary>
    public static CSharpCompilation Compile(params string[] sources) => Compile(NullableContextOptions.Enable, sources);

    public static CSharpCompilation Compile(NullableContextOptions nullable, params string[] sources) =>
        CSharpCompilation.Create(
            "App",
            sources.Select((source, index) => Parse(source, $"File{index}.cs")),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: nullable, generalDiagnosticOption: ReportDiagnostic.Error, allowUnsafe: true));

    public static SyntaxTree Parse(string source, string path) =>
        CSharpSyntaxTree.ParseText("using System; using System.Collections.Generic; using System.Text.Json.Serialization; using TypedChannels;\n" + source, Options, path);

    /// <summary>What is generated, by hint name.</summary>
    public static SortedDictionary<string, string> Generate(Compilation compilation) => Generate(compilation, out _);

    public static SortedDictionary<string, string> Generate(Compilation compilation, out Compilation output)
    {
        var driver = CSharpGeneratorDriver.Create([new ChannelGenerator().AsSourceGenerator()], parseOptions: Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out output, out var diagnostics, TestContext.Current.CancellationToken);
        Assert.Empty(diagnostics);
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return new(result.GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString()), StringComparer.Ordinal);
    }

    /// <summary>Generates, and demands that everything compiles without a warning.</summary>
    public static SortedDictionary<string, string> GenerateAndCompile(Compilation compilation)
    {
        var sources = Generate(compilation, out var output);
        Assert.Empty(output.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Severity >= DiagnosticSeverity.Info).Select(d => d.ToString()));
        return sources;
    }

    /// <summary>What the analyzer says, as <c>id 'text it stands under': message</c>.</summary>
    public static async Task<string[]> Analyze(Compilation compilation)
    {
        var analyzed = compilation.WithAnalyzers([new ChannelRecordAnalyzer()], options: (AnalyzerOptions?)null);
        var diagnostics = await analyzed.GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
        return [.. diagnostics.Where(d => !d.IsSuppressed).OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan).Select(Describe)];
    }

    public static Task<string[]> Analyze(params string[] sources) => Analyze(Compile(sources));

    private static string Describe(Diagnostic diagnostic)
    {
        var under = diagnostic.Location.SourceTree?.GetText().ToString(diagnostic.Location.SourceSpan) ?? "";
        return $"{diagnostic.Id} '{under}': {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}
