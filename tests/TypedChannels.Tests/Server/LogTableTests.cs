using System.Text.RegularExpressions;

namespace TypedChannels.Tests.Server;

/// <summary>The documentation's table of log events is what the source says.</summary>
public partial class LogTableTests
{
    private static readonly string[] Source =
    [
        .. Directory.EnumerateFiles(Repository.PathTo("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText),
    ];

    private static readonly (string Id, string Event, string Level)[] Events =
    [
        .. from file in Source
           from Match match in Event().Matches(file)
           orderby int.Parse(match.Groups["id"].Value)
           select (match.Groups["id"].Value, match.Groups["name"].Value, match.Groups["level"].Value),
    ];

    [Fact]
    public void The_table_has_each_event_with_its_id_name_and_level() => Assert.Equal(
        Events,
        ObservabilityPage.Table("id").Select(row => (row[0], Assert.Single(ObservabilityPage.Code(row[1])), row[2])));

    [Fact]
    public void No_two_events_share_an_id_or_a_name()
    {
        Assert.Distinct(Events.Select(entry => entry.Id));
        Assert.Distinct(Events.Select(entry => entry.Event));
    }

    [Fact]
    public void Nothing_is_logged_in_another_way()
    {
        Assert.Equal(Events.Length, Source.Sum(file => Attribute().Count(file)));
        Assert.DoesNotContain(Source, file => Extension().IsMatch(file));
    }

    // The id and the level come first; the method that follows gives the event its name.
    [GeneratedRegex(@"\[LoggerMessage\(\s*(?<id>\d+), LogLevel\.(?<level>\w+),.*?\bpartial void (?<name>\w+)\(", RegexOptions.Singleline)]
    private static partial Regex Event();

    [GeneratedRegex(@"\[LoggerMessage\(")]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\.Log(Trace|Debug|Information|Warning|Error|Critical)\(")]
    private static partial Regex Extension();
}
