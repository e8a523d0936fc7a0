using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Says of each member of an object what a writer writes and what a reader takes.</summary>
internal static class ManifestMembers
{
    public static IEnumerable<ManifestMember> Of(
        INamedTypeSymbol type, JsonTypeModel model, ManifestParser parser, CancellationToken cancellation)
    {
        var shape = model.Object!;
        // A sort that keeps the order of equals, as System.Text.Json's.
        foreach (var property in shape.Properties.OrderBy(property => property.Order))
        {
            if (property.Ignore == JsonIgnoreKind.Always || property.IsExtensionData || Find(type, property) is not { } symbol)
                continue;
            var declared = symbol is IFieldSymbol field ? field.Type : ((IPropertySymbol)symbol).Type;
            var inside = JsonConverters.Underlying(declared) ?? declared;
            var use = JsonConverters.AttributeOf(symbol) is { } converter ? parser.UseConverted(converter, inside) : parser.Use(inside);
            var (read, readsNull) = Read(property, shape);
            var isNonNullArgument = IsNonNullArgument(symbol, declared);
            var write = !property.HasGetter ? "never" : property.Ignore switch
            {
                JsonIgnoreKind.WhenWriting => "never",
                JsonIgnoreKind.WhenWritingNull or JsonIgnoreKind.WhenWritingDefault => "sometimes",
                _ => "always",
            };
            yield return new(
                property.JsonName, use, read, readsNull && !isNonNullArgument, write,
                // Null is the default of what can be null, and so left out.
                write == "always" && property is { CanBeNull: true, GetterIsNonNullable: false } && !isNonNullArgument,
                property.NumberHandling ?? model.NumberHandling ?? 0,
                DocComments.Of(symbol, cancellation));
        }
    }

    private static (string Read, bool ReadsNull) Read(JsonPropertyModel property, JsonObjectModel shape)
    {
        if (property.Ignore == JsonIgnoreKind.WhenReading)
            return ("never", false);
        var readsNull = property is { CanBeNull: true, SetterIsNonNullable: false };
        if (shape.Parameters.FirstOrDefault(parameter => IsOf(parameter, property)) is { } parameter)
        {
            var isNeeded = property.IsRequired || (!parameter.IsInitializer && parameter.DefaultValue is null);
            return (isNeeded ? "required" : "optional", readsNull && parameter.IsNullable);
        }
        var isFilled = property.CreationHandling == 1 || (property.CreationHandling is null && shape.CreationHandling == 1);
        return property.Setter == JsonSetterKind.None && !isFilled
            ? ("never", false)
            : (property.IsRequired ? "required" : "optional", readsNull && property.Setter != JsonSetterKind.None);
    }

    /// <summary>
    /// Whether a member of a generic type's parameter is not nullable here: of <c>T Item</c> in a <c>Box&lt;string&gt;</c>, metadata
    /// knows only that some box may hold null.
    /// </summary>
    private static bool IsNonNullArgument(ISymbol member, ITypeSymbol type)
    {
        var original = member.OriginalDefinition is IFieldSymbol field ? field.Type : ((IPropertySymbol)member.OriginalDefinition).Type;
        return original.TypeKind == TypeKind.TypeParameter
            && type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.NotAnnotated };
    }

    private static bool IsOf(JsonParameterModel parameter, JsonPropertyModel property) =>
        parameter.Type == property.Type
        && parameter.Name.Equals(
            property.Name, parameter.IsInitializer ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static ISymbol? Find(INamedTypeSymbol type, JsonPropertyModel property) =>
        JsonMembers.Hierarchy(type).Where(current => JsonTypeNames.FullName(current) == property.DeclaringType)
            .SelectMany(current => current.GetMembers(property.Name))
            .FirstOrDefault(member => member is IPropertySymbol { IsIndexer: false } or IFieldSymbol);
}
