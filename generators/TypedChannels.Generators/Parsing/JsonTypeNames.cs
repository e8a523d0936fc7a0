using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>What a type is called in generated code, in messages and as a property of the context.</summary>
internal static class JsonTypeNames
{
    private static readonly SymbolDisplayFormat MessageFormat = SymbolDisplayFormat.CSharpShortErrorMessageFormat
        .RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static string FullName(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    public static string Display(ITypeSymbol type) => type.ToDisplayString(MessageFormat);

    /// <summary>As System.Text.Json names it: <c>List&lt;Node&gt;</c> is <c>ListNode</c>, <c>Node[]</c> is <c>NodeArray</c>.</summary>
    public static string PropertyName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => PropertyName(array.ElementType) + "Array",
        INamedTypeSymbol named => named.Name + string.Concat(TypeArguments(named).Select(PropertyName)),
        _ => type.Name,
    };

    /// <summary>The full name as an identifier: <c>App.Node[]</c> is <c>App_NodeArray</c>.</summary>
    public static string QualifiedName(string fullName)
    {
        var result = new StringBuilder(fullName.Length);
        foreach (var letter in fullName.Replace("global::", "").Replace("[]", "Array").Replace("?", "Nullable").Replace("@", ""))
        {
            if (char.IsLetterOrDigit(letter) || letter == '_')
                result.Append(letter);
            else if (result.Length > 0 && result[result.Length - 1] != '_')
                result.Append('_');
        }

        return result.ToString().TrimEnd('_');
    }

    private static IEnumerable<ITypeSymbol> TypeArguments(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? TypeArguments(outer).Concat(type.TypeArguments) : type.TypeArguments;
}
