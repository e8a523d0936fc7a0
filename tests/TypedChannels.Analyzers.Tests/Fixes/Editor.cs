using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using TypedChannels.CodeFixes;
using TypedChannels.Generators;
using Project = Microsoft.CodeAnalysis.Project;

namespace TypedChannels.Analyzers.Tests.Fixes;

/// <summary>Projects as an editor has them: with the generator running, and with fixes and refactorings to choose from.</summary>
internal sealed class Editor : IDisposable
{
    private static readonly CodeFixProvider[] Fixes =
    [
        new MakePartialFix(), new DirectionFix(), new MemberNameFix(), new AwaitFix(), new BlockingFix(), new JsonSerializableFix(),
        new ReflectedJsonFix(), new HandlerFix(),
    ];

    private readonly AdhocWorkspace _workspace = new();

    public Solution Solution { get; private set; }

    public Editor() => Solution = _workspace.CurrentSolution;

    public static IEnumerable<CodeFixProvider> AllFixes => Fixes;

    /// <summary>Adds a project of the given files: path and text.</summary>
    public Project Add(string name, OutputKind output, IEnumerable<(string Path, string Text)> files, params ProjectId[] references)
    {
        var id = ProjectId.CreateNewId(name);
        var project = Solution.AddProject(id, name, name, LanguageNames.CSharp).GetProject(id)!
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp14))
            .WithCompilationOptions(new CSharpCompilationOptions(output, nullableContextOptions: NullableContextOptions.Enable))
            .WithMetadataReferences(Generators.Tests.Project.Framework)
            .WithProjectReferences(references.Select(r => new ProjectReference(r)))
            .AddAnalyzerReference(new AnalyzerFileReference(typeof(ChannelGenerator).Assembly.Location, new Loader()));
        var settings = $"is_global = true\nbuild_property.RootNamespace = {name}\n";
        project = project.AddAnalyzerConfigDocument("global.editorconfig", SourceText.From(settings), filePath: $"/{name}/.globalconfig").Project;
        foreach (var (path, text) in files)
            project = project.AddDocument(Path.GetFileName(path), SourceText.From(text), filePath: $"/{name}/{path}").Project;
        Solution = project.Solution;
        return project;
    }

    /// <summary>What the analyzers say of a project.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Project project) =>
        await Diagnosis.AnalyzeGenerated((await project.GetCompilationAsync(TestContext.Current.CancellationToken))!);

    /// <summary>What the compiler says of a project, but for its warnings of style; some of it only when it emits.</summary>
    public static async Task<IEnumerable<string>> ErrorsAsync(Project project)
    {
        var compilation = (await project.GetCompilationAsync(TestContext.Current.CancellationToken))!;
        using var stream = new MemoryStream();
        return compilation.GetDiagnostics(TestContext.Current.CancellationToken)
            .Concat(compilation.Emit(stream, cancellationToken: TestContext.Current.CancellationToken).Diagnostics)
            .Where(d => d.Severity == DiagnosticSeverity.Error || d.Id is "CS4014" or "CS1998" or "CS8632")
            .Select(d => d.ToString()).Distinct().ToList();
    }

    /// <summary>The fixes that are offered for a diagnostic.</summary>
    public static async Task<List<CodeAction>> FixesAsync(Project project, Diagnostic diagnostic)
    {
        var offered = new List<CodeAction>();
        if (project.GetDocument(diagnostic.Location.SourceTree) is not { } document)
            return offered;
        foreach (var fix in Fixes.Where(f => f.FixableDiagnosticIds.Contains(diagnostic.Id)))
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), TestContext.Current.CancellationToken));
        return offered;
    }

    /// <summary>The refactorings that are offered at a place.</summary>
    public static async Task<List<CodeAction>> RefactoringsAsync(Document document, TextSpan span)
    {
        var offered = new List<CodeAction>();
        await new HandleChannelRefactoring().ComputeRefactoringsAsync(
            new CodeRefactoringContext(document, span, offered.Add, TestContext.Current.CancellationToken));
        return offered;
    }

    /// <summary>The solution after an action, formatted and simplified as the editor does.</summary>
    public static async Task<Solution> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    /// <summary>Fixes all diagnostics of one rule in a project at once, as the first one's fix of that title does.</summary>
    public static async Task<Solution> FixAllAsync(Project project, string id, string title)
    {
        var diagnostics = (await AnalyzeAsync(project)).Where(d => d.Id == id).OrderBy(d => d.Location.SourceSpan).ToImmutableArray();
        var provider = Fixes.First(f => f.FixableDiagnosticIds.Contains(id) && f.GetFixAllProvider() is not null);
        var first = (await FixesAsync(project, diagnostics[0])).First(action => action.Title == title);
        var context = new FixAllContext(
            project, provider, FixAllScope.Project, first.EquivalenceKey!, [id], new Known(diagnostics), TestContext.Current.CancellationToken);
        return await ApplyAsync((await provider.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    public static async Task<string> TextAsync(Document document) => (await document.GetTextAsync(TestContext.Current.CancellationToken)).ToString();

    public void Dispose() => _workspace.Dispose();

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }

    /// <summary>The generator that the test has loaded already.</summary>
    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => typeof(ChannelGenerator).Assembly;
    }
}
