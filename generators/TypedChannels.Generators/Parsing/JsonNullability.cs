using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>
/// Where null is refused. As in System.Text.Json, a generic type's members count as they are declared, not as they are closed:
/// at run time <c>Box&lt;string&gt;</c> and <c>Box&lt;string?&gt;</c> are one type.
/// </summary>
internal static class JsonNullability
{
    public static bool GetterIsNonNullable(IPropertySymbol property) =>
        property.GetMethod is not null && CanBeNull(property.Type)
        && IsNonNullable(property, property.OriginalDefinition.Type, "MaybeNullAttribute", "NotNullAttribute");

    public static bool SetterIsNonNullable(IPropertySymbol property) =>
        property.SetMethod is not null && CanBeNull(property.Type)
        && IsNonNullable(property, property.OriginalDefinition.Type, "AllowNullAttribute", "DisallowNullAttribute");

    public static bool IsNonNullableOutput(IFieldSymbol field) =>
        CanBeNull(field.Type) && IsNonNullable(field, field.OriginalDefinition.Type, "MaybeNullAttribute", "NotNullAttribute");

    public static bool IsNonNullableInput(IFieldSymbol field) =>
        CanBeNull(field.Type) && IsNonNullable(field, field.OriginalDefinition.Type, "AllowNullAttribute", "DisallowNullAttribute");

    public static bool IsNullable(IParameterSymbol parameter) =>
        CanBeNull(parameter.Type)
        && !IsNonNullable(parameter, parameter.OriginalDefinition.Type, "AllowNullAttribute", "DisallowNullAttribute");

    public static bool CanBeNull(ITypeSymbol type) =>
        type.IsReferenceType || type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    private static bool IsNonNullable(ISymbol symbol, ITypeSymbol declared, string nullAttribute, string nonNullAttribute)
    {
        if (Has(symbol, nullAttribute))
            return false;
        if (Has(symbol, nonNullAttribute))
            return true;
        return declared is not ITypeParameterSymbol { HasNotNullConstraint: false }
            && declared.NullableAnnotation == NullableAnnotation.NotAnnotated;
    }

    private static bool Has(ISymbol symbol, string attribute) =>
        symbol.OriginalDefinition.GetAttributes().Any(a =>
            a.AttributeClass?.Name == attribute
            && a.AttributeClass.ContainingNamespace.ToDisplayString() == "System.Diagnostics.CodeAnalysis");
}
