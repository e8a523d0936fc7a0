using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators;

/// <summary>
/// Reads <c>[JsonDerivedType]</c> and <c>[JsonPolymorphic]</c>. At run time System.Text.Json reads them itself;
/// here the derived types come into the context, and what it would throw at is reported.
/// </summary>
internal static class JsonPolymorphism
{
    public static bool HasDerivedTypes(ITypeSymbol type) => JsonAttributes.Has(type, "JsonDerivedTypeAttribute");

    /// <summary>The name of the member that says which type it is.</summary>
    public static string Discriminator(INamedTypeSymbol type) =>
        JsonAttributes.Find(type, "JsonPolymorphicAttribute")?.Property("TypeDiscriminatorPropertyName")?.Value as string ?? "$type";

    /// <summary>Whether one type names another as derived from it.</summary>
    public static bool Names(ITypeSymbol type, ITypeSymbol derived) =>
        type.GetAttributes().Any(a => JsonAttributes.Is(a, "JsonDerivedTypeAttribute")
            && SymbolEqualityComparer.Default.Equals(a.ConstructorArguments.FirstOrDefault().Value as ITypeSymbol, derived));

    /// <summary>Adds the derived types to the graph. False: something was reported.</summary>
    public static bool AddDerivedTypes(INamedTypeSymbol type, MemberPath path, JsonGraphWalk walk)
    {
        var attributes = type.GetAttributes().Where(a => JsonAttributes.Is(a, "JsonDerivedTypeAttribute")).ToList();
        if (attributes.Count == 0)
            return JsonAttributes.Find(type, "JsonPolymorphicAttribute") is not { } lone
                || walk.RefuseAttribute(lone, path, path.Text, "no type is named by [JsonDerivedType]");

        var good = true;
        var types = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
        var discriminators = new HashSet<object>();
        foreach (var attribute in attributes)
        {
            if (attribute.ConstructorArguments.FirstOrDefault() is not { Kind: TypedConstantKind.Type, Value: ITypeSymbol derived })
                return false;
            if (derived.TypeKind == TypeKind.Error)
            {
                good = false;
                continue;
            }

            var discriminator = attribute.ConstructorArguments.Skip(1).FirstOrDefault().Value;
            var mistake = type.IsValueType || type.IsSealed ? "nothing can derive from it"
                : derived is INamedTypeSymbol { IsUnboundGenericType: true } ? "the derived type is an open generic type"
                : !walk.Compilation.ClassifyCommonConversion(derived, type).IsImplicit
                    ? $"'{JsonTypeNames.Display(derived)}' does not derive from it"
                : !types.Add(derived) ? $"'{JsonTypeNames.Display(derived)}' is named twice"
                : discriminator is not null && !discriminators.Add(discriminator)
                    ? $"the discriminator {Literal(discriminator)} is given twice"
                : null;
            if (mistake is not null)
                good = walk.RefuseAttribute(attribute, path, path.Text, mistake);
            // The type itself may be among its derived ones.
            else if (!SymbolEqualityComparer.Default.Equals(derived, type))
                good &= walk.AddContained(derived, path.At(attribute, walk.Compilation));
        }

        return good;
    }

    private static string Literal(object discriminator) =>
        SymbolDisplay.FormatPrimitive(discriminator, quoteStrings: true, useHexadecimalNumbers: false);
}
