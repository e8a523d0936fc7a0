using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Which types can be the message of a channel: those that generated code can name, and that are JSON objects.</summary>
internal static class JsonRootRules
{
    /// <summary>The reason to refuse the record, as the end of a sentence; null if there is none.</summary>
    public static string? WhyNot(INamedTypeSymbol root, Compilation compilation)
    {
        if (JsonTypeRules.IsFileLocal(root) || !compilation.IsSymbolAccessibleWithin(root, compilation.Assembly))
            return "generated code cannot see it; make it and the types around it internal or public";
        for (var type = root; type is not null; type = type.ContainingType)
        {
            if (type.Arity > 0)
                return "it is generic, so there is no one type to generate for";
        }

        if (root.IsStatic)
            return "it is static";
        if (root.IsRefLikeType)
            return "ref structs cannot be stored";
        if (root.TypeKind is not (TypeKind.Class or TypeKind.Struct))
            return "it is neither a record nor a class nor a struct";
        if (root.IsAbstract)
            return "an abstract type cannot be created";
        return JsonValueTypes.IsCollection(root) ? "it is a collection, and a message is a JSON object" : null;
    }
}
