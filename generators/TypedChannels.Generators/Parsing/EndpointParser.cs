using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Reads what a server and a client class have in common.</summary>
internal static class EndpointParser
{
    public static EndpointDeclaration? ParseClient(
        INamedTypeSymbol client, AttributeData attribute, Compilation compilation, Report? report, CancellationToken cancellation)
    {
        if (!Check(client, KnownSymbols.Client, compilation, report, cancellation))
            return null;
        var taken = Taken(client).Concat(Inherited(KnownSymbols.Client, compilation));
        return Declare(client, attribute, taken, server: null, compilation, report, cancellation);
    }

    /// <summary>Whether a part can be added to the class, and the class be derived from the base class.</summary>
    public static bool Check(
        INamedTypeSymbol endpoint, string baseClass, Compilation compilation, Report? report, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var usable = TypeParser.CheckPartial(endpoint, report, cancellation);
        if (WhyUnusable(endpoint, baseClass) is { } reason)
        {
            report?.Invoke("TCH0009", endpoint.Locations.FirstOrDefault(), endpoint.Name, reason);
            usable = false;
        }
        if (compilation.GetTypeByMetadataName(baseClass) is null)
        {
            var package = baseClass == KnownSymbols.Client ? "TypedChannels.Client" : "TypedChannels";
            report?.Invoke("TCH0014", endpoint.Locations.FirstOrDefault(), endpoint.Name, package);
            usable = false;
        }
        return usable;
    }

    public static EndpointDeclaration Declare(
        INamedTypeSymbol endpoint,
        AttributeData attribute,
        IEnumerable<TakenMember> taken,
        ServerPart? server,
        Compilation compilation,
        Report? report,
        CancellationToken cancellation)
    {
        var (own, others) = ContractReferences.Parse(attribute, compilation, report, cancellation);
        return new(
            TypeParser.Parse(endpoint),
            DeclaresBase(endpoint),
            endpoint.InstanceConstructors.Any(c => !c.IsGenerated()),
            own,
            others,
            new(taken.Distinct().OrderBy(t => t.Name, StringComparer.Ordinal).ThenBy(t => t.Parameters, StringComparer.Ordinal)),
            server);
    }

    /// <summary>The members of the user's part of a class, and those it inherits from the user's own bases.</summary>
    public static IEnumerable<TakenMember> Taken(INamedTypeSymbol type) =>
        type.GetMembers().Concat(OwnBases(type).SelectMany(b => b.GetMembers().Where(m => m.DeclaredAccessibility != Accessibility.Private)))
            .Where(m => !m.IsGenerated())
            .Select(m => new TakenMember(m.Name, m is IMethodSymbol { Arity: 0 } method ? Signature(method) : null))
            // A member may not be called as its class is.
            .Append(new(type.Name, null));

    private static IEnumerable<INamedTypeSymbol> OwnBases(INamedTypeSymbol type)
    {
        for (var own = type.BaseType; own is { SpecialType: not SpecialType.System_Object } && !IsBase(own); own = own.BaseType)
            yield return own;

        static bool IsBase(INamedTypeSymbol own) =>
            own.Is(KnownSymbols.Server) || own.Is(KnownSymbols.Connection) || own.Is(KnownSymbols.Client);
    }

    /// <summary>The members that the generated class inherits.</summary>
    public static IEnumerable<TakenMember> Inherited(string baseClass, Compilation compilation)
    {
        for (var type = compilation.GetTypeByMetadataName(baseClass); type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member.DeclaredAccessibility != Accessibility.Private && member.CanBeReferencedByName)
                    yield return new(member.Name, null);
            }
        }
    }

    private static string Signature(IMethodSymbol method) => string.Join(",", method.Parameters.Select(p => p.Type.FullName()));

    private static bool DeclaresBase(INamedTypeSymbol endpoint) => endpoint.BaseType is { SpecialType: not SpecialType.System_Object };

    private static string? WhyUnusable(INamedTypeSymbol type, string baseClass) =>
        type.TypeKind != TypeKind.Class || type.IsRecord ? "it is not a plain class"
        : type.IsStatic ? "it is static"
        : type.IsAbstract ? "it is abstract"
        : type.IsGeneric() ? "it is generic, or nested in a generic type"
        : type.IsFileLocal || type.Containers().Any(t => t.IsFileLocal) ? "it is local to its file"
        : type.FindAttribute(KnownSymbols.ChannelServerAttribute) is not null
            && type.FindAttribute(KnownSymbols.ChannelClientAttribute) is not null
            ? "it would be a server and a client at once"
        : !CanDerive(type, baseClass) ? $"it derives from {type.BaseType!.Name}"
        : null;

    // A class of one's own between the two is welcome. What the compiler does not know is its to report.
    private static bool CanDerive(INamedTypeSymbol type, string baseClass)
    {
        if (!DeclaresBase(type))
            return true;
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.Is(baseClass) || ancestor is IErrorTypeSymbol)
                return true;
        }
        return false;
    }
}
