using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using TypedChannels.Analyzers;
using TypedChannels.Generators;

namespace TypedChannels.CodeFixes;

/// <summary>
/// Offers, at a channel's record, a handler's skeleton in each class that receives it and nowhere handles it: of the record's project, and
/// of those that reference it.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp)]
public sealed class HandleChannelRefactoring : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var cancellation = context.CancellationToken;
        var root = await context.Document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        // On the name or the attributes; inside of the record one is busy with something else.
        if (root?.FindToken(context.Span.Start) is not { Parent: { } node } token
            || node.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { AttributeLists.Count: > 0 } declaration
            || (token != declaration.Identifier && !declaration.AttributeLists.Span.Contains(token.Span))
            || await context.Document.GetSemanticModelAsync(cancellation).ConfigureAwait(false) is not { } model
            || model.GetDeclaredSymbol(declaration, cancellation) is not { } record
            || record.FindAttribute(KnownSymbols.ChannelAttribute) is null)
        {
            return;
        }
        foreach (var receiver in await ReceiversAsync(context.Document.Project, record, cancellation).ConfigureAwait(false))
        {
            var solution = context.Document.Project.Solution;
            if (HandlerSkeleton.Find(solution, receiver, cancellation) is { } skeleton
                && !await IsHandledAsync(solution, receiver, cancellation).ConfigureAwait(false))
            {
                context.RegisterRefactoring(CodeAction.Create(
                    $"Handle '{record.Name}' in '{receiver.Type.Name}'",
                    skeleton.AddAsync,
                    $"{nameof(HandleChannelRefactoring)} {receiver.Type.Name}"));
            }
        }
    }

    private static async Task<List<Receiver>> ReceiversAsync(Project project, INamedTypeSymbol record, CancellationToken cancellation)
    {
        var users = project.Solution.GetProjectDependencyGraph().GetProjectsThatTransitivelyDependOnThisProject(project.Id);
        var found = new List<Receiver>();
        foreach (var id in users.Prepend(project.Id))
        {
            if (project.Solution.GetProject(id) is not { Language: LanguageNames.CSharp } user
                || await user.GetCompilationAsync(cancellation).ConfigureAwait(false) is not { } compilation)
            {
                continue;
            }
            var contracts = new Contracts(compilation);
            foreach (var type in ContractReferences.Types(compilation.Assembly.GlobalNamespace))
            {
                if (SymbolEqualityComparer.Default.Equals(Contracts.EndpointOf(type), type)
                    && contracts.Of(type, cancellation)?.Channels.FirstOrDefault(c => c.Channel.Record == record.FullName())
                        is { Receives: true } channel
                    && Receivers.Of(type, channel.Event) is { } receiver)
                {
                    found.Add(receiver);
                }
            }
        }
        return found;
    }

    private static async Task<bool> IsHandledAsync(Solution solution, Receiver receiver, CancellationToken cancellation)
    {
        var connection = receiver.IsServer ? receiver.Parameters[0].GetMembers(receiver.Event.Name) : ImmutableArray<ISymbol>.Empty;
        foreach (var @event in connection.OfType<IEventSymbol>().Prepend(receiver.Event))
        {
            var references = await SymbolFinder.FindReferencesAsync(@event, solution, cancellation).ConfigureAwait(false);
            if (references.Any(reference => reference.Locations.Any()))
                return true;
        }
        return false;
    }
}
