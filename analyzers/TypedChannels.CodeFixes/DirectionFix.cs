using System.Collections.Immutable;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedChannels.Analyzers;
using TypedChannels.Generators;

namespace TypedChannels.CodeFixes;

/// <summary>
/// TCH0012: sets a <c>Direction</c> that there is. TCH0040: takes the direction away that nobody handles. TCH0046: adds the one that is sent.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class DirectionFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(Rules.ArgumentOutOfRange.Id, UsageRules.Unhandled.Id, UsageRules.WrongWay.Id);

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
            await RegisterAsync(context, diagnostic).ConfigureAwait(false);
    }

    private static async Task RegisterAsync(CodeFixContext context, Diagnostic diagnostic)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
            return;
        if (diagnostic.Id == Rules.ArgumentOutOfRange.Id)
        {
            var argument = root.FindNode(context.Span).FirstAncestorOrSelf<AttributeArgumentSyntax>();
            if (argument?.NameEquals?.Name.Identifier.ValueText != nameof(Direction))
                return;
            var attribute = argument.FirstAncestorOrSelf<AttributeSyntax>()!;
            Register(context, diagnostic, attribute, Direction.ToServer, "Let the channel go to the server only");
            Register(context, diagnostic, attribute, Direction.ToClient, "Let the channel go to the client only");
            Register(context, diagnostic, attribute, Direction.Both, "Let the channel go both ways");
            return;
        }

        var found = await Receivers.OfAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
        if (found is null || ChannelArguments.Find(found.Record, context.CancellationToken) is not { } channel
            || context.Document.Project.Solution.GetDocument(channel.SyntaxTree) is null)
        {
            return;
        }
        if (diagnostic.Id == UsageRules.WrongWay.Id)
            Register(context, diagnostic, channel, Direction.Both, "Let the channel go both ways");
        else if (channel.Argument(nameof(Direction)) is null && found.IsServer)
            Register(context, diagnostic, channel, Direction.ToClient, $"Let '{found.Record.Name}' go to the client only");
        else if (channel.Argument(nameof(Direction)) is null)
            Register(context, diagnostic, channel, Direction.ToServer, $"Let '{found.Record.Name}' go to the server only");
    }

    private static void Register(
        CodeFixContext context, Diagnostic diagnostic, AttributeSyntax attribute, Direction direction, string title)
    {
        // Both is what a channel without a direction is.
        var value = direction == Direction.Both ? null : $"global::TypedChannels.ChannelDirection.{direction}";
        context.RegisterCodeFix(
            CodeAction.Create(
                title,
                cancellation => ChannelArguments.SetAsync(
                    context.Document.Project.Solution, attribute, nameof(Direction), value, cancellation),
                $"{nameof(DirectionFix)} {direction}"),
            diagnostic);
    }
}
