using System.Text.RegularExpressions;
using TypedChannels.Tests;

namespace TypedChannels.Docs.Tests;

/// <summary>
/// A block of code in a page. A comment before it says which file it is, or which <c>#region</c> of it:
/// <c>&lt;!-- snippet: samples/Poll/Poll.Server/Program.cs#name --&gt;</c>.
/// </summary>
internal sealed partial record Snippet(string Source, string Language, string Code)
{
    /// <summary>The blocks of a page, in order.</summary>
    public static IEnumerable<Snippet> Of(Page page) => Block().Matches(page.Text)
        .Select(match => new Snippet(match.Groups["source"].Value, match.Groups["language"].Value, match.Groups["code"].Value));

    /// <summary>The page with what the sources say now.</summary>
    public static string Refreshed(Page page) => Block().Replace(page.Text, match =>
    {
        var source = match.Groups["source"].Value;
        if (source.Length == 0)
            return match.Value;
        var code = match.Groups["code"];
        return match.Value[..(code.Index - match.Index)] + Read(source) + match.Value[(code.Index - match.Index + code.Length)..];
    });

    /// <summary>What the source says: a whole file, or the regions of a name, a line apart and without their indentation.</summary>
    public static string Read(string source)
    {
        var (file, region) = source.Split('#') is [var before, var after] ? (before, after) : (source, null);
        var text = File.ReadAllText(Repository.PathTo(file));
        if (region is null)
            return text;
        var pieces = Regions(text, region).ToList();
        Assert.True(pieces.Count > 0 && pieces.All(lines => lines.Count > 0), $"{file} has no region {region}, or an empty one.");
        return string.Join('\n', pieces.Select(Dedented));
    }

    private static IEnumerable<List<string>> Regions(string text, string name)
    {
        List<string>? region = null;
        foreach (var line in text.Split('\n'))
        {
            var directive = line.Trim();
            // TypeScript has regions in comments.
            if (directive.StartsWith("// #", StringComparison.Ordinal))
                directive = directive[3..];
            if (directive == "#region " + name)
                region = [];
            else if (directive != "#endregion")
                region?.Add(line);
            else if (region is not null)
            {
                yield return region;
                region = null;
            }
        }
    }

    private static string Dedented(List<string> lines)
    {
        var indentation = lines.Where(line => line.Trim().Length > 0).Min(line => line.Length - line.TrimStart().Length);
        return string.Concat(lines.Select(line => (line.Length < indentation ? "" : line[indentation..]) + "\n"));
    }

    [GeneratedRegex("(?:^<!-- snippet: (?<source>\\S+) -->\n\n?)?^```(?<language>\\w*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
