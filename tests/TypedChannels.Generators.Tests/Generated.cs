using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators.Tests;

/// <summary>What a run of the generator gave.</summary>
internal sealed record Generated(GeneratorDriverRunResult Result, Compilation Compilation)
{
    /// <summary>The generated files by hint name, the JSON context aside.</summary>
    public SortedDictionary<string, string> Files => FilesWhere(name => !name.Contains("Json", StringComparison.Ordinal));

    /// <summary>The files of the JSON context by hint name.</summary>
    public SortedDictionary<string, string> JsonFiles => FilesWhere(name => name.Contains("Json", StringComparison.Ordinal));

    public string All => string.Join("\n", Files.Select(f => f.Key + "\n" + f.Value));

    /// <summary>Every warning is an error here, but for a missing doc comment in the user's own files.</summary>
    public IEnumerable<Diagnostic> Errors => Compilation.GetDiagnostics()
        .Where(d => d.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning).Where(d => d.Id != "CS1591" || IsGenerated(d));

    public void CompilesWithoutWarnings()
    {
        Assert.Null(Result.Results.Single().Exception);
        Assert.True(!Errors.Any(), string.Join("\n", Errors.Select(e => e.ToString())) + "\n" + All);
    }

    /// <summary>What the compiler says of the generated files alone.</summary>
    public IEnumerable<Diagnostic> ErrorsInGeneratedFiles => Errors.Where(IsGenerated);

    private static bool IsGenerated(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) ?? false;

    private SortedDictionary<string, string> FilesWhere(Func<string, bool> holds) => new(
        Result.Results.Single().GeneratedSources.Where(s => holds(s.HintName)).ToDictionary(s => s.HintName, s => s.SourceText.ToString()),
        StringComparer.Ordinal);
}
