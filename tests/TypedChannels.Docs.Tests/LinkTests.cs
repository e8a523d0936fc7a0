using System.Text.RegularExpressions;
using TypedChannels.Tests;

namespace TypedChannels.Docs.Tests;

public partial class LinkTests
{
    public static TheoryData<string> Pages => Page.Paths;

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_inside_the_repository_leads_somewhere(string path)
    {
        var broken = Link().Matches(Page.All[path].Prose)
            .Select(match => match.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal) && !LeadsSomewhere(path, target));
        Assert.Empty(broken);
    }

    [Fact]
    public void Every_page_of_the_documentation_is_reached_from_its_index()
    {
        var index = Page.All["docs/README.md"];
        var linked = Link().Matches(index.Prose).Select(match => match.Groups["target"].Value).ToHashSet();
        var pages = Page.All.Keys.Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path.Count(c => c == '/') == 1);
        Assert.All(pages.Where(path => path != index.Path), path => Assert.Contains(path["docs/".Length..], linked));
    }

    private static bool LeadsSomewhere(string from, string target)
    {
        var (file, anchor) = target.Split('#') is [var before, var after] ? (before, after) : (target, null);
        var folder = Path.GetDirectoryName(Repository.PathTo(from))!;
        var full = file.Length == 0 ? Repository.PathTo(from) : Path.GetFullPath(Path.Combine(folder, file));
        var path = Path.GetRelativePath(Repository.Root, full).Replace('\\', '/');
        return Path.Exists(full) && (anchor is null || (Page.All.TryGetValue(path, out var page) && page.Anchors.Contains(anchor)));
    }

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();
}
