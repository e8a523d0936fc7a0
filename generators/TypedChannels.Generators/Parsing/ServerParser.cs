using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Reads a <c>[ChannelServer]</c> class.</summary>
internal static class ServerParser
{
    private const string Suffix = "Server";

    public static EndpointDeclaration? Parse(
        INamedTypeSymbol server, AttributeData attribute, Compilation compilation, Report? report, CancellationToken cancellation)
    {
        if (!EndpointParser.Check(server, KnownSymbols.Server, compilation, report, cancellation))
            return null;
        // A missing type is the compiler's to report.
        if (attribute.AttributeClass?.TypeArguments.FirstOrDefault() is not { TypeKind: not TypeKind.Error } props)
            return null;
        var connection = ConnectionName(server.Name);
        if (FindSibling(server, connection) is { } existing && !CheckConnection(existing, server, report, cancellation))
            return null;
        if (Rival(server) is { } rival)
        {
            report?.Invoke(
                "TCH0007",
                server.Locations.FirstOrDefault(),
                $"The connection type '{connection}' of '{server.Name}'",
                $"that of '{rival.Name}'");
            return null;
        }

        var overridesProps = Overrides(server, "CreateProps");
        if (!overridesProps && PropsParser.WhyNotMade(props, server, compilation) is { } reason)
        {
            report?.Invoke("TCH0010", AttributeSpans.TypeArgument(attribute, cancellation), props.ToDisplayString(), reason, server.Name);
            return null;
        }
        if (server.IsPublic() && !props.IsPublic())
        {
            report?.Invoke("TCH0015", AttributeSpans.TypeArgument(attribute, cancellation), props.ToDisplayString(), server.Name);
            return null;
        }

        var part = FindSibling(server, connection);
        var taken = EndpointParser.Taken(server).Concat(EndpointParser.Inherited(KnownSymbols.Server, compilation))
            .Concat(part is null ? [new(connection, null)] : EndpointParser.Taken(part))
            .Concat(EndpointParser.Inherited(KnownSymbols.Connection, compilation));
        return EndpointParser.Declare(server, attribute, taken, new ServerPart(
            props.FullName(),
            TypeParser.ParseSibling(server, connection),
            Modifiers(server, part, cancellation),
            overridesProps,
            Overrides(server, "CreateConnection"),
            ConstructorParser.Parse(server)), compilation, report, cancellation);
    }

    /// <summary><c>ChatServer</c> has a <c>ChatConnection</c>.</summary>
    public static string ConnectionName(string server) =>
        (HasSuffix(server) ? server.Substring(0, server.Length - Suffix.Length) : server) + "Connection";

    /// <summary>The type of that name in the same scope.</summary>
    public static INamedTypeSymbol? FindSibling(INamedTypeSymbol type, string name) =>
        ((INamespaceOrTypeSymbol?)type.ContainingType ?? type.ContainingNamespace).GetTypeMembers(name, 0)
            .FirstOrDefault(t => SymbolEqualityComparer.Default.Equals(t.ContainingAssembly, type.ContainingAssembly));

    private static bool HasSuffix(string name) => name.EndsWith(Suffix, System.StringComparison.Ordinal);

    private static bool CheckConnection(
        INamedTypeSymbol connection, INamedTypeSymbol server, Report? report, CancellationToken cancellation)
    {
        if (connection.TypeKind == TypeKind.Class && connection is { IsRecord: false, IsStatic: false, IsAbstract: false })
            return TypeParser.CheckPartial(connection, report, cancellation);
        report?.Invoke(
            "TCH0009", connection.Locations.FirstOrDefault(), connection.Name,
            $"it is the connection of '{server.Name}', and no plain class");
        return false;
    }

    /// <summary><c>Chat</c> and <c>ChatServer</c> would share one connection type: it is the latter's.</summary>
    private static INamedTypeSymbol? Rival(INamedTypeSymbol server) =>
        !HasSuffix(server.Name)
        && FindSibling(server, server.Name + Suffix) is { } other && other.FindAttribute(KnownSymbols.ChannelServerAttribute) is not null
            ? other
            : null;

    private static bool Overrides(INamedTypeSymbol server, string method)
    {
        for (INamedTypeSymbol? type = server; type is not null && !type.Is(KnownSymbols.Server); type = type.BaseType)
        {
            var overrides = type.GetMembers(method).OfType<IMethodSymbol>()
                .Where(m => m is { IsOverride: true, IsAbstract: false, Parameters.Length: 1 });
            if (overrides.Any(m => !m.IsGenerated()))
                return true;
        }
        return false;
    }

    private static string Modifiers(INamedTypeSymbol server, INamedTypeSymbol? connection, CancellationToken cancellation)
    {
        if (connection is not null && TypeParser.StatesAccessibility(connection, cancellation))
            return "sealed partial";
        return server.DeclaredAccessibility switch
        {
            Accessibility.Public => "public",
            Accessibility.Private => "private",
            Accessibility.Protected => "protected",
            Accessibility.ProtectedOrInternal => "protected internal",
            Accessibility.ProtectedAndInternal => "private protected",
            _ => "internal",
        } + " sealed partial";
    }
}
