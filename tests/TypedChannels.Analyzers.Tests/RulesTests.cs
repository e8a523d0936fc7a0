using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedChannels.Generators.Tests;
using Project = TypedChannels.Generators.Tests.Project;
using TypedChannels.Tests;

namespace TypedChannels.Analyzers.Tests;

/// <summary>What holds for every diagnostic.</summary>
public class RulesTests
{
    internal const string Usings = "using TypedChannels;\n";
    private const string Chat = "[Channel(\"chat\")] public class Chat { public string Text { get; set; } = \"\"; } public class P; ";
    private const string Server = "[ChannelServer<P>] public partial class M { public M() : base(null) { } ";
    private const string Own = "[assembly: ChannelJson(Context = typeof(C))]";
    private const string Context = "public partial class C : System.Text.Json.Serialization.JsonSerializerContext; ";

    private static readonly ImmutableArray<DiagnosticDescriptor> All = [.. Rules.All, .. JsonRules.All, .. UsageRules.All];

    // One mistake for each rule, to be wrapped, configured or attributed away. It stands in a type M, but for those of the assembly.
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
        ["TCH0016"] = "[Channel(\"a:b\")] public record L(int X); [Channel(\"A:b\", MemberName = \"Other\")] public record M(int X);",
        ["TCH0020"] = "[Channel(\"a\")] public record M(object X);",
        ["TCH0021"] = "[Channel(\"a\")] public class M { private M() { } }",
        ["TCH0022"] = "[Channel(\"a\"), System.Text.Json.Serialization.JsonPolymorphic] public record M(int X);",
        ["TCH0023"] = "[Channel(\"a\")] public record M(int X, [property: System.Text.Json.Serialization.JsonPropertyName(\"x\")] int Y);",
        ["TCH0025"] = "[assembly: ChannelJson(ContextName = \"a b\")]",
        ["TCH0026"] = "[Channel(\"a\")] public class M { public int X { get; init; } = 1; }",
        ["TCH0027"] = "[Channel(\"a\")] public class M { public int X; }",
        ["TCH0028"] = Own + "[System.Text.Json.Serialization.JsonSerializable(typeof(string))] " + Context + "[Channel(\"a\")] public record M(object X);",
        ["TCH0029"] = Own + Context,
        ["TCH0030"] = "[Channel(\"a\")] public partial class M { public int X { get; set; } }",
        ["TCH0040"] = Chat + Server + "public static void Main() { } }",
        ["TCH0041"] = "[Channel(\"a\", Direction = ChannelDirection.ToClient)] public record M(int X); public class P; "
            + "[ChannelServer<P>] public partial class TheServer { public static void Main() { } }",
        ["TCH0042"] = Chat + Server + "public void A() => OnChat += (_, _) => { System.Threading.Thread.Sleep(1); return default; }; }",
        ["TCH0043"] = Chat + Server + "public void A() => EmitChatAsync(new Chat()); }",
        ["TCH0044"] = Chat + Server + "public void A() => OnMessageError += async (_, _) => await System.Threading.Tasks.Task.Yield(); }",
        ["TCH0045"] = Chat + Server + "public void A() { var m = new Chat(); _ = EmitChatAsync(m); m.Text = \"\"; } }",
        ["TCH0046"] = "[Channel(\"a\", Direction = ChannelDirection.ToServer)] public record A(int X); public class P; "
            + Server + "public System.Threading.Tasks.ValueTask TellAsync() => EmitAsync(\"a\"); }",
        ["TCH0047"] = Chat + "public class M { public string A() => System.Text.Json.JsonSerializer.Serialize(new Chat()); }",
    };

    public static TheoryData<string> Ids => [.. All.Select(r => r.Id)];

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
        // An assembly's mistake has no type around it.
        var scope = id is "TCH0025" or "TCH0029" ? "" : ", Scope = \"type\", Target = \"~T:M\"";
        var suppressed = $"[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"TypedChannels\", \"{id}\"{scope})]\n" + Mistakes[id];
        Assert.DoesNotContain(await Analyze(id, suppressed), d => d.Id == id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_has_the_category_TypedChannels_and_is_on(string id)
    {
        var rule = Rule(id);
        Assert.Equal(("TypedChannels", true), (rule.Category, rule.IsEnabledByDefault));
        Assert.NotEqual(DiagnosticSeverity.Hidden, rule.DefaultSeverity);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Each_has_a_page_that_its_help_link_names(string id)
    {
        var rule = Rule(id);
        Assert.Equal($"https://github.com/typedchannels/typedchannels/blob/main/docs/diagnostics/{id}.md", rule.HelpLinkUri);
        var page = File.ReadAllText(Repository.PathTo("docs", "diagnostics", id + ".md"));
        var parts = page.Split("\n## ");
        Assert.Equal(["Fix", "Suppress"], parts[1..].Select(part => part.Split('\n')[0]));
        Assert.StartsWith($"# {id}: {rule.Title}\n\n", parts[0], StringComparison.Ordinal);
        Assert.Contains("\n```csharp\n", parts[0], StringComparison.Ordinal);
        Assert.True(parts[1].Length > "Fix\n\n".Length + 20, "The fix is not told.");
        Assert.Contains($"`#pragma warning disable {id}`", parts[2], StringComparison.Ordinal);
        Assert.Contains($"`dotnet_diagnostic.{id}.severity = none`", parts[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Index_lists_every_page_with_its_title_and_severity()
    {
        var index = File.ReadAllText(Repository.PathTo("docs", "diagnostics", "README.md"));
        Assert.Equal(
            All.OrderBy(r => r.Id).Select(r => $"| [{r.Id}]({r.Id}.md) | {r.Title} | {r.DefaultSeverity.ToString().ToLowerInvariant()} |"),
            index.Split('\n').Where(line => line.StartsWith("| [", StringComparison.Ordinal)));
        Assert.Equal(
            All.Select(r => r.Id + ".md").Append("README.md").Order(),
            Directory.EnumerateFiles(Repository.PathTo("docs", "diagnostics")).Select(file => Path.GetFileName(file)).Order());
    }

    [Fact]
    public void Each_is_tracked_as_released_or_to_be_released_and_nothing_else_is()
    {
        var tracked = new[] { "Shipped", "Unshipped" }
            .SelectMany(file => File.ReadLines(Repository.PathTo("analyzers", "TypedChannels.Analyzers", $"AnalyzerReleases.{file}.md")))
            .Where(line => line.StartsWith("TCH", StringComparison.Ordinal));
        var analyzers = All.ToDictionary(r => r.Id, r => Diagnosis.Analyzers.First(a => a.SupportedDiagnostics.Contains(r)).GetType().Name);
        Assert.Equal(
            All.OrderBy(r => r.Id).Select(r => $"{r.Id} | TypedChannels | {r.DefaultSeverity} | {analyzers[r.Id]}, [Documentation]({r.HelpLinkUri})"),
            tracked);
    }

    [Fact]
    public void Each_is_supported_by_an_analyzer_and_has_an_id_of_its_own()
    {
        Assert.Equal(All.Select(r => r.Id).Order(), Diagnosis.Analyzers.SelectMany(a => a.SupportedDiagnostics).Select(r => r.Id).Distinct().Order());
        Assert.Distinct(All.Select(r => r.Id));
    }

    [Fact]
    public void Every_analyzer_of_the_assembly_is_tested() => Assert.Equal(
        typeof(ChannelAnalyzer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer))).Order(ByName),
        Diagnosis.Analyzers.Select(a => a.GetType()).Order(ByName));

    [Fact]
    public void Infos_are_warnings_in_this_repository_so_that_its_build_shows_them()
    {
        var settings = File.ReadAllText(Repository.PathTo(".editorconfig"));
        Assert.All(
            All.Where(r => r.DefaultSeverity == DiagnosticSeverity.Info),
            r => Assert.Contains($"\ndotnet_diagnostic.{r.Id}.severity = warning\n", settings, StringComparison.Ordinal));
    }

    private static Comparer<Type> ByName { get; } = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    private static DiagnosticDescriptor Rule(string id) => All.Single(r => r.Id == id);

    /// <summary>Runs all analyzers over a mistake, in such a project as its rule is about.</summary>
    internal static Task<ImmutableArray<Diagnostic>> Analyze(string id, string source, SyntaxTreeOptionsProvider? options = null)
    {
        // Without the client's package there is nothing that TCH0014 could miss.
        var references = id == "TCH0014" ? Project.Framework.RemoveAll(r => r.Display == typeof(Client).Assembly.Location) : Project.Framework;
        var output = id is "TCH0040" or "TCH0041" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary;
        var compilation = Diagnosis.Generate(new Project("App", Usings + source) { References = references }, options, output);
        // What another generator writes is known by its path.
        if (id == "TCH0030")
            compilation = compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText("partial class M { public int Y { get; set; } }", new(LanguageVersion.CSharp14), "/Other.Generators/Other.Generators.One/M.g.cs"));
        return Diagnosis.AnalyzeGenerated(compilation);
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
