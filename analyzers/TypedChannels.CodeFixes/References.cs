using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.CodeFixes;

/// <summary>
/// Finds spans, other ref structs and <c>ref</c> locals in a function: none may live across an <c>await</c>. Whether one would is not
/// asked.
/// </summary>
internal static class References
{
    /// <summary>Whether a function holds one, or the statement of an expression makes one.</summary>
    public static bool In(SyntaxNode function, ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        var statement = expression.Ancestors().TakeWhile(a => a != function).FirstOrDefault(a => a is StatementSyntax or GlobalStatementSyntax)
            ?? function;
        return (AsyncFunction.Symbol(function, model, cancellation)?.Parameters.Any(p => p.Type.IsRefLikeType) ?? false)
            || AsyncFunction.Own(function).Any(node => IsKept(node, model, cancellation))
            || AsyncFunction.Own(statement).OfType<ExpressionSyntax>().Any(inner => IsMade(inner, model, cancellation));
    }

    private static bool IsKept(SyntaxNode node, SemanticModel model, CancellationToken cancellation) => node switch
    {
        VariableDeclaratorSyntax or SingleVariableDesignationSyntax => IsReference(model.GetDeclaredSymbol(node, cancellation)),
        CommonForEachStatementSyntax each =>
            (each is ForEachStatementSyntax single && IsReference(model.GetDeclaredSymbol(single, cancellation)))
            || model.GetForEachStatementInfo(each).GetEnumeratorMethod is { ReturnType.IsRefLikeType: true }
            || IsMade(each.Expression, model, cancellation),
        UsingStatementSyntax { Expression: { } used } => IsMade(used, model, cancellation),
        _ => false,
    };

    private static bool IsReference(ISymbol? declared) => declared is ILocalSymbol local && (local.IsRef || local.Type.IsRefLikeType);

    private static bool IsMade(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        var type = model.GetTypeInfo(expression, cancellation);
        return type.Type is { IsRefLikeType: true } || type.ConvertedType is { IsRefLikeType: true }
            || model.GetSymbolInfo(expression, cancellation).Symbol
                is IMethodSymbol { RefKind: not RefKind.None } or IPropertySymbol { RefKind: not RefKind.None };
    }
}
