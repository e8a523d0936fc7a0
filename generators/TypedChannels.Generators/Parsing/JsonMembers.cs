using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>A member on the way into the model: the symbol is needed until its type and its place are known.</summary>
internal readonly record struct JsonMember(ISymbol Symbol, JsonPropertyModel Model)
{
    public ITypeSymbol Type => Symbol is IFieldSymbol field ? field.Type : ((IPropertySymbol)Symbol).Type;
}

/// <summary>Which of a type's properties and fields are JSON members, under which names.</summary>
internal static class JsonMembers
{
    /// <summary>
    /// All instance properties that are public or included, then such fields, the type's own before its bases',
    /// without those that an override has ignored.
    /// </summary>
    public static List<JsonMember> Declared(
        INamedTypeSymbol type, Compilation compilation, JsonSettings settings, bool constructorSetsRequired)
    {
        var members = new List<JsonMember>();
        var ignoredVirtuals = new HashSet<string>(StringComparer.Ordinal);
        foreach (var current in Hierarchy(type))
        {
            foreach (var property in InOrder(current).OfType<IPropertySymbol>())
            {
                if (property.IsStatic || property.IsIndexer || property.IsOfOtherGenerator()
                    || (IsVirtual(property) && ignoredVirtuals.Contains(property.Name)))
                    continue;
                var (hasGetter, hasSetter) = (IsUsable(property.GetMethod, property), IsUsable(property.SetMethod, property));
                if (!hasGetter && !hasSetter)
                    continue;
                var model = Parse(property, property.Type, property.IsRequired, current) with
                {
                    IsVirtual = IsVirtual(property),
                    HasGetter = hasGetter,
                    Setter = !hasSetter ? JsonSetterKind.None
                        : property.SetMethod!.IsInitOnly ? JsonSetterKind.Init
                        : JsonSetterKind.Set,
                    GetterIsNonNullable = JsonNullability.GetterIsNonNullable(property),
                    SetterIsNonNullable = JsonNullability.SetterIsNonNullable(property),
                };
                members.Add(new JsonMember(property, model));
                if (model is { Ignore: JsonIgnoreKind.Always, IsVirtual: true })
                    ignoredVirtuals.Add(property.Name);
            }

            foreach (var field in InOrder(current).OfType<IFieldSymbol>())
            {
                if (field.IsStatic || field.IsConst || field.IsOfOtherGenerator() || field.AssociatedSymbol is not null
                    || !JsonAttributes.Has(field, "JsonIncludeAttribute") || !IsVisible(field))
                    continue;
                members.Add(new JsonMember(field, Parse(field, field.Type, field.IsRequired, current) with
                {
                    IsField = true,
                    HasGetter = true,
                    Setter = field.IsReadOnly ? JsonSetterKind.None : JsonSetterKind.Set,
                    GetterIsNonNullable = JsonNullability.IsNonNullableOutput(field),
                    SetterIsNonNullable = JsonNullability.IsNonNullableInput(field),
                }));
            }
        }

        return members;

        bool IsUsable(IMethodSymbol? accessor, IPropertySymbol property) =>
            accessor is { DeclaredAccessibility: Accessibility.Public }
            || (accessor is not null && JsonAttributes.Has(property, "JsonIncludeAttribute") && IsVisible(accessor));

        bool IsVisible(ISymbol symbol) => compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly);

        JsonPropertyModel Parse(ISymbol member, ITypeSymbol memberType, bool isRequired, INamedTypeSymbol declaring) =>
            JsonMembers.Parse(member, memberType, isRequired, declaring, settings, constructorSetsRequired);
    }

    /// <summary>Whether a member is included of which generated code cannot reach a part.</summary>
    public static bool IsUnreachable(ISymbol member, Compilation compilation)
    {
        if (!JsonAttributes.Has(member, "JsonIncludeAttribute"))
            return false;
        return member is IPropertySymbol property
            ? IsHidden(property.GetMethod) || IsHidden(property.SetMethod) || IsCutShort(property)
            : IsHidden(member);

        // Of another assembly the compiler shows no private accessor, so that the member looks like one without a setter.
        bool IsCutShort(IPropertySymbol property) =>
            property is { SetMethod: null, DeclaringSyntaxReferences.IsEmpty: true } && !property.IsImplicitlyDeclared;

        bool IsHidden(ISymbol? symbol) => symbol is not null && !compilation.IsSymbolAccessibleWithin(symbol, compilation.Assembly);
    }

    /// <summary>The type and its bases; for an interface those that it extends.</summary>
    public static IEnumerable<INamedTypeSymbol> Hierarchy(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
            return type.AllInterfaces.Prepend(type);
        var bases = new List<INamedTypeSymbol>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
            bases.Add(current);
        return bases;
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
        ISymbol member, ITypeSymbol type, bool isRequired, INamedTypeSymbol declaring, JsonSettings settings, bool constructorSetsRequired)
    {
        var jsonName = JsonAttributes.Argument<string>(member, "JsonPropertyNameAttribute")
            ?? JsonNaming.Convert(member.Name, settings.NamingPolicy);
        return new JsonPropertyModel(member.Name, jsonName, TypeArgument(type), JsonTypeNames.FullName(declaring))
        {
            Ignore = JsonAttributes.IgnoreOf(member),
            IsRequired = (isRequired && !constructorSetsRequired) || JsonAttributes.Has(member, "JsonRequiredAttribute"),
            IsRequiredInCode = isRequired,
            CanBeNull = JsonNullability.CanBeNull(type),
            Order = JsonAttributes.Argument<int>(member, "JsonPropertyOrderAttribute"),
            IsIncluded = JsonAttributes.Has(member, "JsonIncludeAttribute"),
            IsExtensionData = JsonAttributes.Has(member, "JsonExtensionDataAttribute"),
            NumberHandling = JsonAttributes.Handling(member, "JsonNumberHandlingAttribute"),
            CreationHandling = JsonAttributes.Handling(member, "JsonObjectCreationHandlingAttribute"),
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
}
