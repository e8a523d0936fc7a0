using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.CodeFixes;

/// <summary>Whether what a function returns can be awaited instead, as <see cref="ReturnRewriter"/> does.</summary>
internal static class ReturnedTasks
{
    public static bool CanBeAwaited(SyntaxNode function, ITypeSymbol type, SemanticModel model, CancellationToken cancellation) =>
        AsyncFunction.Arrow(function) is { } arrow
            ? arrow is ThrowExpressionSyntax || IsAwaitable(arrow, model)
            : AsyncFunction.Own(function).OfType<ReturnStatementSyntax>().All(r => CanBeAwaited(r.Expression, type, model, cancellation));

    public static bool IsTask(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Task" or "ValueTask", Arity: 0 or 1 }
        && type.ContainingNamespace?.ToDisplayString() == "System.Threading.Tasks";

    private static bool CanBeAwaited(ExpressionSyntax? returned, ITypeSymbol type, SemanticModel model, CancellationToken cancellation)
    {
        var hasResult = type is INamedTypeSymbol { Arity: 1 };
        if (returned is null)
            return !hasResult;
        if (hasResult)
            return (ReturnRewriter.MadeOf(returned) is null || IsOfTask(returned, model, cancellation)) && IsAwaitable(returned, model);
        if (!ReturnRewriter.IsCompleted(returned))
            return IsAwaitable(returned, model);
        var completed = ReturnRewriter.Bare(returned);
        // The default of Task is null, and no completed task.
        return completed is MemberAccessExpressionSyntax ? IsOfTask(completed, model, cancellation) : type.IsValueType;
    }

    private static bool IsOfTask(ExpressionSyntax member, SemanticModel model, CancellationToken cancellation) =>
        IsTask(model.GetSymbolInfo(member, cancellation).Symbol?.ContainingType);

    // Its own type: it loses the one that it takes from the function's.
    private static bool IsAwaitable(ExpressionSyntax expression, SemanticModel model) =>
        IsTask(model.GetSpeculativeTypeInfo(expression.SpanStart, expression, SpeculativeBindingOption.BindAsExpression).Type);
}
