using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>System.Text.Json's attributes on a type, member or parameter: those that are honoured, and those that are reported.</summary>
internal static class JsonAttributes
{
    private const string Namespace = "System.Text.Json.Serialization";

    /// <summary>The first constructor argument, or the default if the attribute is not there.</summary>
    public static T? Argument<T>(ISymbol symbol, string attribute, T? otherwise = default) =>
        Find(symbol, attribute) is { ConstructorArguments: { Length: > 0 } arguments } && arguments[0].Value is T value ? value : otherwise;

    public static AttributeData? Find(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(a => Is(a, attribute));

    public static bool Has(ISymbol symbol, string attribute) => Find(symbol, attribute) is not null;

    public static bool Is(AttributeData attribute, string name) =>
        attribute.AttributeClass is { } type && type.Name == name && IsJson(type);

    /// <summary>Whether a type, attribute or not, is System.Text.Json's own of that name.</summary>
    public static bool IsOwn(INamedTypeSymbol type, string name) => type.Name == name && IsJson(type);

    /// <summary>Whether a type is the one of that metadata name, or derives from it.</summary>
    public static bool DerivesFrom(INamedTypeSymbol? type, string metadataName)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Is(metadataName))
                return true;
        }

        return false;
    }

    /// <summary>The value of an attribute whose one argument is an enum's; null without the attribute.</summary>
    public static int? Handling(ISymbol symbol, string attribute) =>
        Find(symbol, attribute)?.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Enum, Value: int value } ? value : null;

    public static JsonIgnoreKind? IgnoreOf(ISymbol member)
    {
        if (Find(member, "JsonIgnoreAttribute") is not { } attribute)
            return null;
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument is { Key: "Condition", Value.Value: int condition })
                return (JsonIgnoreKind)condition;
        }

        return JsonIgnoreKind.Always;
    }

    /// <summary>
    /// The attributes that would change the JSON in a way that is not generated. An own attribute derived from one of them counts.
    /// </summary>
    public static IEnumerable<AttributeData> Unsupported(ISymbol symbol, params string[] supported)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            for (var type = attribute.AttributeClass; type is not null; type = type.BaseType)
            {
                if (!IsJson(type) || type.Name == "JsonAttribute")
                    continue;
                if (!supported.Contains(type.Name))
                    yield return attribute;
                break;
            }
        }
    }

    private static bool IsJson(INamedTypeSymbol? type) =>
        type?.ContainingNamespace is { Name: "Serialization" } space && space.ToDisplayString() == Namespace;
}
