using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedChannels.Analyzers;

/// <summary>Finds <c>async</c> handlers of events that await nothing, such as <c>OnMessageError</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncActionAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.AsyncAction);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var symbols = new EndpointSymbols(start.Compilation);
            start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.EventAssignment);
        });
    }

    private static void Analyze(OperationAnalysisContext context, EndpointSymbols symbols)
    {
        var assignment = (IEventAssignmentOperation)context.Operation;
        if (!assignment.Adds || !symbols.IsEvent(assignment))
            return;
        var name = ((IEventReferenceOperation)assignment.EventReference).Event.Name;
        foreach (var location in Async(assignment.HandlerValue))
            context.ReportDiagnostic(Diagnostic.Create(UsageRules.AsyncAction, location, name));
    }

    private static IEnumerable<Location> Async(IOperation? handler) => handler switch
    {
        IConversionOperation conversion => Async(conversion.Operand),
        IConditionalOperation choice => Async(choice.WhenTrue).Concat(Async(choice.WhenFalse)),
        IDelegateCreationOperation
        {
            Target: IAnonymousFunctionOperation
            {
                Symbol: { IsAsync: true, ReturnsVoid: true }, Syntax: AnonymousFunctionExpressionSyntax lambda,
            },
        } => [lambda.AsyncKeyword.GetLocation()],
        IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: { IsAsync: true, ReturnsVoid: true }, Syntax: var method } } =>
            [method.GetLocation()],
        _ => [],
    };
}
