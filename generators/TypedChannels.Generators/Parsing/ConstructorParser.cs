using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators;

/// <summary>Chooses the constructor that a host calls, and says where its arguments come from.</summary>
internal static class ConstructorParser
{
    /// <summary>Of the public constructors (else of all) the one with the most parameters.</summary>
    public static EquatableArray<ArgumentModel> Parse(INamedTypeSymbol server)
    {
        var declared = server.InstanceConstructors.Where(c => !c.IsGenerated()).ToList();
        if (declared.Count == 0)
            return new([new("options", "global::TypedChannels.ServerOptions?", ArgumentSource.Options)]);
        var chosen = declared
            .OrderByDescending(c => c.DeclaredAccessibility == Accessibility.Public)
            .ThenByDescending(c => c.Parameters.Length)
            .ThenBy(c => c.ToDisplayString(Symbols.Qualified), System.StringComparer.Ordinal)
            .First();
        return new(chosen.Parameters.Select(Parse).OfType<ArgumentModel>());
    }

    private static ArgumentModel? Parse(IParameterSymbol parameter)
    {
        var type = parameter.Type;
        var name = Identifiers.Escape(parameter.Name);
        if (type.Is(KnownSymbols.ServerOptions))
            return new(name, type.FullName(), ArgumentSource.Options);
        if (type.Is(KnownSymbols.ServiceProvider))
            return new(name, type.FullName(), ArgumentSource.Services);
        // Left to its default: a string or a number is no service, and null is no value of a struct.
        if (parameter.IsParams || (parameter.IsOptional && (type.IsValueType || type.SpecialType == SpecialType.System_String)))
            return null;
        var optional = parameter.IsOptional || (type.IsReferenceType && parameter.NullableAnnotation == NullableAnnotation.Annotated);
        return new(name, type.FullName(), optional ? ArgumentSource.OptionalService : ArgumentSource.RequiredService, Key(parameter));
    }

    /// <summary>The key of <c>[FromKeyedServices(key)]</c>, boxed as the type that it has there: services are found by equal keys.</summary>
    private static string? Key(IParameterSymbol parameter)
    {
        var attribute = parameter.FindAttribute(KnownSymbols.FromKeyedServicesAttribute);
        if (attribute?.ConstructorArguments.FirstOrDefault() is not { Kind: not (TypedConstantKind.Error or TypedConstantKind.Array) } key
            || key.Value is not { } value)
            return null;
        return value is ITypeSymbol type
            ? $"typeof({type.FullName()})"
            : $"({key.Type!.FullName()})({SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)})";
    }
}
