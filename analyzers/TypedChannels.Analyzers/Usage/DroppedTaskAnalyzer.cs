using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>Finds sends whose task is neither awaited nor returned nor kept. <c>_ = …</c> says that it is meant.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedTaskAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.Dropped);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var symbols = new EndpointSymbols(start.Compilation);
            start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.ExpressionStatement);
        });
    }

    private static void Analyze(OperationAnalysisContext context, EndpointSymbols symbols)
    {
        var dropped = ((IExpressionStatementOperation)context.Operation).Operation;
        if (dropped is IConditionalAccessOperation conditional)
            dropped = conditional.WhenNotNull;
        // Another view of the same task.
        while (dropped is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "Preserve", Instance: { } inner })
            dropped = inner;
        if (dropped is IInvocationOperation { TargetMethod: var method } && symbols.IsSend(method) && !IsInTree(dropped))
            context.ReportDiagnostic(Diagnostic.Create(UsageRules.Dropped, dropped.Syntax.GetLocation(), method.Name));
    }

    /// <summary>Whether it stands in an expression tree, which says what is called and calls nothing.</summary>
    private static bool IsInTree(IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor is IAnonymousFunctionOperation { Parent: IConversionOperation { Type: { } type } }
                && type.Is("System.Linq.Expressions.Expression`1"))
            {
                return true;
            }
        }
        return false;
    }
}
