using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedChannels.Analyzers;
using TypedChannels.Generators;

namespace TypedChannels.CodeFixes;

/// <summary>TCH0006 and TCH0007: sets a <c>MemberName</c> that can be used and that no other channel of the project has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
public sealed class MemberNameFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(Rules.UnusableMemberName.Id, Rules.Collision.Id);

    /// <summary>None: the names of two channels, found at once, could be the same.</summary>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (model is null)
            return;
        var node = model.SyntaxTree.GetRoot(context.CancellationToken).FindNode(context.Span);
        // A collision may also stand at a member or a class of the user's, who then knows better.
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: TypeDeclarationSyntax declaration } attribute
            || model.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } record
            || ChannelArguments.Find(record, context.CancellationToken) != attribute)
        {
            return;
        }
        var name = Free(record, model.Compilation, context.CancellationToken);
        context.RegisterCodeFix(
            CodeAction.Create(
                $"Set MemberName to '{name}'",
                cancellation => ChannelArguments.SetAsync(
                    context.Document.Project.Solution, attribute, nameof(ChannelModel.MemberName), SymbolDisplay.FormatLiteral(name, true),
                    cancellation),
                nameof(MemberNameFix)),
            context.Diagnostics);
    }

    private static string Free(INamedTypeSymbol record, Compilation compilation, CancellationToken cancellation)
    {
        var taken = new HashSet<string>(
            from type in ContractReferences.Types(compilation.Assembly.GlobalNamespace)
            let channel = type.FindAttribute(KnownSymbols.ChannelAttribute)
            where channel is not null && !SymbolEqualityComparer.Default.Equals(type, record)
            let model = ChannelParser.Parse(type, channel, "", report: null, cancellation)
            where model is not null
            select model.MemberName);
        // What the record's own name gave, if it was that which collides.
        if (record.FindAttribute(KnownSymbols.ChannelAttribute) is { } own
            && ChannelParser.Parse(record, own, "", report: null, cancellation) is { } current)
        {
            taken.Add(current.MemberName);
        }
        var candidates = new[] { record.Name, record.Name + "Message" }
            .Concat(Enumerable.Range(2, int.MaxValue - 2).Select(i => record.Name + i.ToString(CultureInfo.InvariantCulture)));
        return candidates.First(name => ChannelNames.IsUsableMemberName(name) && !taken.Contains(name));
    }
}
