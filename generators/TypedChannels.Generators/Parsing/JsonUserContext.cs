using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>The user's own context: <c>[assembly: ChannelJson(Context = typeof(MyContext))]</c>.</summary>
internal static class JsonUserContext
{
    /// <summary>Why the class cannot be asked for types, as the end of a sentence; null if it can.</summary>
    public static string? WhyUnusable(INamedTypeSymbol context, IAssemblySymbol own)
    {
        if (!JsonAttributes.DerivesFrom(context, "System.Text.Json.Serialization.JsonSerializerContext"))
            return "it does not derive from JsonSerializerContext";
        if (context.IsAbstract || context.IsUnboundGenericType || context.IsGeneric())
            return "it is abstract or generic";
        var isOwn = SymbolEqualityComparer.Default.Equals(context.ContainingAssembly, own);
        if (isOwn ? !context.IsInternal() : !context.IsPublic())
            return "the rest of the project has no access to it";
        // Of this project's contexts the generated half is not there yet, so that its constructor is not seen.
        return ListedTypes(context).Any() ? null : "it lists no type with [JsonSerializable]";
    }

    /// <summary>The types that it says it knows, as generated code names them.</summary>
    public static IEnumerable<string> ListedTypes(INamedTypeSymbol context) =>
        context.GetAttributes().Where(a => JsonAttributes.Is(a, "JsonSerializableAttribute"))
            .Select(a => a.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Type, Value: ITypeSymbol type } ? type : null)
            .Where(type => type is { TypeKind: not TypeKind.Error })
            .Select(type => JsonTypeNames.FullName(type!))
            .Distinct(StringComparer.Ordinal);
}
