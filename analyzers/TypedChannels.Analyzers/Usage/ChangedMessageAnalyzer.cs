using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace TypedChannels.Analyzers;

/// <summary>
/// Finds a message that is changed after it was sent, where nobody else can see the change: the message was made in the same function, or
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
            || Function(send) is not { } function
            || !IsOwn(message, function, symbols)
            || IsRepeated(send, message))
        {
            return;
        }

        var uses = function.Descendants().Where(o => SymbolEqualityComparer.Default.Equals(Variable(o), message)).ToList();
        var later = uses.Where(use => use.Syntax.SpanStart > send.Syntax.Span.End).ToList();
        if (later.Count == 0 || !later.All(IsChanged) || !uses.Except(later).All(use => IsChanged(use) || IsRead(use) || IsSent(use, symbols)))
            return;
        var block = Block(send);
        if (later[0] is { Parent: { } changed } && Ancestors(changed).Contains(block))
        {
            context.ReportDiagnostic(
                Diagnostic.Create(UsageRules.ChangedLate, changed.Syntax.GetLocation(), message.Name, send.TargetMethod.Name));
        }
    }

    /// <summary>Whether the function alone has the message: it made it, or the connection read it for the function.</summary>
    private static bool IsOwn(ISymbol message, IOperation function, EndpointSymbols symbols) => message is ILocalSymbol
        ? function.Descendants().OfType<IVariableDeclaratorOperation>().Any(
            declared => SymbolEqualityComparer.Default.Equals(declared.Symbol, message)
                && declared.GetVariableInitializer()?.Value is { } made
                && (made is IConversionOperation conversion ? conversion.Operand : made) is IObjectCreationOperation or IWithOperation)
        : function is IAnonymousFunctionOperation { Parent: IDelegateCreationOperation created } lambda
            && lambda.Symbol.Parameters.Contains(message, SymbolEqualityComparer.Default) && symbols.IsHandler(created);

    // What a loop changes at its end may be sent at its beginning.
    private static bool IsRepeated(IOperation send, ISymbol message) => Ancestors(send)
        .TakeWhile(a => a is not (IAnonymousFunctionOperation or ILocalFunctionOperation))
        .OfType<ILoopOperation>()
        .Any(loop => !message.DeclaringSyntaxReferences.All(r => loop.Syntax.Span.Contains(r.Span)));

    private static bool IsChanged(IOperation use) =>
        use.Parent is IPropertyReferenceOperation or IFieldReferenceOperation && use.Parent.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target == use.Parent,
            IIncrementOrDecrementOperation => true,
            _ => false,
        };

    private static bool IsRead(IOperation use) => use.Parent is IPropertyReferenceOperation or IFieldReferenceOperation;

    private static bool IsSent(IOperation use, EndpointSymbols symbols) =>
        use.Parent is IArgumentOperation { Parent: IInvocationOperation call } && symbols.IsSend(call.TargetMethod);

    private static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation { IsDeclaration: false } local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static IOperation? Function(IOperation operation) => Ancestors(operation)
        .FirstOrDefault(a => a is IAnonymousFunctionOperation or ILocalFunctionOperation || a.Parent is null);

    // The branch of an `if` without braces is a block too.
    private static IOperation? Block(IOperation operation) => Ancestors(operation).FirstOrDefault(
        a => a is IBlockOperation or ISwitchCaseOperation || (a.Parent is IConditionalOperation choice && choice.Condition != a));

    private static IEnumerable<IOperation> Ancestors(IOperation operation)
    {
        for (var ancestor = operation.Parent; ancestor is not null; ancestor = ancestor.Parent)
            yield return ancestor;
    }
}
