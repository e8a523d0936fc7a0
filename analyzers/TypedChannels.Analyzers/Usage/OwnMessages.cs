using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace TypedChannels.Analyzers;

/// <summary>Tells of which messages a function alone has the object, as far as its method shows.</summary>
internal static class OwnMessages
{
    /// <summary>Whether the function made the message, or was given it as its handler.</summary>
    public static bool Has(IOperation function, ISymbol message, IReadOnlyCollection<IOperation> uses, EndpointSymbols symbols) => message switch
    {
        ILocalSymbol local => Makes(function, local, uses),
        IParameterSymbol parameter => Handles(function, parameter, symbols),
        _ => false,
    };

    /// <summary>Whether a variable is given an object that is new, which nobody else has.</summary>
    public static bool IsMaking(IOperation use) =>
        use.Parent is ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment
            && assignment.Target == use && IsNew(assignment.Value);

    private static bool Makes(IOperation function, ILocalSymbol local, IReadOnlyCollection<IOperation> uses) =>
        function.Descendants().OfType<IVariableDeclaratorOperation>().Any(
            declared => SymbolEqualityComparer.Default.Equals(declared.Symbol, local)
                && (declared.GetVariableInitializer() is { } initializer ? IsNew(initializer.Value) : uses.Any(IsMaking)));

    private static bool IsNew(IOperation value) =>
        (value is IConversionOperation conversion ? conversion.Operand : value) is IObjectCreationOperation or IWithOperation;

    private static bool Handles(IOperation function, IParameterSymbol parameter, EndpointSymbols symbols)
    {
        var root = Root(function);
        return function switch
        {
            IAnonymousFunctionOperation { Parent: IDelegateCreationOperation created } lambda =>
                lambda.Symbol.Parameters.Contains(parameter, SymbolEqualityComparer.Default) && IsOnlyHandler(created, root, symbols),
            ILocalFunctionOperation local =>
                local.Symbol.Parameters.Contains(parameter, SymbolEqualityComparer.Default) && IsOnlyHandler(local.Symbol, root, symbols),
            _ => false,
        };
    }

    // Whoever calls it has the message as well.
    private static bool IsOnlyHandler(IMethodSymbol local, IOperation root, EndpointSymbols symbols)
    {
        var named = root.Descendants().Where(o => SymbolEqualityComparer.Default.Equals(Method(o)?.OriginalDefinition, local)).ToList();
        return named.Count > 0
            && named.All(o => o is IMethodReferenceOperation { Parent: IDelegateCreationOperation created } && IsOnlyHandler(created, root, symbols));
    }

    private static IMethodSymbol? Method(IOperation operation) => operation switch
    {
        IMethodReferenceOperation reference => reference.Method,
        IInvocationOperation call => call.TargetMethod,
        _ => null,
    };

    // The handlers of one event are given the same object, those of names known only at run time one each.
    private static bool IsOnlyHandler(IDelegateCreationOperation created, IOperation root, EndpointSymbols symbols)
    {
        if (!symbols.IsHandler(created))
            return false;
        var handler = created.Parent;
        while (handler is IConversionOperation)
            handler = handler.Parent;
        return handler switch
        {
            IEventAssignmentOperation { Adds: true } assignment => Attached(root).Count(name => name == Event(assignment)) == 1,
            IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { Name: "On" } method } } => symbols.IsBase(method.ContainingType),
            _ => false,
        };
    }

    // By their names, for the server's event and the connection's have the same messages.
    private static IEnumerable<string?> Attached(IOperation root) =>
        root.Descendants().OfType<IEventAssignmentOperation>().Where(a => a.Adds).Select(Event);

    private static string? Event(IEventAssignmentOperation assignment) => (assignment.EventReference as IEventReferenceOperation)?.Event.Name;

    private static IOperation Root(IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }
}
