using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedChannels.Generators.Tests;
using TypedChannels.Tests;

namespace TypedChannels.Analyzers.Tests;

/// <summary>What holds for every diagnostic.</summary>
public class RulesTests
{
    // One mistake for each rule, to be wrapped, configured or attributed away.
    private static readonly Dictionary<string, string> Mistakes = new()
    {
        ["TCH0001"] = "[Channel(\"\")] public record M(int X);",
        ["TCH0002"] = $"[Channel(\"{new string('a', 129)}\")] public record M(int X);",
        ["TCH0003"] = "[Channel(\"a\\n\")] public record M(int X);",
        ["TCH0004"] = "[Channel(\"_system:a\")] public record M(int X);",
        ["TCH0005"] = "[Channel(\"a\")] public record L(int X); [Channel(\"a\")] public record M(int X);",
        ["TCH0006"] = "[Channel(\"connect\")] public record M(int X);",
        ["TCH0007"] = "[Channel(\"a\")] public record L(int X); [Channel(\"A\")] public record M(int X);",
        ["TCH0008"] = "[ChannelClient] public class M;",
        ["TCH0009"] = "[ChannelClient] public abstract partial class M;",
        ["TCH0010"] = "public abstract class P; [ChannelServer<P>] public partial class M;",
        ["TCH0011"] = "[Channel(\"a\")] public abstract record M(int X);",
        ["TCH0012"] = "[Channel(\"a\", MaxBytes = -1)] public record M(int X);",
        ["TCH0013"] = "[ChannelClient(Contracts = [typeof(string)])] public partial class M;",
        ["TCH0014"] = "[ChannelClient] public partial class M;",
        ["TCH0015"] = "class P; [ChannelServer<P>] public partial class M;",
    };

    public static TheoryData<string> Ids => [.. Rules.All.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Each_is_suppressible_by_pragma(string id)
    {
        Assert.Contains(await Analyze(id, Mistakes[id]), d => d.Id == id);
        Assert.DoesNotContain(await Analyze(id, $"#pragma warning disable {id}\n{Mistakes[id]}"), d => d.Id == id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Each_is_suppressible_by_editorconfig(string id) =>
        Assert.DoesNotContain(await Analyze(id, Mistakes[id], new Suppress(id)), d => d.Id == id);

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Each_is_suppressible_by_attribute(string id)
    {
        var suppressed = $"[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"TypedChannels\", \"{id}\", Scope = \"type\", Target = \"~T:M\")]\n" + Mistakes[id];
        Assert.DoesNotContain(await Analyze(id, suppressed), d => d.Id == id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_has_a_page_that_its_help_link_names(string id)
    {
        var rule = Rules.All.Single(r => r.Id == id);
        Assert.Equal($"https://github.com/typedchannels/typedchannels/blob/main/docs/diagnostics/{id}.md", rule.HelpLinkUri);
        var page = File.ReadAllText(Repository.PathTo("docs", "diagnostics", id + ".md"));
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"[{id}]({id}.md)", File.ReadAllText(Repository.PathTo("docs", "diagnostics", "README.md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_is_an_error_of_the_category_TypedChannels(string id)
    {
        var rule = Rules.All.Single(r => r.Id == id);
        Assert.Equal(("TypedChannels", DiagnosticSeverity.Error, true), (rule.Category, rule.DefaultSeverity, rule.IsEnabledByDefault));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_is_tracked_as_released_or_to_be_released(string id)
    {
        var tracked = File.ReadAllText(Repository.PathTo("analyzers", "TypedChannels.Analyzers", "AnalyzerReleases.Shipped.md"))
            + File.ReadAllText(Repository.PathTo("analyzers", "TypedChannels.Analyzers", "AnalyzerReleases.Unshipped.md"));
        Assert.Contains($"\n{id} | TypedChannels | Error |", tracked, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_is_supported_by_an_analyzer_and_has_an_id_of_its_own()
    {
        DiagnosticAnalyzer[] analyzers = [new ChannelAnalyzer(), new EndpointAnalyzer()];
        Assert.Equal(Rules.All.Select(r => r.Id).Order(), analyzers.SelectMany(a => a.SupportedDiagnostics).Select(r => r.Id).Distinct().Order());
        Assert.Distinct(Rules.All.Select(r => r.Id));
    }

    private static Task<ImmutableArray<Diagnostic>> Analyze(string id, string source, SyntaxTreeOptionsProvider? options = null)
    {
        // Without the client's package there is nothing that TCH0014 could miss.
        var references = id == "TCH0014" ? Project.Framework.RemoveAll(r => r.Display == typeof(Client).Assembly.Location) : Project.Framework;
        return Diagnosis.Analyze(new Project("App", "using TypedChannels;\n" + source) { References = references }, options);
    }

    /// <summary>What <c>dotnet_diagnostic.TCH0001.severity = none</c> becomes.</summary>
    private sealed class Suppress(string id) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Suppress;
            return diagnosticId == id;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            TryGetDiagnosticValue(null!, diagnosticId, cancellationToken, out severity);
    }
}
