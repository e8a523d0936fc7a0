using System.Collections.Immutable;
using Basic.Reference.Assemblies;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace TypedChannels.Generators.Tests;

/// <summary>A user's project in memory, and what the generator makes of it.</summary>
internal sealed record Project(string AssemblyName, params string[] Sources)
{
    public static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. Net100.References.All,
        MetadataReference.CreateFromFile(typeof(ChannelAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Server).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Client).Assembly.Location),
        .. AspNetCore(),
    ];

    public string? RootNamespace { get; init; } = "App";

    public bool Nullable { get; init; } = true;

    public ImmutableArray<MetadataReference> References { get; init; } = Framework;

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.CSharp14;

    public CSharpParseOptions ParseOptions => new(LanguageVersion, DocumentationMode.Diagnose);

    public static GeneratorDriver Driver(Project project) => CSharpGeneratorDriver.Create(
        [new ChannelGenerator().AsSourceGenerator()],
        parseOptions: project.ParseOptions,
        optionsProvider: OptionsOf(project),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static AnalyzerConfigOptionsProvider OptionsOf(Project project) => new Options(project.RootNamespace);

    public CSharpCompilation Compile() => CSharpCompilation.Create(
        AssemblyName,
        Sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions, $"File{i}.cs")),
        References,
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            nullableContextOptions: Nullable ? NullableContextOptions.Enable : NullableContextOptions.Disable,
            generalDiagnosticOption: ReportDiagnostic.Error));

    public Generated Generate()
    {
        var driver = Driver(this).RunGeneratorsAndUpdateCompilation(Compile(), out var compilation, out _);
        return new Generated(driver.GetRunResult(), compilation);
    }

    /// <summary>Generates, demands a build without a warning, and returns it as a reference for the next project.</summary>
    public MetadataReference Build()
    {
        var generated = Generate();
        generated.CompilesWithoutWarnings();
        var output = new MemoryStream();
        var options = generated.Compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default);
        Assert.True(generated.Compilation.WithOptions(options).Emit(output).Success);
        return MetadataReference.CreateFromImage(output.ToArray());
    }

    // The real assemblies, since TypedChannels.dll is compiled against them; of the rest the reference assemblies do.
    private static IEnumerable<MetadataReference> AspNetCore() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal)
                || Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));

    private sealed class Options(string? rootNamespace) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(rootNamespace);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;
    }

    private sealed class Values(string? rootNamespace) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
        {
            value = key == "build_property.RootNamespace" ? rootNamespace : null;
            return value is not null;
        }
    }
}
