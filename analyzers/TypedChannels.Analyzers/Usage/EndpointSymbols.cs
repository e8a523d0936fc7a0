using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>The types of TypedChannels as one compilation sees them.</summary>
internal sealed class EndpointSymbols(Compilation compilation)
{
    // Looked up when an operation is first asked about, and not when the compilation starts: the first lookup makes the compilation
    // merge the declarations of all files, for which the compiler would wait.
    private readonly Lazy<Types> _types = new(() => Types.Find(compilation));

    /// <summary>Whether it is, or derives from, the base class of servers, connections or clients.</summary>
    public bool IsEndpoint(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (IsBase(type))
                return true;
        }
        return false;
    }

    public bool IsBase(ITypeSymbol type) => Is(type, _types.Value.Server) || Is(type, _types.Value.Connection) || Is(type, _types.Value.Client);

    /// <summary>Whether it is a send, an emit or a disconnect of the framework or of generated code.</summary>
    public bool IsSend(IMethodSymbol method)
    {
        var name = method.Name;
        return name.EndsWith("Async", StringComparison.Ordinal)
            && (name == "DisconnectAsync" || StartsWith(name, "Send") || StartsWith(name, "Emit"))
            && (IsBase(method.ContainingType) || (IsEndpoint(method.ContainingType) && method.IsGenerated()));
    }

    /// <summary>Whether a delegate is run by a connection: it is a handler of a channel, or of an event of an endpoint.</summary>
    public bool IsHandler(IDelegateCreationOperation created)
    {
        if (Is(created.Type, _types.Value.OfConnection) || Is(created.Type, _types.Value.OfServer))
            return true;
        IOperation child = created;
        while (child.Parent is IConversionOperation conversion)
            child = conversion;
        return child.Parent is IEventAssignmentOperation { Adds: true } assignment && IsEvent(assignment);
    }

    /// <summary>Whether an event of the base classes is assigned, such as <c>OnMessageError</c>.</summary>
    public bool IsEvent(IEventAssignmentOperation assignment) =>
        assignment.EventReference is IEventReferenceOperation { Event.ContainingType: { } type } && IsBase(type);

    private static bool StartsWith(string name, string start) => name.StartsWith(start, StringComparison.Ordinal);

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? definition) =>
        definition is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, definition);

    private sealed record Types(
        INamedTypeSymbol? Server, INamedTypeSymbol? Connection, INamedTypeSymbol? Client, INamedTypeSymbol? OfConnection, INamedTypeSymbol? OfServer)
    {
        /// <summary>None in a project without servers and clients, which has none of the mistakes.</summary>
        public static Types Find(Compilation compilation)
        {
            var found = new Types(
                compilation.GetTypeByMetadataName(KnownSymbols.Server),
                compilation.GetTypeByMetadataName(KnownSymbols.Connection),
                compilation.GetTypeByMetadataName(KnownSymbols.Client),
                compilation.GetTypeByMetadataName(KnownSymbols.ChannelHandler),
                compilation.GetTypeByMetadataName(KnownSymbols.ServerChannelHandler));
            return found.OfConnection is null || (found.Server is null && found.Client is null) ? new(null, null, null, null, null) : found;
        }
    }
}
