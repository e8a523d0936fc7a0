using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.CodeFixes;

/// <summary>
/// Whether an <c>await</c> may stand at a place, if need be in a function that becomes <c>async</c> with the type that it returns already:
/// one that returns nothing would be <c>async void</c>. Where that is not sure, it may not.
/// </summary>
internal static class AwaitPlace
{
    public static bool Allows(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellation)
    {
        var function = AsyncFunction.Around(expression);
        if (expression.Ancestors().TakeWhile(a => a != function).Any(IsForbidden) || IsUnsafe(expression) || IsPartOfConditionalAccess(expression)
            || IsInExpressionTree(expression, model, cancellation))
        {
            return false;
        }
        var scope = function ?? expression.FirstAncestorOrSelf<GlobalStatementSyntax>()?.Parent;
        return scope is not null && !References.In(scope, expression, model, cancellation)
            && (function is null || AsyncFunction.IsAsync(function) || CanBecomeAsync(function, model, cancellation));
    }

    /// <summary>Whether it stands in a lambda that is data and not code.</summary>
    public static bool IsInExpressionTree(SyntaxNode node, SemanticModel model, CancellationToken cancellation) =>
        node.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().Any(
            lambda => model.GetTypeInfo(lambda, cancellation).ConvertedType is { Name: "Expression", ContainingNamespace.Name: "Expressions" });

    private static bool IsForbidden(SyntaxNode ancestor) =>
        ancestor is LockStatementSyntax or QueryExpressionSyntax or UnsafeStatementSyntax or CatchFilterClauseSyntax
            or InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } };

    private static bool IsUnsafe(SyntaxNode node) => node.Ancestors().Any(a => a switch
    {
        MemberDeclarationSyntax member => member.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.UnsafeKeyword),
        _ => false,
    });

    // In `a?.Task.Result` there is no expression that could be awaited.
    private static bool IsPartOfConditionalAccess(ExpressionSyntax expression) => expression switch
    {
        MemberBindingExpressionSyntax or ElementBindingExpressionSyntax => true,
        MemberAccessExpressionSyntax { Expression: var inner } => IsPartOfConditionalAccess(inner),
        InvocationExpressionSyntax { Expression: var inner } => IsPartOfConditionalAccess(inner),
        ElementAccessExpressionSyntax { Expression: var inner } => IsPartOfConditionalAccess(inner),
        PostfixUnaryExpressionSyntax { Operand: var inner } => IsPartOfConditionalAccess(inner),
        _ => false,
    };

    private static bool CanBecomeAsync(SyntaxNode function, SemanticModel model, CancellationToken cancellation)
    {
        if (function is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MethodDeclarationSyntax)
            || AsyncFunction.Symbol(function, model, cancellation) is not { } symbol || !ReturnedTasks.IsTask(symbol.ReturnType)
            || symbol.IsPartialDefinition || symbol.PartialDefinitionPart is not null
            // It would work on a copy of the struct.
            || symbol.ContainingType is { IsValueType: true }
            || symbol.Parameters.Any(p => p.RefKind != RefKind.None)
            // What is left out now would not be rewritten.
            || function.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.IfDirectiveTrivia)))
        {
            return false;
        }
        return !AsyncFunction.Own(function).Any(node => node is YieldStatementSyntax
                // What a lock returns would have to be awaited inside of it.
                || (node is LockStatementSyntax && node.DescendantNodes().OfType<ReturnStatementSyntax>().Any()))
            && !GivesItsTypeAway(function, symbol, model, cancellation)
            && ReturnedTasks.CanBeAwaited(function, symbol.ReturnType, model, cancellation);
    }

    /// <summary>Whether others take their type from the lambda's, which would be <c>Task</c> if it were <c>async</c>.</summary>
    private static bool GivesItsTypeAway(SyntaxNode function, IMethodSymbol symbol, SemanticModel model, CancellationToken cancellation)
    {
        if (function is not AnonymousFunctionExpressionSyntax || symbol.ReturnType.Name == "Task")
            return false;
        var outer = function.Parent;
        while (outer is ParenthesizedExpressionSyntax)
            outer = outer.Parent;
        return outer switch
        {
            EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Type.IsVar: true } } => true,
            ArgumentSyntax { Parent.Parent: { } call } => model.GetSymbolInfo(call, cancellation).Symbol is not IMethodSymbol { IsGenericMethod: false },
            _ => false,
        };
    }
}
