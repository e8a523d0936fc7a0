using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.CodeFixes;

/// <summary>
/// Replaces expressions by such with <c>await</c>. All of a document at once: two fixes in one function both make it <c>async</c>, which
/// edits made one by one and merged would do twice.
/// </summary>
public abstract class AwaitingFix : CodeFixProvider
{
    /// <summary>The title of the fix that awaits, and its equivalence key.</summary>
    private protected abstract string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(
        async (context, document, diagnostics) => context.CodeActionEquivalenceKey == Title
            ? await AwaitAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false)
            : await OtherwiseAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null || Find(model, context.Diagnostics[0], context.CancellationToken) is null)
            return;
        context.RegisterCodeFix(
            CodeAction.Create(Title, cancellation => AwaitAsync(context.Document, context.Diagnostics, cancellation), Title),
            context.Diagnostics);
    }

    /// <summary>The expression that a diagnostic is about.</summary>
    private protected abstract ExpressionSyntax? Target(SyntaxNode node);

    /// <summary>What replaces the expression, without <c>await</c>; null: it cannot be awaited.</summary>
    private protected abstract ExpressionSyntax? Awaited(ExpressionSyntax expression);

    /// <summary>Whether the replacement says the same as the expression.</summary>
    private protected virtual bool IsSame(ExpressionSyntax target, SemanticModel model, CancellationToken cancellation) => true;

    /// <summary>What another fix of the provider makes of the document.</summary>
    private protected virtual Task<Document> OtherwiseAsync(
        Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation) => Task.FromResult(document);

    private protected ExpressionSyntax? Target(SyntaxNode root, Diagnostic diagnostic) =>
        Target(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true));

    private ExpressionSyntax? Find(SemanticModel model, Diagnostic diagnostic, CancellationToken cancellation)
    {
        if (Target(model.SyntaxTree.GetRoot(cancellation), diagnostic) is not { } target || Awaited(target) is null
            || !IsSame(target, model, cancellation) || !AwaitPlace.Allows(target, model, cancellation))
        {
            return null;
        }
        // A comment in the midst of what goes away has no place.
        var scope = AsyncFunction.Around(target) ?? target;
        return Said.IsSame(scope, Await(scope, [target], model, cancellation)) ? target : null;
    }

    private async Task<Document> AwaitAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        var model = (await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false))!;
        var targets = new HashSet<SyntaxNode>(diagnostics.Select(d => Find(model, d, cancellation)).OfType<ExpressionSyntax>());
        var root = await model.SyntaxTree.GetRootAsync(cancellation).ConfigureAwait(false);
        return document.WithSyntaxRoot(Await(root, targets, model, cancellation));
    }

    private SyntaxNode Await(SyntaxNode scope, HashSet<SyntaxNode> targets, SemanticModel model, CancellationToken cancellation)
    {
        var functions = new HashSet<SyntaxNode>(targets.Select(AsyncFunction.Around).OfType<SyntaxNode>().Where(f => !AsyncFunction.IsAsync(f)));
        var generic = new HashSet<SyntaxNode>(functions.Where(f => AsyncFunction.ReturnsResult(f, model, cancellation)));
        return scope.ReplaceNodes(
            targets.Concat(functions),
            (original, inner) => targets.Contains(original)
                ? AsyncFunction.Await(Awaited((ExpressionSyntax)inner)!, (ExpressionSyntax)original)
                : AsyncFunction.Make(inner, generic.Contains(original)));
    }
}
