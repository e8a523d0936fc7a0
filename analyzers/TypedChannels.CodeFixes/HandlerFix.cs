using System.Collections.Immutable;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using TypedChannels.Analyzers;

namespace TypedChannels.CodeFixes;

/// <summary>TCH0040: writes a handler's skeleton, and attaches it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class HandlerFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(UsageRules.Unhandled.Id);

    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var receiver = await Receivers.OfAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false);
            if (receiver is null || HandlerSkeleton.Find(context.Document.Project.Solution, receiver, context.CancellationToken) is not { } skeleton)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Handle '{receiver.Record.Name}' in '{receiver.Type.Name}'",
                    skeleton.AddAsync,
                    $"{nameof(HandlerFix)} {receiver.Event.Name}"),
                diagnostic);
        }
    }
}
