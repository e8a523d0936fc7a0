using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedChannels.Analyzers;

/// <summary>Finds the calls in a function's body that hold its thread.</summary>
internal static class BlockingCalls
{
    public static IEnumerable<(IOperation Operation, string Name, string Instead)> In(IOperation body)
    {
        foreach (var operation in OwnOf(body))
        {
            if (Name(operation) is not { } found)
                continue;
            if (found.Waited is null || !IsKnownToBeDone(found.Waited, operation, body))
                yield return (operation, found.Name, found.Instead);
        }
    }

    /// <summary>What a function does itself: not what its lambdas and local functions do.</summary>
    private static IEnumerable<IOperation> OwnOf(IOperation body)
    {
        foreach (var child in body.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            yield return child;
            foreach (var inner in OwnOf(child))
                yield return inner;
        }
    }

    private static (string Name, string Instead, IOperation? Waited)? Name(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } when IsTask(task.Type) =>
            ("Result", "await the task", task),
        IInvocationOperation { TargetMethod: { Name: "Sleep", ContainingType: { Name: "Thread" } type } } sleep
            when IsIn(type, "System.Threading") && !IsZero(sleep) => ("Thread.Sleep", "await Task.Delay", null),
        IInvocationOperation { TargetMethod.Name: "Wait", Instance: { } task } wait when IsTask(task.Type) && !IsZero(wait) =>
            ("Wait", "await the task", task),
        IInvocationOperation { TargetMethod: { Name: "WaitAll" or "WaitAny", ContainingType: var type } call } when IsTask(type) =>
            ("Task." + call.Name, $"await Task.{call.Name.Replace("Wait", "When")}", null),
        IInvocationOperation
        {
            TargetMethod: { Name: "GetResult", ContainingType: var awaiter },
            Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } task },
        }
            when IsIn(awaiter.ContainingType ?? awaiter, "System.Runtime.CompilerServices") =>
            ("GetAwaiter().GetResult()", "await the task", task),
        _ => null,
    };

    private static bool IsTask(ITypeSymbol? type) =>
        type is { Name: "Task" or "ValueTask" } && IsIn(type, "System.Threading.Tasks");

    private static bool IsIn(ISymbol type, string containing) => type.ContainingNamespace?.ToDisplayString() == containing;

    // A look that waits for nothing.
    private static bool IsZero(IInvocationOperation call) =>
        call.Arguments.FirstOrDefault()?.Value is { ConstantValue: { HasValue: true, Value: 0 } } or IFieldReferenceOperation { Field.Name: "Zero" };

    /// <summary>
    /// Whether something earlier in the function has awaited the task, or asks whether it is done: <c>await Task.WhenAll(a, b)</c>,
    /// then <c>a.Result</c>. Only of a variable can that be said: a call may give another task each time.
    /// </summary>
    private static bool IsKnownToBeDone(IOperation task, IOperation use, IOperation body) =>
        Symbol(Variable(task)) is { } variable && IsKnownToBeDone(variable, use, body);

    private static bool IsKnownToBeDone(ISymbol variable, IOperation use, IOperation body)
    {
        var known = false;
        // In the order in which they are written, so that what comes later decides.
        foreach (var operation in OwnOf(body).Where(o => o.Syntax.Span.End <= use.Syntax.SpanStart || o is IForEachLoopOperation)
            .OrderBy(o => o.Syntax.Span.End))
        {
            switch (operation)
            {
                case IForEachLoopOperation loop when loop.Locals.Contains(variable, SymbolEqualityComparer.Default):
                    return loop.Collection.DescendantsAndSelf().Any(o => IsTaskCall(o, "WhenEach"))
                        || (Symbol(Variable(loop.Collection)) is { } all && IsKnownToBeDone(all, use, body));
                case IVariableDeclaratorOperation declared when Is(declared.Symbol):
                    known = declared.GetVariableInitializer()?.Value is { } value && IsOneOfAny(value);
                    break;
                case ISimpleAssignmentOperation assigned when Is(Symbol(assigned.Target)):
                    known = IsOneOfAny(assigned.Value);
                    break;
                case IAwaitOperation awaited:
                    known |= Has(awaited.Operation);
                    break;
                case IPropertyReferenceOperation { Instance: { } asked } property when AsksWhetherDone(property):
                    known |= Has(asked);
                    break;
                case IIsPatternOperation asks:
                    known |= Has(asks.Value) && asks.Pattern.Descendants().OfType<IPropertyReferenceOperation>().Any(AsksWhetherDone);
                    break;
            }
        }
        return known;

        bool Is(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol, variable);

        bool Has(IOperation operation) => operation.DescendantsAndSelf().Any(o => Is(Symbol(o)));
    }

    private static bool AsksWhetherDone(IPropertyReferenceOperation property) =>
        property.Property.Name is "IsCompleted" or "IsCompletedSuccessfully" or "Status";

    /// <summary><c>await Task.WhenAny(…)</c> gives a task that is done.</summary>
    private static bool IsOneOfAny(IOperation value) =>
        value is IAwaitOperation awaited && awaited.Operation.DescendantsAndSelf().Any(o => IsTaskCall(o, "WhenAny"));

    private static bool IsTaskCall(IOperation operation, string name) =>
        operation is IInvocationOperation { TargetMethod: var method } && method.Name == name && IsTask(method.ContainingType);

    /// <summary>The variable that holds a task, or the array of it.</summary>
    private static IOperation Variable(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Variable(conversion.Operand),
        // Another view of the same task.
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "Preserve", Instance: { } inner } => Variable(inner),
        IArrayElementReferenceOperation element => element.ArrayReference,
        _ => operation,
    };

    private static ISymbol? Symbol(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };
}
