using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.CodeFixes;

/// <summary>Makes functions <c>async</c>.</summary>
internal static class AsyncFunction
{
    /// <summary>The function around an expression; <see langword="null"/>: top-level statements, or no function at all.</summary>
    public static SyntaxNode? Around(SyntaxNode expression) => expression.Ancestors().FirstOrDefault(
        a => a is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax);

    public static bool IsAsync(SyntaxNode function) => Modifiers(function).Any(SyntaxKind.AsyncKeyword);

    /// <summary>The nodes of a function, without those of functions and types inside of it.</summary>
    public static IEnumerable<SyntaxNode> Own(SyntaxNode function) => function.DescendantNodes(
        node => node == function || node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseTypeDeclarationSyntax));

    /// <summary>What a function of one expression returns.</summary>
    public static ExpressionSyntax? Arrow(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.ExpressionBody,
        LocalFunctionStatementSyntax local => local.ExpressionBody?.Expression,
        MethodDeclarationSyntax method => method.ExpressionBody?.Expression,
        _ => null,
    };

    /// <summary>Whether the function's task has a result.</summary>
    public static bool ReturnsResult(SyntaxNode function, SemanticModel model, CancellationToken cancellation) =>
        Symbol(function, model, cancellation)?.ReturnType is INamedTypeSymbol { Arity: 1 };

    public static IMethodSymbol? Symbol(SyntaxNode function, SemanticModel model, CancellationToken cancellation) =>
        (function is AnonymousFunctionExpressionSyntax
            ? model.GetSymbolInfo(function, cancellation).Symbol
            : model.GetDeclaredSymbol(function, cancellation)) as IMethodSymbol;

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
            or SwitchExpressionSyntax or WithExpressionSyntax
            ? SyntaxFactory.ParenthesizedExpression(task)
            : task;

    private static SyntaxTokenList Modifiers(SyntaxNode function) => function switch
    {
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers,
        LocalFunctionStatementSyntax local => local.Modifiers,
        BaseMethodDeclarationSyntax method => method.Modifiers,
        _ => default,
    };
}
