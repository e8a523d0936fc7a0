using Microsoft.CodeAnalysis;
using TypedChannels.Analyzers;
using TypedChannels.Tests;

namespace TypedChannels.Generators.Tests.Json;

/// <summary>Every rule has a page, and says where it is.</summary>
public sealed class Rules
{
    public static TheoryData<string> Ids => new(new ChannelRecordAnalyzer().SupportedDiagnostics.Select(rule => rule.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Have_a_page_of_their_own(string id)
    {
        var rule = new ChannelRecordAnalyzer().SupportedDiagnostics.Single(r => r.Id == id);
        Assert.Equal(id is "TCH0026" or "TCH0027" or "TCH0030" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, rule.DefaultSeverity);
        Assert.Equal($"https://github.com/typedchannels/typedchannels/blob/main/docs/diagnostics/{id}.md", rule.HelpLinkUri);
        var page = File.ReadAllText(Repository.PathTo("docs", "diagnostics", id + ".md"));
        Assert.StartsWith($"# {id}: ", page, StringComparison.Ordinal);
        Assert.Contains("## Suppress", page, StringComparison.Ordinal);
    }
}
