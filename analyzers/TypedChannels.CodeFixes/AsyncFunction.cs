using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TypedChannels.CodeFixes;

/// <summary>Makes functions <c>async</c>.</summary>
internal static class AsyncFunction
{
    /// <summary>The function around an expression; <see langword="null"/>: top-level statements, or no function at all.</summary>
    public static SyntaxNode? Around(SyntaxNode expression) => expression.Ancestors().FirstOrDefault(
        a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax);

    public static bool IsAsync(SyntaxNode function) => Modifiers(function).Any(SyntaxKind.AsyncKeyword);

    /// <summary>
    /// Whether an <c>await</c> may stand there, if need be in a function that becomes <c>async</c> with the type that it returns already:
    /// one that returns nothing would be <c>async void</c>.
    /// </summary>
    public static bool CanAwait(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        var function = Around(expression);
        if (expression.Ancestors().TakeWhile(a => a != function).Any(a => a is LockStatementSyntax or QueryExpressionSyntax or UnsafeStatementSyntax))
            return false;
        if (function is null)
            return expression.FirstAncestorOrSelf<GlobalStatementSyntax>() is not null;
        return IsAsync(function)
            || (Symbol(function, model, cancellation) is { } symbol && IsTask(symbol.ReturnType)
                && symbol.Parameters.All(p => p.RefKind == RefKind.None)
                && (symbol.ReturnType is not INamedTypeSymbol { Arity: 1 }
                    || !function.DescendantNodes().OfType<ReturnStatementSyntax>().Any(r => ReturnRewriter.IsUntyped(r.Expression)))
                && !function.DescendantNodes().OfType<YieldStatementSyntax>().Any()
                // What a lock returns would have to be awaited inside of it.
                && !function.DescendantNodes().OfType<LockStatementSyntax>().Any(l => l.DescendantNodes().OfType<ReturnStatementSyntax>().Any()));
    }

    /// <summary>Whether the function's task has a result.</summary>
    public static bool ReturnsResult(SyntaxNode function, SemanticModel model, CancellationToken cancellation) =>
        Symbol(function, model, cancellation)?.ReturnType is INamedTypeSymbol { Arity: 1 };

    public static ExpressionSyntax Await(ExpressionSyntax task, ExpressionSyntax original)
    {
        var awaited = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), Operand(task.WithoutTrivia()));
        var inside = original.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax
            or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax;
        return (inside ? SyntaxFactory.ParenthesizedExpression(awaited) : (ExpressionSyntax)awaited).WithTriviaFrom(original);
    }

    /// <summary>The function with <c>async</c>, and with its returns of tasks as awaits.</summary>
    public static SyntaxNode Make(SyntaxNode function, bool returnsResult)
    {
        var returns = new ReturnRewriter(returnsResult);
        Func<ExpressionSyntax, ExpressionSyntax> of = returnsResult ? ReturnRewriter.Result : ReturnRewriter.Await;
        return function switch
        {
            AnonymousFunctionExpressionSyntax { Block: { } block } lambda =>
                lambda.WithBlock(returns.RewriteBody(block)).WithModifier(SyntaxKind.AsyncKeyword),
            ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } body } lambda =>
                lambda.WithExpressionBody(of(body)).WithModifier(SyntaxKind.AsyncKeyword),
            SimpleLambdaExpressionSyntax { ExpressionBody: { } body } lambda =>
                lambda.WithExpressionBody(of(body)).WithModifier(SyntaxKind.AsyncKeyword),
            LocalFunctionStatementSyntax { Body: { } block } local =>
                local.WithBody(returns.RewriteBody(block)).WithModifier(SyntaxKind.AsyncKeyword),
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local =>
                local.WithExpressionBody(arrow.WithExpression(of(arrow.Expression))).WithModifier(SyntaxKind.AsyncKeyword),
            MethodDeclarationSyntax { Body: { } block } method =>
                method.WithBody(returns.RewriteBody(block)).WithModifier(SyntaxKind.AsyncKeyword),
            MethodDeclarationSyntax { ExpressionBody: { } arrow } method =>
                method.WithExpressionBody(arrow.WithExpression(of(arrow.Expression))).WithModifier(SyntaxKind.AsyncKeyword),
            _ => function,
        };
    }

    private static ExpressionSyntax Operand(ExpressionSyntax task) =>
        task is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or CastExpressionSyntax
            or SwitchExpressionSyntax
            ? SyntaxFactory.ParenthesizedExpression(task)
            : task;

    private static SyntaxTokenList Modifiers(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
        LocalFunctionStatementSyntax local => local.Modifiers,
        BaseMethodDeclarationSyntax method => method.Modifiers,
        _ => default,
    };

    private static IMethodSymbol? Symbol(SyntaxNode function, SemanticModel model, CancellationToken cancellation) =>
        (function is AnonymousFunctionExpressionSyntax
            ? model.GetSymbolInfo(function, cancellation).Symbol
            : model.GetDeclaredSymbol(function, cancellation)) as IMethodSymbol;

    private static bool IsTask(ITypeSymbol type) =>
        type is { Name: "Task" or "ValueTask" } && type.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks";
}
