using TypedChannels.Build;
using TypedChannels.Tests;

namespace TypedChannels.TypeScript.Tests;

/// <summary>A folder with the clients of an assembly, and what a test lays beside them.</summary>
internal sealed class GeneratedFolder : IDisposable
{
    private static readonly string Own = typeof(ShapeServer).Assembly.Location;

    private GeneratedFolder(IEnumerable<(string Name, string Text)> files)
    {
        Files = files.ToDictionary(file => file.Name, file => file.Text);
        foreach (var (name, text) in Files)
            File.WriteAllText(this[name], text);
        // As a bundler, Deno and Bun, Node.js wants to know that these are modules.
        File.WriteAllText(this["package.json"], """{ "type": "module" }""");
    }

    public IReadOnlyDictionary<string, string> Files { get; }

    public string Path { get; } = Directory.CreateTempSubdirectory("typedchannels-ts-").FullName;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The clients of the tests' own classes.</summary>
    public static GeneratedFolder Of(params string[] copies)
    {
        var folder = new GeneratedFolder(FilesOf(Own, null));
        foreach (var copy in copies)
            File.Copy(Repository.PathTo("tests", "TypedChannels.TypeScript.Tests", copy), folder[System.IO.Path.GetFileName(copy)]);
        return folder;
    }

    public static GeneratedFolder OfAssembly(string assembly, string? name) => new(FilesOf(assembly, name));

    public static IEnumerable<(string Name, string Text)> FilesOf(string assembly, string? name)
    {
        var references = Directory.GetFiles(System.IO.Path.GetDirectoryName(Own)!, "TypedChannels*.dll");
        return TypeScriptFiles.Of(new ClientFinder(assembly, references).Find(name));
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
