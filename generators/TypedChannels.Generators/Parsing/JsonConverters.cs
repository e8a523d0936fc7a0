using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Reads <c>[JsonConverter]</c>: the converter as C#, or why it cannot be used.</summary>
internal static class JsonConverters
{
    private const string Serialization = "System.Text.Json.Serialization.";

    public static bool IsConverted(ISymbol symbol) => AttributeOf(symbol) is not null;

    /// <summary>The attribute, or an own one derived from it.</summary>
    public static AttributeData? AttributeOf(ISymbol symbol) =>
        symbol.GetAttributes().FirstOrDefault(a => JsonAttributes.DerivesFrom(a.AttributeClass, Serialization + "JsonConverterAttribute"));

    /// <summary>The converter as C#: <c>new global::App.MoneyConverter()</c>.</summary>
    /// <param name="attribute">The attribute on the type or member.</param>
    /// <param name="target">The type that it converts.</param>
    /// <param name="compilation">What the converter must be visible in.</param>
    /// <param name="reason">Why there is none, as the end of a sentence.</param>
    public static string? Creation(AttributeData attribute, ITypeSymbol target, Compilation compilation, out string reason)
    {
        reason = "";
        if (!attribute.AttributeClass.Is(Serialization + "JsonConverterAttribute"))
            return Fail("an attribute derived from it decides at run time; name the converter in [JsonConverter] itself", out reason);
        if (attribute.ConstructorArguments.FirstOrDefault() is not { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol converter })
            return Fail("it names no converter", out reason);
        if (converter.TypeKind == TypeKind.Error)
            return null;

        // The one that finds out the enum at run time; the generic one is the same without reflection.
        if (converter.Is(Serialization + "JsonStringEnumConverter") && converter.Arity == 0)
        {
            var @enum = Underlying(target) ?? target;
            return @enum.TypeKind == TypeKind.Enum
                ? $"new global::{Serialization}JsonStringEnumConverter<{JsonTypeNames.FullName(@enum)}>()"
                : Fail("its converter is for enums only", out reason);
        }

        if (converter.IsUnboundGenericType)
            return Fail("its converter is an open generic type", out reason);
        if (!JsonAttributes.DerivesFrom(converter, Serialization + "JsonConverter"))
            return Fail("it names a type that is no JsonConverter", out reason);
        if (JsonAttributes.DerivesFrom(converter, Serialization + "JsonStringEnumConverter"))
            return Fail("its converter finds out the enum by reflection; derive it from JsonStringEnumConverter<TEnum>", out reason);
        if (converter.IsAbstract || JsonTypeRules.IsFileLocal(converter) || !IsVisible(converter)
            || !converter.InstanceConstructors.Any(c => c.Parameters.Length == 0 && IsVisible(c)))
            return Fail("its converter needs a constructor without parameters that generated code can call", out reason);
        if (Converted(converter) is { } converted && !Fits(converted, target) && !Overrides(converter, "CanConvert"))
            return Fail($"its converter is for '{JsonTypeNames.Display(converted)}'", out reason);
        return $"new {JsonTypeNames.FullName(converter)}()";

        bool IsVisible(ISymbol symbol) => compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly);

        static string? Fail(string why, out string reason)
        {
            reason = why;
            return null;
        }
    }

    /// <summary>Whether a type's own converter can make it a dictionary's key; that of a factory is not known.</summary>
    public static bool WritesNames(ITypeSymbol type) =>
        AttributeOf(type)?.ConstructorArguments.FirstOrDefault() is { Kind: TypedConstantKind.Type, Value: INamedTypeSymbol converter }
        && (Converted(converter) is null || (Overrides(converter, "ReadAsPropertyName") && Overrides(converter, "WriteAsPropertyName")));

    public static ITypeSymbol? Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0]
            : null;

    private static bool Fits(ITypeSymbol converted, ITypeSymbol target) =>
        SymbolEqualityComparer.Default.Equals(converted, target) || SymbolEqualityComparer.Default.Equals(converted, Underlying(target));

    /// <summary>The argument of the <c>JsonConverter&lt;T&gt;</c> that it is; null for a factory.</summary>
    private static ITypeSymbol? Converted(INamedTypeSymbol converter)
    {
        for (INamedTypeSymbol? current = converter; current is not null; current = current.BaseType)
        {
            if (current.Arity == 1 && current.Is(Serialization + "JsonConverter`1"))
                return current.TypeArguments[0];
        }

        return null;
    }

    private static bool Overrides(INamedTypeSymbol converter, string method)
    {
        for (INamedTypeSymbol? current = converter; current is not null && current.Name != "JsonConverter"; current = current.BaseType)
        {
            if (current.GetMembers(method).Any(m => m.IsOverride))
                return true;
        }

        return false;
    }
}
