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
        // A comment behind it would have no place without it.
        if (rewritten.Statements.LastOrDefault() is not ReturnStatementSyntax { Expression: null } last
            || last.WithoutLeadingTrivia().DescendantTrivia().IsSaid())
        {
            return rewritten;
        }
        if (!last.GetLeadingTrivia().IsSaid())
            return rewritten.RemoveNode(last, SyntaxRemoveOptions.KeepNoTrivia)!;
        // What is said before it stays, without the indentation of what is not there any more.
        var said = last.GetLeadingTrivia().Reverse().SkipWhile(t => t.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
        var unindented = rewritten.ReplaceNode(last, last.WithLeadingTrivia(said));
        return unindented.RemoveNode(unindented.Statements.Last(), SyntaxRemoveOptions.KeepLeadingTrivia)!;
    }

    /// <summary>The task awaited; what is thrown instead of one is thrown.</summary>
    public static ExpressionSyntax Await(ExpressionSyntax task) =>
        task is ThrowExpressionSyntax ? task : AsyncFunction.Await(task, task);

    /// <summary>The result of a task: what it is made of, else the task awaited.</summary>
    public static ExpressionSyntax Result(ExpressionSyntax task) => MadeOf(task)?.WithTriviaFrom(task) ?? Await(task);

    public override SyntaxNode? VisitBlock(BlockSyntax node) => node.WithStatements(SyntaxFactory.List(node.Statements.SelectMany(Rewrite)));

    public override SyntaxNode? VisitSwitchSection(SwitchSectionSyntax node) =>
        node.WithStatements(SyntaxFactory.List(node.Statements.SelectMany(Rewrite)));

    public override SyntaxNode? VisitReturnStatement(ReturnStatementSyntax node)
    {
        var statements = Rewrite(node).ToList();
        // Of the comments around it each stands at one of the statements.
        return statements.Count == 1
            ? statements[0]
            : SyntaxFactory.Block(statements).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
    }

    public override SyntaxNode? VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => node;

    public override SyntaxNode? VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node) => node;

    public override SyntaxNode? VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) => node;

    /// <summary>The expression that a task of a result is made of: <c>x</c> of <c>FromResult(x)</c>.</summary>
    public static ExpressionSyntax? MadeOf(ExpressionSyntax task) => task is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "FromResult" },
        ArgumentList.Arguments: { Count: 1 } arguments,
    }
        ? arguments[0].Expression
        : null;

    /// <summary>Whether it is a task without a result, and done.</summary>
    public static bool IsCompleted(ExpressionSyntax task) => Bare(task) switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.DefaultLiteralExpression),
        DefaultExpressionSyntax => true,
        BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null } => true,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "CompletedTask" } => true,
        _ => false,
    };

    /// <summary>The expression without parentheses, and without <c>!</c>.</summary>
    public static ExpressionSyntax Bare(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax { Expression: var inner } => Bare(inner),
        PostfixUnaryExpressionSyntax { Operand: var inner } when expression.IsKind(SyntaxKind.SuppressNullableWarningExpression) => Bare(inner),
        _ => expression,
    };

    private IEnumerable<StatementSyntax> Rewrite(StatementSyntax statement)
    {
        if (statement is not ReturnStatementSyntax returned)
            yield return (StatementSyntax)Visit(statement)!;
        else if (returned.Expression is not { } task)
            yield return returned;
        else if (returnsResult)
            yield return returned.WithExpression(Result(task));
        else if (IsCompleted(task))
            yield return Done(returned);
        else
        {
            var trailing = returned.GetTrailingTrivia();
            yield return Awaiting(returned, task);
            yield return SyntaxFactory.ReturnStatement()
                .WithTrailingTrivia(trailing.IsSaid() ? SyntaxFactory.TriviaList(SyntaxFactory.ElasticLineFeed) : trailing)
                .WithAdditionalAnnotations(Formatter.Annotation);
        }
    }

    /// <summary><c>await task;</c>, with all that was said of <c>return task;</c>.</summary>
    private static ExpressionStatementSyntax Awaiting(ReturnStatementSyntax returned, ExpressionSyntax task)
    {
        var before = returned.ReturnKeyword.TrailingTrivia.AddRange(task.GetLeadingTrivia());
        var leading = returned.GetLeadingTrivia();
        if (before.IsSaid())
            leading = leading.AddRange(before.SkipWhile(t => !t.IsSaid()));
        var trailing = returned.GetTrailingTrivia();
        if (!trailing.IsSaid())
            trailing = SyntaxFactory.TriviaList(SyntaxFactory.ElasticLineFeed);
        else if (!trailing.Any(SyntaxKind.EndOfLineTrivia))
            trailing = trailing.Add(SyntaxFactory.ElasticLineFeed);
        return SyntaxFactory.ExpressionStatement(
                Await(task).WithoutLeadingTrivia(),
                SyntaxFactory.Token(returned.SemicolonToken.LeadingTrivia, SyntaxKind.SemicolonToken, trailing))
            .WithLeadingTrivia(leading).WithAdditionalAnnotations(Formatter.Annotation);
    }

    /// <summary><c>return;</c>, with all that was said of the completed task.</summary>
    private static ReturnStatementSyntax Done(ReturnStatementSyntax returned)
    {
        var inside = returned.WithoutTrivia().DescendantTrivia().Where(t => t.IsSaid()).SelectMany(t => new[]
        {
            SyntaxFactory.Space,
            t,
        }.Concat(t.IsKind(SyntaxKind.SingleLineCommentTrivia) ? [SyntaxFactory.ElasticLineFeed] : Enumerable.Empty<SyntaxTrivia>()));
        var done = SyntaxFactory.ReturnStatement();
        return done.WithReturnKeyword(done.ReturnKeyword.WithTrailingTrivia(inside)).WithTriviaFrom(returned);
    }
}
