using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedChannels.Analyzers;

/// <summary>
/// Finds a message that is changed after it was sent, where nothing in the method can see the change either: the message was made in the same function, or
/// received by it as a handler, has gone nowhere but into sends, and is not used again.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChangedMessageAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(UsageRules.ChangedLate);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var symbols = new EndpointSymbols(start.Compilation);
            start.RegisterOperationAction(operation => Analyze(operation, symbols), OperationKind.Invocation);
        });
    }

    private static void Analyze(OperationAnalysisContext context, EndpointSymbols symbols)
    {
        var send = (IInvocationOperation)context.Operation;
        if (!symbols.IsSend(send.TargetMethod)
            || send.Arguments.FirstOrDefault(a => a.Parameter?.Name == "message")?.Value is not { } argument
            || Variable(argument) is not { } message
            || argument.Type is not { IsReferenceType: true }
            || Function(send) is not { } function)
        {
            return;
        }

        var uses = function.Descendants().Where(o => SymbolEqualityComparer.Default.Equals(Variable(o), message)).ToList();
        var later = uses.Where(use => use.Syntax.SpanStart > send.Syntax.Span.End).ToList();
        if (later.Count > 0
            && later.All(IsChanged)
            && uses.Except(later).All(use => IsChanged(use) || IsRead(use) || IsSent(use, symbols) || OwnMessages.IsMaking(use))
            && uses.All(use => Function(use) == function) // A function within it may run at any time.
            && later[0].Parent is { } changed
            && SendOrder.Is(send, changed, function)
            && !IsRepeated(send, message, later)
            && OwnMessages.Has(function, message, uses, symbols))
        {
            context.ReportDiagnostic(
                Diagnostic.Create(UsageRules.ChangedLate, changed.Syntax.GetLocation(), message.Name, send.TargetMethod.Name));
        }
    }

    // What a loop changes at its end may be sent at its beginning.
    private static bool IsRepeated(IOperation send, ISymbol message, List<IOperation> later) => SendOrder.Ancestors(send)
        .TakeWhile(a => a is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        .OfType<ILoopOperation>()
        .Any(loop => later.Any(use => loop.Syntax.Span.Contains(use.Syntax.Span))
            && !message.DeclaringSyntaxReferences.All(r => loop.Syntax.Span.Contains(r.Span)));

    private static bool IsChanged(IOperation use)
    {
        if (use.Parent is not (IPropertyReferenceOperation or IFieldReferenceOperation))
            return false;
        var target = use.Parent;
        while (target.Parent is ITupleOperation)
            target = target.Parent;
        return target.Parent switch
        {
            ISimpleAssignmentOperation or IDeconstructionAssignmentOperation => ((IAssignmentOperation)target.Parent).Target == target,
            // The value of any other contains what was there, and goes on where it is no statement.
            IAssignmentOperation { Parent: IExpressionStatementOperation } assignment => assignment.Target == target,
            IIncrementOrDecrementOperation { Parent: IExpressionStatementOperation } => true,
            _ => false,
        };
    }

    private static bool IsRead(IOperation use) => use.Parent is IPropertyReferenceOperation or IFieldReferenceOperation;

    private static bool IsSent(IOperation use, EndpointSymbols symbols) =>
        use.Parent is IArgumentOperation { Parent: IInvocationOperation call } && symbols.IsSend(call.TargetMethod);

    private static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { IsDeclaration: false } local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static IOperation? Function(IOperation operation) => SendOrder.Ancestors(operation)
        .FirstOrDefault(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation || a.Parent is null);
}
