using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>What a type is as JSON, and why another cannot be.</summary>
internal static class JsonTypeRules
{
    public static JsonShape ShapeOf(ITypeSymbol type, Compilation compilation, JsonSettings settings)
    {
        if (WhyUnnameable(type, compilation) is { } unnameable)
            return JsonShape.Refuse(unnameable);
        // The user's own context comes first: also for what could be generated.
        if (settings.UserTypes.Count > 0 && settings.UserTypes.Contains(JsonTypeNames.FullName(type)))
            return new JsonShape(JsonTypeKind.UserContext);
        if (JsonConverters.IsConverted(type))
            return new JsonShape(JsonTypeKind.Converted);
        if (WhyNoForm(type) is { } formless)
            return JsonShape.Refuse(formless);
        if (JsonValueTypes.ConverterOf(type, compilation.Assembly) is { } converter)
            return new JsonShape(JsonTypeKind.Value) { Converter = converter };
        if (type.TypeKind == TypeKind.Enum)
            return new JsonShape(settings.StringEnums ? JsonTypeKind.StringEnum : JsonTypeKind.NumberEnum);
        if (type is IArrayTypeSymbol array)
            return new JsonShape(JsonTypeKind.Array) { Element = array.ElementType };
        if (type is not INamedTypeSymbol named)
            return JsonShape.Refuse("it has no JSON form");
        if (named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
            return new JsonShape(JsonTypeKind.Nullable) { Element = named.TypeArguments[0] };
        if (JsonCollections.ShapeOf(named, compilation) is { } collection)
            return collection;
        if (WhyNoObject(named, compilation) is { } objectless)
            return JsonShape.Refuse(objectless);
        return new JsonShape(JsonTypeKind.Object);
    }

    /// <summary>The collections with a kind of their own. Nullable value types count: they too hold one other type.</summary>
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

    private static bool IsGenericCollection(INamedTypeSymbol type) =>
        type.ContainingType is null && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

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

    /// <summary>What generated code cannot even write down as a type argument.</summary>
    private static string? WhyUnnameable(ITypeSymbol type, Compilation compilation) => type switch
    {
        { TypeKind: TypeKind.Pointer or TypeKind.FunctionPointer } => "pointers and native integers have no JSON form",
        { TypeKind: TypeKind.TypeParameter } => "it is a type parameter",
        { IsRefLikeType: true } => "ref structs cannot be stored",
        INamedTypeSymbol named when IsFileLocal(named)
            || !(IsOpen(type, compilation.Assembly) || compilation.IsSymbolAccessibleWithin(type, compilation.Assembly)) =>
            "generated code cannot see it; make it and the types around it internal or public",
        INamedTypeSymbol named when named.IsOfOtherGenerator() =>
            "another generator makes it, and none sees what another makes; declare it in a project of its own",
        _ => null,
    };

    /// <summary>
    /// Whether it needs no look at the compilation to say that an assembly sees a type: for each the compiler looks whether it is of one of
    /// the references, one after the other.
    /// </summary>
    private static bool IsOpen(ITypeSymbol type, IAssemblySymbol own) => type switch
    {
        IArrayTypeSymbol array => IsOpen(array.ElementType, own),
        INamedTypeSymbol named => (named.DeclaredAccessibility == Accessibility.Public
                || (named.DeclaredAccessibility == Accessibility.Internal && SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, own)))
            && (named.ContainingType is null || IsOpen(named.ContainingType, own))
            && named.TypeArguments.All(argument => IsOpen(argument, own)),
        _ => false,
    };

    private static string? WhyNoForm(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_Object } or { TypeKind: TypeKind.Dynamic } =>
            "it can hold anything, so its JSON is not known at compile time",
        { SpecialType: SpecialType.System_IntPtr or SpecialType.System_UIntPtr } => "pointers and native integers have no JSON form",
        { TypeKind: TypeKind.Delegate } => "delegates have no JSON form",
        { IsTupleType: true } => "the names of a tuple's items do not exist at run time; use a record",
        IArrayTypeSymbol { Rank: > 1 } => "arrays of several dimensions have no JSON form; use an array of arrays",
        _ => null,
    };

    private static string? WhyNoObject(INamedTypeSymbol type, Compilation compilation)
    {
        if (JsonPolymorphism.HasDerivedTypes(type))
            return null;
        if (type.TypeKind == TypeKind.Interface)
            return "an interface does not say which type to create; name its implementations with [JsonDerivedType]";
        if (JsonValueTypes.IsFrameworkType(type, compilation.Assembly) && !JsonValueTypes.IsKeyValuePair(type))
            return "a type of .NET without a JSON converter of its own cannot be generated";
        if (type.IsAbstract)
            return "an abstract type cannot be created; name the types derived from it with [JsonDerivedType]";
        return null;
    }
}
