using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>The types that System.Text.Json has converters for, by their names in <c>JsonMetadataServices</c>.</summary>
internal static class JsonValueTypes
{
    public static string? ConverterOf(ITypeSymbol type, IAssemblySymbol own)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean:
            case SpecialType.System_Char:
            case SpecialType.System_SByte:
            case SpecialType.System_Byte:
            case SpecialType.System_Int16:
            case SpecialType.System_UInt16:
            case SpecialType.System_Int32:
            case SpecialType.System_UInt32:
            case SpecialType.System_Int64:
            case SpecialType.System_UInt64:
            case SpecialType.System_Single:
            case SpecialType.System_Double:
            case SpecialType.System_Decimal:
            case SpecialType.System_String:
            case SpecialType.System_DateTime:
                return type.Name + "Converter";
        }

        if (type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Byte })
            return "ByteArrayConverter";
        if (type is INamedTypeSymbol memory && IsMemory(memory) && memory.TypeArguments[0].SpecialType == SpecialType.System_Byte)
            return memory.Name + "ByteConverter";
        if (type is not INamedTypeSymbol { IsGenericType: false, ContainingType: null } || !IsFrameworkType(type, own))
            return null;

        return (type.ContainingNamespace.ToDisplayString(), type.Name) switch
        {
            ("System", "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "Uri"
                or "Version" or "Half" or "Int128" or "UInt128") => type.Name + "Converter",
            ("System.Text.Json", "JsonElement" or "JsonDocument") => type.Name + "Converter",
            ("System.Text.Json.Nodes", "JsonNode" or "JsonObject" or "JsonArray" or "JsonValue") => type.Name + "Converter",
            _ => null,
        };
    }

    /// <summary>Whether the type is one of .NET's own. Its public members say nothing of how it would look as JSON.</summary>
    public static bool IsFrameworkType(ITypeSymbol type, IAssemblySymbol own)
    {
        if (type.ContainingAssembly is not { } assembly || SymbolEqualityComparer.Default.Equals(assembly, own))
            return false;
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space is { IsGlobalNamespace: false, Name: "System" };
    }

    /// <summary><c>Memory</c> and <c>ReadOnlyMemory</c>, which are written as their items, and of bytes as Base64.</summary>
    public static bool IsMemory(INamedTypeSymbol type) =>
        type is { Name: "Memory" or "ReadOnlyMemory", Arity: 1, ContainingType: null }
        && type.ContainingNamespace.ToDisplayString() == "System";

    public static bool IsKeyValuePair(ITypeSymbol type) =>
        type is INamedTypeSymbol { Name: "KeyValuePair", Arity: 2, ContainingType: null }
        && type.ContainingNamespace.ToDisplayString() == "System.Collections.Generic";

    /// <summary>The numbers of which some are none of JSON's: infinities and NaN.</summary>
    public static bool IsReal(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_Double or SpecialType.System_Single || IsSystem(type, "Half");

    public static bool IsNumber(ITypeSymbol type) =>
        type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double
        || IsSystem(type, "Half") || IsSystem(type, "Int128") || IsSystem(type, "UInt128");

    private static bool IsSystem(ITypeSymbol type, string name) =>
        type is INamedTypeSymbol { ContainingType: null, Arity: 0 } && type.Name == name
        && type.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true };

    public static bool IsCollection(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Collections_IEnumerable
        || type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable);
}
