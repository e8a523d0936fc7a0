using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using TypedChannels.Generators;

namespace TypedChannels.Analyzers;

/// <summary>The types of TypedChannels as one compilation sees them.</summary>
internal sealed class EndpointSymbols
{
    private readonly INamedTypeSymbol? _ofConnection;
    private readonly INamedTypeSymbol? _ofServer;

    private readonly INamedTypeSymbol? _server;
    private readonly INamedTypeSymbol? _connection;
    private readonly INamedTypeSymbol? _client;

    private EndpointSymbols(Compilation compilation)
    {
        _server = compilation.GetTypeByMetadataName(KnownSymbols.Server);
        _connection = compilation.GetTypeByMetadataName(KnownSymbols.Connection);
        _client = compilation.GetTypeByMetadataName(KnownSymbols.Client);
        _ofConnection = compilation.GetTypeByMetadataName(KnownSymbols.ChannelHandler);
        _ofServer = compilation.GetTypeByMetadataName(KnownSymbols.ServerChannelHandler);
    }

    /// <summary>The types, or <see langword="null"/>: a project without servers and clients, which has no such mistakes.</summary>
    public static EndpointSymbols? Find(Compilation compilation)
    {
        var found = new EndpointSymbols(compilation);
        return found._ofConnection is null || (found._server is null && found._client is null) ? null : found;
    }

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

    public bool IsBase(ITypeSymbol type) => Is(type, _server) || Is(type, _connection) || Is(type, _client);

    /// <summary>Whether it is a send, an emit or a disconnect of the framework or of generated code.</summary>
    public bool IsSend(IMethodSymbol method)
    {
        var name = method.Name;
        return name.EndsWith("Async", System.StringComparison.Ordinal)
            && (name == "DisconnectAsync" || StartsWith(name, "Send") || StartsWith(name, "Emit"))
            && (IsBase(method.ContainingType) || (IsEndpoint(method.ContainingType) && method.IsGenerated()));
    }

    /// <summary>Whether a delegate is run by a connection: it is a handler of a channel, or of an event of an endpoint.</summary>
    public bool IsHandler(IDelegateCreationOperation created)
    {
        if (Is(created.Type, _ofConnection) || Is(created.Type, _ofServer))
            return true;
        IOperation child = created;
        while (child.Parent is IConversionOperation conversion)
            child = conversion;
        return child.Parent is IEventAssignmentOperation { Adds: true } assignment && IsEvent(assignment);
    }

    /// <summary>Whether an event of the base classes is assigned, such as <c>OnMessageError</c>.</summary>
    public bool IsEvent(IEventAssignmentOperation assignment) =>
        assignment.EventReference is IEventReferenceOperation { Event.ContainingType: { } type } && IsBase(type);

    private static bool StartsWith(string name, string start) => name.StartsWith(start, System.StringComparison.Ordinal);

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? definition) =>
        definition is not null && SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, definition);
}
