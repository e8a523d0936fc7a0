using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Decides whether <c>new()</c> makes a connection's properties.</summary>
internal static class PropsParser
{
    public static string? WhyNotMade(ITypeSymbol props, INamedTypeSymbol server, Compilation compilation)
    {
        if (props is not INamedTypeSymbol { TypeKind: TypeKind.Class, IsAbstract: false, IsStatic: false } type)
            return "it is not a class that can be made";
        var constructor = type.InstanceConstructors.FirstOrDefault(
            c => c.Parameters.All(p => p.IsOptional || p.IsParams) && compilation.IsSymbolAccessibleWithin(c, server));
        if (constructor is null)
            return "it has no parameterless constructor that the server can call";
        var setsAll = constructor.GetAttributes().Any(a => a.AttributeClass?.Name == "SetsRequiredMembersAttribute");
        return setsAll || RequiredMembers(type).FirstOrDefault() is not { } required ? null : $"its member '{required.Name}' is required";
    }

    private static IEnumerable<ISymbol> RequiredMembers(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            foreach (var member in t.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true })
                    yield return member;
            }
        }
    }
}
