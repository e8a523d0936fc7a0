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
        if (type is not INamedTypeSymbol { IsGenericType: false, ContainingType: null } || !IsFrameworkType(type, own))
            return null;

        return (type.ContainingNamespace.ToDisplayString(), type.Name) switch
        {
            ("System", "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "Uri"
                or "Version" or "Half" or "Int128" or "UInt128") => type.Name + "Converter",
            ("System.Text.Json", "JsonElement") => "JsonElementConverter",
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

    public static bool IsCollection(ITypeSymbol type) =>
        type.SpecialType == SpecialType.System_Collections_IEnumerable
        || type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable);
}
