using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedChannels.Analyzers;

namespace TypedChannels.CodeFixes;

/// <summary>TCH0043: awaits the task, or says that nobody looks at it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class AwaitFix : AwaitingFix
{
    private const string Discard = "Say with '_ =' that nobody looks at the task";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UsageRules.Dropped.Id);

    private protected override string Title => "Await the task";

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        await base.RegisterCodeFixesAsync(context).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || FindDiscardable(model, context.Diagnostics[0], context.CancellationToken) is null)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(Discard, cancellation => OtherwiseAsync(context.Document, context.Diagnostics, cancellation), Discard),
            context.Diagnostics);
    }

    // The whole expression: what is called on the task, as ConfigureAwait, belongs to it, and so do parentheses.
    private protected override ExpressionSyntax? Target(SyntaxNode node)
    {
        var expression = node.FirstAncestorOrSelf<ExpressionSyntax>();
        while (expression?.Parent is MemberAccessExpressionSyntax or InvocationExpressionSyntax or ConditionalAccessExpressionSyntax
            or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
        {
            expression = (ExpressionSyntax)expression.Parent;
        }
        return expression;
    }

    // Of null there is nothing to await.
    private protected override ExpressionSyntax? Awaited(ExpressionSyntax expression) =>
        expression.DescendantNodesAndSelf(node => node is not ArgumentListSyntax).Any(node => node is ConditionalAccessExpressionSyntax)
            ? null
            : expression;

    private protected override async Task<Document> OtherwiseAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var root = await model.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        var targets = diagnostics.Select(d => FindDiscardable(model, d, cancellation)).OfType<ExpressionSyntax>();
        return document.WithSyntaxRoot(root.ReplaceNodes(targets, (original, inner) => SyntaxFactory.AssignmentExpression(
            SyntaxKind.SimpleAssignmentExpression,
            // Only this kind of token is a discard, and no variable of that name.
            SyntaxFactory.IdentifierName(SyntaxFactory.Identifier(
                default, SyntaxKind.UnderscoreToken, "_", "_", SyntaxFactory.TriviaList(SyntaxFactory.Space))),
            SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
            inner.WithoutTrivia()).WithTriviaFrom(original)));
    }

    // Where something is called `_`, it would be assigned.
    private ExpressionSyntax? FindDiscardable(SemanticModel model, Diagnostic diagnostic, CancellationToken cancellation) =>
        Target(model.SyntaxTree.GetRoot(cancellation), diagnostic) is { } target
        && model.LookupSymbols(target.SpanStart, name: "_").IsEmpty
        && !AwaitPlace.IsInExpressionTree(target, model, cancellation)
            ? target
            : null;
}
