using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Which types can be members of a record, and why another cannot.</summary>
internal static class JsonTypeRules
{
    /// <summary>The reason to refuse a member of the type, as the end of a sentence; null if there is none.</summary>
    public static string? WhyNot(ITypeSymbol type, Compilation compilation)
    {
        switch (type)
        {
            case { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic }:
                return "it can hold anything, so its JSON is not known at compile time";
            case { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer }
                or { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr }:
                return "pointers and native integers have no JSON form";
            case { TypeKind: TypeKind.Delegate }:
                return "delegates have no JSON form";
            case { TypeKind: TypeKind.TypeParameter }:
                return "it is a type parameter";
            case { IsTupleType: true }:
                return "the names of a tuple's items do not exist at run time; use a record";
            case { IsRefLikeType: true }:
                return "ref structs cannot be stored";
            case IArrayTypeSymbol { Rank: > 1 }:
                return "arrays of several dimensions have no JSON form; use an array of arrays";
            case IArrayTypeSymbol:
                return null;
        }

        if (type is not INamedTypeSymbol named)
            return "it has no JSON form";
        if (IsFileLocal(named) || !compilation.IsSymbolAccessibleWithin(type, compilation.Assembly))
            return "generated code cannot see it; make it and the types around it internal or public";
        if (JsonValueTypes.ConverterOf(type, compilation.Assembly) is not null
            || CollectionKind(named) is not null
            || type.TypeKind == TypeKind.Enum)
            return IsOtherDictionary(named) ? "only dictionaries with string keys can be generated" : null;
        if (IsOtherDictionary(named))
            return "only dictionaries with string keys can be generated";
        if (JsonValueTypes.IsCollection(type))
            return "of the collections only T[], List<T>, IReadOnlyList<T> and Dictionary<string, T> can be generated";
        if (type.TypeKind == TypeKind.Interface)
            return "an interface does not say which type to create";
        if (JsonValueTypes.IsFrameworkType(type, compilation.Assembly))
            return "a type of .NET without a JSON converter of its own cannot be generated";
        if (type.IsAbstract)
            return "an abstract type cannot be created";
        return null;
    }

    /// <summary>Nullable value types count: they too hold one other type.</summary>
    public static JsonTypeKind? CollectionKind(INamedTypeSymbol type) => type.OriginalDefinition switch
    {
        { SpecialType: SpecialType.System_Nullable_T } => JsonTypeKind.Nullable,
        { SpecialType: SpecialType.System_Collections_Generic_IReadOnlyList_T } => JsonTypeKind.ReadOnlyList,
        { Name: "List", Arity: 1 } list when IsGenericCollection(list) => JsonTypeKind.List,
        { Name: "Dictionary", Arity: 2 } dictionary
            when IsGenericCollection(dictionary) && type.TypeArguments[0].SpecialType == SpecialType.System_String =>
            JsonTypeKind.Dictionary,
        _ => null,
    };

    public static bool IsPublic(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => IsPublic(array.ElementType),
        INamedTypeSymbol named => named.DeclaredAccessibility == Accessibility.Public
            && (named.ContainingType is null || IsPublic(named.ContainingType))
            && named.TypeArguments.All(IsPublic),
        _ => false,
    };

    /// <summary>Also true for a type inside a file-local one.</summary>
    public static bool IsFileLocal(INamedTypeSymbol type) =>
        type.IsFileLocal || (type.ContainingType is { } outer && IsFileLocal(outer));

    private static bool IsOtherDictionary(INamedTypeSymbol type) =>
        type.OriginalDefinition is { Name: "Dictionary", Arity: 2 } dictionary && IsGenericCollection(dictionary)
        && type.TypeArguments[0] is { SpecialType: not SpecialType.System_String, TypeKind: not TypeKind.Error };

    private static bool IsGenericCollection(INamedTypeSymbol type) =>
        type.ContainingType is null && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";
}
