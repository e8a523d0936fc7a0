using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace TypedChannels.CodeFixes;

/// <summary>
/// What a function that becomes <c>async</c> returned: <c>return task;</c> becomes <c>await task; return;</c>, a completed task nothing.
/// </summary>
/// <param name="returnsResult">Whether the task has a result: then it is <c>return await task;</c>.</param>
internal sealed class ReturnRewriter(bool returnsResult) : CSharpSyntaxRewriter
{
    /// <summary>Rewrites the body, whose last <c>return;</c> says nothing.</summary>
    public BlockSyntax RewriteBody(BlockSyntax body)
    {
        var rewritten = (BlockSyntax)Visit(body);
        if (rewritten.Statements.LastOrDefault() is not ReturnStatementSyntax { Expression: null } last)
            return rewritten;
        // What was said about the return is not lost with it.
        var said = last.GetLeadingTrivia().Any(t => !t.IsKind(SyntaxKind.WhitespaceTrivia) && !t.IsKind(SyntaxKind.EndOfLineTrivia));
        return rewritten.RemoveNode(last, said ? SyntaxRemoveOptions.KeepLeadingTrivia : SyntaxRemoveOptions.KeepNoTrivia)!;
    }

    /// <summary>The task awaited, if it is not one already.</summary>
    public static ExpressionSyntax Await(ExpressionSyntax task) =>
        task is AwaitExpressionSyntax ? task : AsyncFunction.Await(task, task);

    /// <summary>The result of a task: what it is made of, else the task awaited.</summary>
    public static ExpressionSyntax Result(ExpressionSyntax task) => task is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" },
        ArgumentList.Arguments: { Count: 1 } arguments,
    }
        ? arguments[0].Expression.WithTriviaFrom(task)
        : Await(task);

    /// <summary>Whether it is a task that takes its type from the function's, which it would lose.</summary>
    public static bool IsUntyped(ExpressionSyntax? task) =>
        task is ImplicitObjectCreationExpressionSyntax || (task?.IsKind(SyntaxKind.DefaultLiteralExpression) ?? false);

    public override SyntaxNode? VisitBlock(BlockSyntax node) => node.WithStatements(SyntaxFactory.List(node.Statements.SelectMany(Rewrite)));

    public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node) =>
        node.WithStatements(SyntaxFactory.List(node.Statements.SelectMany(Rewrite)));

    public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
    {
        var statements = Rewrite(node).ToList();
        return statements.Count == 1
            ? statements[0]
            : SyntaxFactory.Block(statements).WithTriviaFrom(node).WithAdditionalAnnotations(Formatter.Annotation);
    }

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => node;

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => node;

    private IEnumerable<StatementSyntax> Rewrite(StatementSyntax statement)
    {
        if (statement is not ReturnStatementSyntax { Expression: { } task } returned)
        {
            yield return (StatementSyntax)Visit(statement)!;
        }
        else if (returnsResult)
        {
            yield return returned.WithExpression(Result(task));
        }
        else if (IsCompleted(task))
        {
            yield return Return().WithTriviaFrom(statement);
        }
        else
        {
            yield return SyntaxFactory.ExpressionStatement(Await(task).WithoutTrivia()).WithLeadingTrivia(statement.GetLeadingTrivia())
                .WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
            yield return Return().WithTrailingTrivia(statement.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation);
        }
    }

    private static ReturnStatementSyntax Return() => SyntaxFactory.ReturnStatement();

    private static bool IsCompleted(ExpressionSyntax task) => task switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression),
        DefaultExpressionSyntax => true,
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } => true,
        _ => false,
    };
}
