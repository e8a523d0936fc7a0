using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>A member on the way into the model: the symbol is needed until its type and its place are known.</summary>
internal readonly record struct JsonMember(IPropertySymbol Symbol, JsonPropertyModel Model);

/// <summary>Which of a type's properties are JSON members, under which names.</summary>
internal static class JsonMembers
{
    /// <summary>All public instance properties, the type's own before its bases', without those that an override has ignored.</summary>
    public static List<JsonMember> Declared(INamedTypeSymbol type, JsonSettings settings, bool constructorSetsRequired)
    {
        var members = new List<JsonMember>();
        var ignoredVirtuals = new HashSet<string>(StringComparer.Ordinal);
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var property in InOrder(current).OfType<IPropertySymbol>())
            {
                if (property.IsStatic || property.IsIndexer || (IsVirtual(property) && ignoredVirtuals.Contains(property.Name)))
                    continue;
                if (!IsPublic(property.GetMethod) && !IsPublic(property.SetMethod))
                    continue;
                var model = Parse(property, current, settings, constructorSetsRequired);
                members.Add(new JsonMember(property, model));
                if (model is { Ignore: JsonIgnoreKind.Always, IsVirtual: true })
                    ignoredVirtuals.Add(property.Name);
            }
        }

        return members;
    }

    /// <summary>
    /// Leaves one member for each JSON name: an ignored one gives way, a hidden or overridden one is left out. What remains is a conflict.
    /// </summary>
    public static List<JsonMember> Resolve(List<JsonMember> declared, Action<JsonMember, JsonMember> conflict)
    {
        var taken = new List<JsonMember>();
        var indexes = new Dictionary<string, int>(StringComparer.Ordinal);
        var ignored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in declared)
        {
            var isIgnored = member.Model.Ignore == JsonIgnoreKind.Always;
            if (!indexes.TryGetValue(member.Model.JsonName, out var index))
            {
                indexes.Add(member.Model.JsonName, taken.Count);
                taken.Add(member);
            }
            else if (taken[index].Model.Ignore == JsonIgnoreKind.Always)
            {
                taken[index] = member;
            }
            else if (!isIgnored && member.Symbol.Name != taken[index].Symbol.Name && !ignored.Contains(member.Symbol.Name))
            {
                conflict(taken[index], member);
            }

            if (isIgnored)
                ignored.Add(member.Symbol.Name);
        }

        return taken;
    }

    private static JsonPropertyModel Parse(
        IPropertySymbol property, INamedTypeSymbol declaring, JsonSettings settings, bool constructorSetsRequired)
    {
        var jsonName = JsonAttributes.Argument<string>(property, "JsonPropertyNameAttribute")
            ?? JsonNaming.Convert(property.Name, settings.NamingPolicy);
        var required = property.IsRequired && !constructorSetsRequired;
        return new JsonPropertyModel(property.Name, jsonName, TypeArgument(property.Type), JsonTypeNames.FullName(declaring))
        {
            IsVirtual = IsVirtual(property),
            HasGetter = IsPublic(property.GetMethod),
            Setter = !IsPublic(property.SetMethod) ? JsonSetterKind.None
                : property.SetMethod!.IsInitOnly ? JsonSetterKind.Init
                : JsonSetterKind.Set,
            Ignore = JsonAttributes.IgnoreOf(property),
            IsRequired = required || JsonAttributes.Has(property, "JsonRequiredAttribute"),
            IsRequiredInCode = property.IsRequired,
            CanBeNull = JsonNullability.CanBeNull(property.Type),
            GetterIsNonNullable = JsonNullability.GetterIsNonNullable(property),
            SetterIsNonNullable = JsonNullability.SetterIsNonNullable(property),
            Order = JsonAttributes.Argument<int>(property, "JsonPropertyOrderAttribute"),
        };
    }

    /// <summary>
    /// The members as declared; those of a type in several files by the
    /// files' names, since the compiler's order of files is nobody's promise.
    /// </summary>
    private static IEnumerable<ISymbol> InOrder(INamedTypeSymbol type)
    {
        var members = type.GetMembers();
        return type.DeclaringSyntaxReferences.Length < 2
            ? members
            : members.OrderBy(m => m.Locations.FirstOrDefault()?.SourceTree?.FilePath ?? "", StringComparer.Ordinal);
    }

    /// <summary>An ignored member may be of any type, even of one that is no type argument. It is never read, so any other does.</summary>
    private static string TypeArgument(ITypeSymbol type) =>
        type.IsRefLikeType || type.TypeKind is TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error
            ? "object"
            : JsonTypeNames.FullName(type);

    private static bool IsVirtual(IPropertySymbol property) => property.IsVirtual || property.IsOverride || property.IsAbstract;

    private static bool IsPublic(IMethodSymbol? accessor) => accessor is { DeclaredAccessibility: Accessibility.Public };
}
