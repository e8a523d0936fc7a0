using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>The words of the manifest.</summary>
internal static class ManifestNames
{
    /// <summary>
    /// The full name of a type, with the nullability of its type arguments: in C# <c>Box&lt;string?&gt;</c> and <c>Box&lt;string&gt;</c>
    /// are one type, in other languages two.
    /// </summary>
    public static string IdOf(INamedTypeSymbol type) => type.FullName().Replace("global::", "");

    /// <summary>The simple name, with its type arguments': <c>BoxString</c>, and <c>BoxNullableString</c> where it may be null.</summary>
    public static string NameOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => NameOf(array.ElementType) + "Array",
        INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable =>
            "Nullable" + NameOf(nullable.TypeArguments[0]),
        INamedTypeSymbol named => named.Name + string.Concat(Arguments(named).Select(
            argument => (IsNullable(argument) ? "Nullable" : "") + NameOf(argument))),
        _ => type.Name,
    };

    private static bool IsNullable(ITypeSymbol type) =>
        type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated };

    private static IEnumerable<ITypeSymbol> Arguments(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? Arguments(outer).Concat(type.TypeArguments) : type.TypeArguments;

    /// <summary>The word for a type that System.Text.Json has a converter for, by that converter's name.</summary>
    public static string OfScalar(string converter) => converter switch
    {
        "BooleanConverter" => "bool",
        "ByteConverter" => "uint8",
        "SByteConverter" => "int8",
        "SingleConverter" => "float32",
        "DoubleConverter" => "float64",
        "HalfConverter" => "float16",
        "Int128Converter" => "int128",
        "UInt128Converter" => "uint128",
        "ByteArrayConverter" or "MemoryByteConverter" or "ReadOnlyMemoryByteConverter" => "bytes",
        "JsonElementConverter" or "JsonDocumentConverter" or "JsonNodeConverter" or "JsonValueConverter" => "json",
        // Int32 is int32, TimeSpan is timeSpan.
        _ when converter.StartsWith("UInt", System.StringComparison.Ordinal) => "uint" + Word(converter, 4),
        _ => char.ToLowerInvariant(converter[0]) + Word(converter, 1),
    };

    private static string Word(string converter, int start) => converter.Substring(start, converter.Length - start - "Converter".Length);
}
