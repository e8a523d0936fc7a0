using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedChannels.Generators;

/// <summary>
/// Which constructor makes an object from JSON. As in System.Text.Json: the one with <c>[JsonConstructor]</c>; else the public one without
/// parameters; else the only public one. Unlike there, a struct's primary constructor comes before the default one that every struct has:
/// through that, <c>record struct Point(int X, int Y)</c> would take <c>{}</c>.
/// </summary>
internal static class JsonConstructors
{
    /// <summary>The constructor, or null and the reason why there is none.</summary>
    public static IMethodSymbol? Find(INamedTypeSymbol type, Compilation compilation, out string reason)
    {
        var all = type.InstanceConstructors;
        var marked = all.Where(c => JsonAttributes.Has(c, "JsonConstructorAttribute")).ToList();
        if (marked.Count > 1)
            return None("several of its constructors are marked [JsonConstructor]", out reason);

        IMethodSymbol? found;
        if (marked.Count == 1)
        {
            found = marked[0];
            if (!compilation.IsSymbolAccessibleWithin(found, compilation.Assembly))
                return None("its [JsonConstructor] cannot be called by the other code of the project", out reason);
        }
        else
        {
            // A pair's default constructor is only what every struct has.
            var open = all.Where(c => c.DeclaredAccessibility == Accessibility.Public
                && !(c.Parameters.Length == 0 && JsonValueTypes.IsKeyValuePair(type))).ToList();
            found = Primary(type, compilation) ?? open.Find(c => c.Parameters.Length == 0) ?? (open.Count == 1 ? open[0] : null);
            if (found is null && open.Count == 0)
                return None("it has no public constructor", out reason);
            if (found is null)
                return None("it has several public constructors, and none is marked [JsonConstructor]", out reason);
        }

        if (found.Parameters.Any(p => p.RefKind is RefKind.Ref or RefKind.Out))
            return None("its constructor has a ref or out parameter", out reason);
        if (IsObsoleteError(found))
            return None("its constructor is an error to use", out reason);
        reason = "";
        return found;

        static IMethodSymbol? None(string why, out string reason)
        {
            reason = why;
            return null;
        }
    }

    /// <summary>
    /// A struct's primary constructor with parameters. Metadata does not tell it from any other, so only this assembly's counts, also where
    /// an editor shows the source of another.
    /// </summary>
    private static IMethodSymbol? Primary(INamedTypeSymbol type, Compilation compilation) =>
        type.IsValueType && SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly)
            ? type.InstanceConstructors.FirstOrDefault(c =>
                c.Parameters.Length > 0 && c.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is TypeDeclarationSyntax))
            : null;

    public static bool SetsRequiredMembers(IMethodSymbol constructor) =>
        constructor.GetAttributes().Any(
            a => a.AttributeClass?.ToDisplayString() == "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute");

    /// <summary>What C# demands in every object initializer of the type.</summary>
    public static IEnumerable<ISymbol> RequiredMembers(INamedTypeSymbol type) =>
        JsonMembers.Hierarchy(type).SelectMany(current => current.GetMembers())
            .Where(member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });

    public static bool IsObsoleteError(ISymbol symbol) =>
        symbol.GetAttributes().Any(a => a.AttributeClass?.ToDisplayString() == "System.ObsoleteAttribute"
            && a.ConstructorArguments.Length > 1 && a.ConstructorArguments[1].Value is true);

    /// <summary>
    /// The constructor's parameters, and one more for each member that only an object initializer can set: the metadata API makes an object
    /// through one delegate that takes them all.
    /// </summary>
    public static (List<JsonParameterModel> Parameters, List<JsonInitializerModel> Initializers) Bind(
        IMethodSymbol constructor, IReadOnlyList<JsonPropertyModel> properties)
    {
        var parameters = constructor.Parameters
            .Select(p => new JsonParameterModel(
                p.Name, JsonTypeNames.FullName(p.Type), JsonNullability.IsNullable(p), JsonConstant.DefaultOf(p), IsInitializer: false))
            .ToList();
        var initializers = new List<JsonInitializerModel>();
        var ownCount = parameters.Count;
        var setsRequired = SetsRequiredMembers(constructor);

        foreach (var property in properties)
        {
            // An ignored init-only member keeps its initializer's value.
            if (property.Ignore == JsonIgnoreKind.Always || property.Setter == JsonSetterKind.None
                || !((property.IsRequiredInCode && !setsRequired) || property.Setter == JsonSetterKind.Init))
                continue;
            var index = parameters.FindIndex(0, ownCount, p => string.Equals(p.Name, property.Name, StringComparison.OrdinalIgnoreCase));
            if (index >= 0 && !property.IsRequiredInCode)
                continue;
            if (index < 0)
            {
                index = parameters.Count;
                parameters.Add(new JsonParameterModel(
                    property.Name, property.Type, property.CanBeNull && !property.SetterIsNonNullable,
                    DefaultValue: null, IsInitializer: true));
            }

            initializers.Add(new JsonInitializerModel(property.Name, property.Type, index));
        }

        return (parameters, initializers);
    }
}
