using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedChannels.Analyzers;
using TypedChannels.Generators;

namespace TypedChannels.CodeFixes;

/// <summary>A class that receives a channel, and the event by which it does.</summary>
internal sealed class Receiver(INamedTypeSymbol type, IEventSymbol @event)
{
    public INamedTypeSymbol Type { get; } = type;

    public IEventSymbol Event { get; } = @event;

    public bool IsServer { get; } = type.FindAttribute(KnownSymbols.ChannelServerAttribute) is not null;

    /// <summary>The types of a handler's parameters: the connection, if it is a server's, and the message.</summary>
    public ITypeSymbol[] Parameters { get; } = [.. ((INamedTypeSymbol)@event.Type).TypeArguments.ToArray()];

    public INamedTypeSymbol Record => (INamedTypeSymbol)Parameters[Parameters.Length - 1];
}

/// <summary>Finds receivers.</summary>
internal static class Receivers
{
    /// <summary>The one that a diagnostic is about.</summary>
    public static async Task<Receiver?> OfAsync(Document document, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (model is null || !diagnostic.Properties.TryGetValue(WrongWayAnalyzer.Event, out var name) || name is null)
            return null;
        var type = diagnostic.Properties.TryGetValue(WrongWayAnalyzer.Endpoint, out var id) && id is not null
            ? DocumentationCommentId.GetFirstSymbolForDeclarationId(id, model.Compilation) as INamedTypeSymbol
            : model.SyntaxTree.GetRoot(cancellation).FindToken(diagnostic.Location.SourceSpan.Start).Parent is TypeDeclarationSyntax declared
                ? model.GetDeclaredSymbol(declared, cancellation)
                : null;
        return type is null ? null : Of(type, name);
    }

    public static Receiver? Of(INamedTypeSymbol type, string @event) =>
        type.GetMembers(@event).OfType<IEventSymbol>().FirstOrDefault() is { Type: INamedTypeSymbol { TypeArguments.Length: > 0 } } found
            ? new(type, found)
            : null;
}
