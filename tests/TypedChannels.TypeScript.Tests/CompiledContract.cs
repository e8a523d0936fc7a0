using TypedChannels.Generators.Tests;

namespace TypedChannels.TypeScript.Tests;

/// <summary>A user's project, compiled from text into a file.</summary>
internal sealed class CompiledContract : IDisposable
{
    private CompiledContract(string folder, string name) => (Folder, Path) = (folder, System.IO.Path.Combine(folder, name + ".dll"));

    public string Folder { get; }

    public string Path { get; }

    public static CompiledContract Of(string source, string name = "App", params CompiledContract[] references)
    {
        var project = new Project(name, source)
        {
            RootNamespace = name,
            References = [.. Project.Framework, .. references.Select(r => Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(r.Path))],
        };
        var generated = project.Generate();
        generated.CompilesWithoutWarnings();
        var compiled = new CompiledContract(Directory.CreateTempSubdirectory("typedchannels-ts-").FullName, name);
        var options = generated.Compilation.Options.WithGeneralDiagnosticOption(Microsoft.CodeAnalysis.ReportDiagnostic.Default);
        using var file = File.Create(compiled.Path);
        var result = generated.Compilation.WithOptions(options).Emit(file);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return compiled;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
