using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace TypedChannels.Tests.Packages;

public class PackageContentTests(LocalFeed feed)
{
    // What comes with Roslyn 4.8, and nothing newer: a compiler loads an analyzer only if it has all that the analyzer references.
    private static readonly string[] RoslynReferences =
    [
        "netstandard 2.0.0.0",
        "Microsoft.CodeAnalysis 4.8.0.0",
        "Microsoft.CodeAnalysis.CSharp 4.8.0.0",
        "System.Collections.Immutable 7.0.0.0",
        "System.Memory 4.0.1.2",
    ];

    [Theory]
    [InlineData(
        "TypedChannels.Core",
        "analyzers/dotnet/cs/TypedChannels.Analyzers.dll",
        "analyzers/dotnet/cs/TypedChannels.CodeFixes.dll",
        "analyzers/dotnet/cs/TypedChannels.Generators.dll",
        "build/TypedChannels.Core.targets",
        "buildTransitive/TypedChannels.Core.targets",
        "tools/netstandard2.0/TypedChannels.Build.dll")]
    [InlineData("TypedChannels")]
    [InlineData("TypedChannels.Client")]
    public async Task Package_has_its_library_its_docs_and_nothing_else(string name, params string[] besides)
    {
        string[] expected = [$"{name}.nuspec", "README.md", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", .. besides];

        Assert.Equal(expected.Order(StringComparer.Ordinal), await FilesAsync(name, "nupkg"));
    }

    [Theory]
    [InlineData("TypedChannels.Core")]
    [InlineData("TypedChannels")]
    [InlineData("TypedChannels.Client")]
    public async Task Symbols_have_a_package_of_their_own(string name) =>
        Assert.Equal([$"{name}.nuspec", $"lib/net10.0/{name}.pdb"], await FilesAsync(name, "snupkg"));

    [Theory]
    [InlineData("TypedChannels.Core")]
    [InlineData("TypedChannels")]
    [InlineData("TypedChannels.Client")]
    public async Task Package_says_its_license_and_its_readme(string name)
    {
        var metadata = await MetadataAsync(name);

        Assert.Equal("MIT", Value("license"));
        Assert.Equal("expression", Element("license").Attribute("type")?.Value);
        Assert.Equal("README.md", Value("readme"));
        Assert.NotEmpty(Value("description"));

        XElement Element(string element) => metadata.Descendants().Single(child => child.Name.LocalName == element);
        string Value(string element) => Element(element).Value;
    }

    [Theory]
    [InlineData("TypedChannels")]
    [InlineData("TypedChannels.Client")]
    public async Task Package_depends_on_exactly_its_own_version_of_the_core_with_its_analyzers(string name)
    {
        var metadata = await MetadataAsync(name);

        var dependency = Assert.Single(metadata.Descendants(), child => child.Name.LocalName == "dependency");
        Assert.Equal("TypedChannels.Core", dependency.Attribute("id")?.Value);
        Assert.Equal($"[{feed.Version}]", dependency.Attribute("version")?.Value);
        Assert.Equal("All", dependency.Attribute("include")?.Value);
        Assert.Null(dependency.Attribute("exclude"));
    }

    [Fact]
    public async Task Core_brings_no_dependency_but_the_logging_interface()
    {
        var metadata = await MetadataAsync("TypedChannels.Core");

        var dependency = Assert.Single(metadata.Descendants(), child => child.Name.LocalName == "dependency");
        Assert.Equal("Microsoft.Extensions.Logging.Abstractions", dependency.Attribute("id")?.Value);
    }

    // What an editor has besides, and the analyzers that lie beside the fixes, of the feed's version.
    [Theory]
    [InlineData("TypedChannels.Analyzers")]
    [InlineData("TypedChannels.Generators")]
    [InlineData("TypedChannels.CodeFixes", "Microsoft.CodeAnalysis.Workspaces 4.8.0.0", "Microsoft.CodeAnalysis.CSharp.Workspaces 4.8.0.0", "TypedChannels.Analyzers 0.0.0.0")]
    public async Task Analyzer_assembly_references_only_what_the_oldest_supported_compiler_has(string assembly, params string[] besides)
    {
        using var package = ZipFile.OpenRead(await feed.PackageAsync("TypedChannels.Core", "nupkg"));
        using var content = new MemoryStream();
        using (var entry = package.GetEntry($"analyzers/dotnet/cs/{assembly}.dll")!.Open())
            await entry.CopyToAsync(content, TestContext.Current.CancellationToken);
        content.Position = 0;
        using var reader = new PEReader(content);
        var metadata = reader.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference)
            .Select(reference => $"{metadata.GetString(reference.Name)} {reference.Version}");

        Assert.All(references, reference => Assert.Contains(reference, RoslynReferences.Concat(besides)));
    }

    private async Task<string[]> FilesAsync(string name, string extension)
    {
        using var package = ZipFile.OpenRead(await feed.PackageAsync(name, extension));
        return [.. package.Entries.Select(entry => entry.FullName).Where(IsOfThePackage).Order(StringComparer.Ordinal)];
    }

    private async Task<XDocument> MetadataAsync(string name)
    {
        using var package = ZipFile.OpenRead(await feed.PackageAsync(name, "nupkg"));
        using var content = package.GetEntry($"{name}.nuspec")!.Open();
        return await XDocument.LoadAsync(content, LoadOptions.None, TestContext.Current.CancellationToken);
    }

    /// <summary>The rest is the container's own (Open Packaging Conventions).</summary>
    private static bool IsOfThePackage(string path) =>
        path is not ("[Content_Types].xml" or "_rels/.rels") && !path.StartsWith("package/services/", StringComparison.Ordinal);
}
