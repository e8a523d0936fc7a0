using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedChannels.Analyzers;

/// <summary>
/// Finds what blocks in a handler: in a lambda or a local function, or in a method of the class that attaches it. What a handler calls,
/// and what it hands to others (<c>Task.Run</c>), is not looked at.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingHandlerAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.Blocking);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var symbols = new EndpointSymbols(start.Compilation);
            start.RegisterOperationAction(operation => AnalyzeLambda(operation, symbols), OperationKind.AnonymousFunction);
            start.RegisterOperationAction(operation => AnalyzeLocalFunction(operation, symbols), OperationKind.LocalFunction);
            start.RegisterSymbolStartAction(type => AnalyzeMethods(type, symbols), SymbolKind.NamedType);
        });
    }

    private static void AnalyzeLambda(OperationAnalysisContext context, EndpointSymbols symbols)
    {
        if (context.Operation.Parent is IDelegateCreationOperation created && symbols.IsHandler(created))
            Report(((IAnonymousFunctionOperation)context.Operation).Body, context.ReportDiagnostic);
    }

    private static void AnalyzeLocalFunction(OperationAnalysisContext context, EndpointSymbols symbols)
    {
        var function = (ILocalFunctionOperation)context.Operation;
        if (function.Body is not { } body || !MayHandle(function.Symbol))
            return;
        var root = context.Operation;
        while (root.Parent is { } parent)
            root = parent;
        var isHandler = root.Descendants().OfType<IDelegateCreationOperation>().Any(
            created => created.Target is IMethodReferenceOperation { Method: var method }
                && SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, function.Symbol) && symbols.IsHandler(created));
        if (isHandler)
            Report(body, context.ReportDiagnostic);
    }

    private static void AnalyzeMethods(SymbolStartAnalysisContext type, EndpointSymbols symbols)
    {
        var handlers = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        var blocking = new ConcurrentQueue<(ISymbol Method, Diagnostic Diagnostic)>();
        type.RegisterOperationAction(
            operation =>
            {
                var created = (IDelegateCreationOperation)operation.Operation;
                if (created.Target is IMethodReferenceOperation { Method: { MethodKind: MethodKind.Ordinary } method }
                    && IsOf(method, type.Symbol) && symbols.IsHandler(created))
                {
                    handlers.TryAdd(method.OriginalDefinition, true);
                }
            },
            OperationKind.DelegateCreation);
        type.RegisterOperationBlockAction(block =>
        {
            if (block.OwningSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method
                || !IsOf(method, type.Symbol) || !MayHandle(method))
            {
                return;
            }
            foreach (var operation in block.OperationBlocks)
                Report(operation, diagnostic => blocking.Enqueue((method.PartialDefinitionPart ?? method, diagnostic)));
        });
        type.RegisterSymbolEndAction(end =>
        {
            foreach (var (method, diagnostic) in blocking)
            {
                if (handlers.ContainsKey(method))
                    end.ReportDiagnostic(diagnostic);
            }
        });
    }

    // Of a nested type both it and the outer one are told.
    private static bool IsOf(IMethodSymbol method, ISymbol type) => SymbolEqualityComparer.Default.Equals(method.ContainingType, type);

    private static bool MayHandle(IMethodSymbol method) => method.Parameters.Length is 1 or 2
        && (method.ReturnsVoid || method.ReturnType is { Name: "ValueTask", ContainingNamespace.Name: "Tasks" });

    private static void Report(IOperation body, System.Action<Diagnostic> report)
    {
        foreach (var (operation, name, instead) in BlockingCalls.In(body))
            report(Diagnostic.Create(UsageRules.Blocking, operation.Syntax.GetLocation(), name, instead));
    }
}
