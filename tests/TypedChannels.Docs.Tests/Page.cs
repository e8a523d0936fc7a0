using System.Text.RegularExpressions;
using TypedChannels.Tests;

namespace TypedChannels.Docs.Tests;

/// <summary>A page of the documentation.</summary>
internal sealed partial record Page(string Path, string Text)
{
    private static readonly string[] Elsewhere = ["bin", "obj", "node_modules", "artifacts"];

    /// <summary>Every page of the repository, by its path in it.</summary>
    public static IReadOnlyDictionary<string, Page> All { get; } = Directory
        .EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
        .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(Elsewhere.Contains))
        .ToDictionary(path => path, path => new Page(path, File.ReadAllText(Repository.PathTo(path))));

    /// <summary>What must be looked at, as arguments of a theory.</summary>
    public static TheoryData<string> Paths => [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The page without its code, whose brackets mean something else.</summary>
    public string Prose => InlineCode().Replace(WithoutBlocks, "");

    /// <summary>What a link to a heading of this page may be called, by GitHub's rule.</summary>
    public IEnumerable<string> Anchors => Heading().Matches(WithoutBlocks)
        .Select(match => NotOfAnchors().Replace(match.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    private string WithoutBlocks => Block().Replace(Text, "");

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    // Not where it is the text of a link.
    [GeneratedRegex("`[^`\n]*`(?!])")]
    private static partial Regex InlineCode();

    [GeneratedRegex("^#+ (?<title>.*)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotOfAnchors();
}
