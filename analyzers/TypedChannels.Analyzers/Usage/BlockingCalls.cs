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
        call.Arguments.FirstOrDefault()?.Value.ConstantValue is { HasValue: true, Value: 0 };

    /// <summary>
    /// Whether something earlier in the function has awaited the task, or asks whether it is done: <c>await Task.WhenAll(a, b)</c>,
    /// then <c>a.Result</c>.
    /// </summary>
    private static bool IsKnownToBeDone(IOperation task, IOperation use, IOperation body)
    {
        if (Root(task) is not { } root)
            return false;
        foreach (var operation in OwnOf(body))
        {
            if (operation.Syntax.SpanStart >= use.Syntax.SpanStart)
                continue;
            var asked = operation switch
            {
                IAwaitOperation awaited => awaited.Operation,
                IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" or "Status", Instance: { } of } => of,
                _ => null,
            };
            if (asked is not null && asked.DescendantsAndSelf().Any(o => SymbolEqualityComparer.Default.Equals(Symbol(o), root)))
                return true;
        }
        return false;
    }

    private static ISymbol? Root(IOperation operation)
    {
        while (true)
        {
            if (Symbol(operation) is { } symbol)
                return symbol;
            var inner = operation switch
            {
                IInvocationOperation { Instance: { } instance } => instance,
                IArrayElementReferenceOperation element => element.ArrayReference,
                IPropertyReferenceOperation { Instance: { } instance } => instance,
                IConversionOperation conversion => conversion.Operand,
                _ => null,
            };
            if (inner is null)
                return null;
            operation = inner;
        }
    }

    private static ISymbol? Symbol(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };
}
