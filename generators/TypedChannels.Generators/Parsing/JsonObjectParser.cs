using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Turns one record, class or struct into its model. With any mistake in it the type as a whole is unsupported.</summary>
internal static class JsonObjectParser
{
    public static JsonTypeModel Parse(INamedTypeSymbol type, JsonTypeModel model, MemberPath path, JsonGraphWalk walk)
    {
        var unsupported = model with { Kind = JsonTypeKind.Unsupported };
        if (JsonConstructors.Find(type, walk.Compilation, out _) is not { } constructor)
            return unsupported;

        var declared = JsonMembers.Declared(type, walk.Settings, JsonConstructors.SetsRequiredMembers(constructor));
        var conflicts = false;
        var members = JsonMembers.Resolve(declared, (first, second) =>
        {
            conflicts = true;
            var place = path.Member(second.Symbol, walk.Compilation).Location;
            walk.Report?.Invoke(JsonRuleIds.DuplicateName, place, second.Symbol.Name, first.Symbol.Name, first.Model.JsonName);
        });

        JsonLosses.Report(type, constructor, members, path, walk);
        var good = AttributesAreSupported(type, constructor, path, walk);
        foreach (var member in members)
            good &= MemberIsSupported(member, path, walk);
        // A member that lost its name to another is missing here, so the constructor is judged without conflicts only.
        if (conflicts || !ConstructorIsSupported(type, constructor, members, path, walk) || !good)
            return unsupported;

        var properties = members.Select(m => m.Model).ToList();
        var (parameters, initializers) = JsonConstructors.Bind(constructor, properties);
        return model with
        {
            Object = new JsonObjectModel(
                type.IsValueType,
                new EquatableArray<JsonPropertyModel>(properties),
                new EquatableArray<JsonParameterModel>(parameters),
                constructor.Parameters.Length,
                new EquatableArray<JsonInitializerModel>(initializers),
                UnmappedMembers(type)),
        };
    }

    private static bool MemberIsSupported(JsonMember member, MemberPath path, JsonGraphWalk walk)
    {
        if (member.Model.Ignore == JsonIgnoreKind.Always)
            return true;
        var at = path.Member(member.Symbol, walk.Compilation);
        var type = member.Symbol.Type;
        if (member.Symbol.RefKind != RefKind.None)
            return walk.Refuse(type, at, "it returns a reference");
        if (JsonConstructors.IsObsoleteError(member.Symbol))
            return walk.Refuse(type, at, "the member is an error to use");
        if (!walk.Add(type, at))
            return false;

        // The type itself goes on as unsupported; each member that leads to it is told.
        if (Contained(type) is { } contained && JsonConstructors.Find(contained, walk.Compilation, out var reason) is null)
            walk.Report?.Invoke(JsonRuleIds.Constructor, at.Location, at.Text, $"{JsonTypeNames.Display(contained)}: {reason}");
        return true;

        INamedTypeSymbol? Contained(ITypeSymbol symbol) => symbol switch
        {
            IArrayTypeSymbol array => Contained(array.ElementType),
            INamedTypeSymbol named when JsonTypeRules.CollectionKind(named) is not null => Contained(named.TypeArguments[named.Arity - 1]),
            INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } named
                when JsonValueTypes.ConverterOf(named, walk.Compilation.Assembly) is null => named,
            _ => null,
        };
    }

    /// <summary>Every parameter needs one member to get its value from, and every required member a way to be set.</summary>
    private static bool ConstructorIsSupported(
        INamedTypeSymbol type, IMethodSymbol constructor, List<JsonMember> members, MemberPath path, JsonGraphWalk walk)
    {
        var good = true;
        foreach (var parameter in constructor.Parameters)
        {
            if (parameter.Type.TypeKind == TypeKind.Error)
                return false;
            var matches = members.FindAll(m => Matches(parameter, m));
            var mistake = matches.Count switch
            {
                0 => "has no public property of the same name and type",
                > 1 => "has several properties that differ in case only",
                _ when matches[0].Model.Ignore == JsonIgnoreKind.Always && !parameter.HasExplicitDefaultValue =>
                    "belongs to an ignored property and has no default, so that every message would be refused",
                _ => null,
            };
            if (mistake is not null)
                good = Refuse(parameter, $"its constructor's parameter '{parameter.Name}' {mistake}");
        }

        if (JsonConstructors.SetsRequiredMembers(constructor))
            return good;
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var required in current.GetMembers().Where(IsRequired))
            {
                if (!members.Any(m => m.Symbol.Name == required.Name && IsSet(m.Model)))
                    good = Refuse(required, $"its required member '{required.Name}' cannot be set from JSON");
            }
        }

        return good;

        static bool IsRequired(ISymbol member) => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true };

        static bool IsSet(JsonPropertyModel property) =>
            property is { Ignore: not JsonIgnoreKind.Always, Setter: not JsonSetterKind.None };

        bool Refuse(ISymbol symbol, string reason)
        {
            var place = MemberPath.LocationOf(symbol, walk.Compilation) ?? path.Location;
            walk.Report?.Invoke(JsonRuleIds.Constructor, place, path.Text, reason);
            return false;
        }
    }

    private static bool AttributesAreSupported(INamedTypeSymbol type, IMethodSymbol constructor, MemberPath path, JsonGraphWalk walk)
    {
        var good = walk.ReportAttributes(type, path, path.Text, "JsonUnmappedMemberHandlingAttribute");
        foreach (var parameter in constructor.Parameters)
            good &= walk.ReportAttributes(parameter, path, path.Text + "." + parameter.Name);
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            foreach (var member in current.GetMembers())
            {
                if (member is IPropertySymbol or IFieldSymbol && JsonAttributes.IgnoreOf(member) != JsonIgnoreKind.Always)
                {
                    good &= walk.ReportAttributes(
                        member, path.Member(member, walk.Compilation), path.Text + "." + member.Name,
                        "JsonPropertyNameAttribute", "JsonIgnoreAttribute", "JsonRequiredAttribute", "JsonPropertyOrderAttribute");
                }
            }
        }

        return good;
    }

    private static bool Matches(IParameterSymbol parameter, JsonMember member) =>
        string.Equals(parameter.Name, member.Symbol.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(parameter.Type, member.Symbol.Type);

    private static int? UnmappedMembers(INamedTypeSymbol type) =>
        JsonAttributes.Has(type, "JsonUnmappedMemberHandlingAttribute")
            ? JsonAttributes.Argument<int>(type, "JsonUnmappedMemberHandlingAttribute")
            : null;
}
