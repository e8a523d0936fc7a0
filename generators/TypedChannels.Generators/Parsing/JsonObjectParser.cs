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
        var constructor = IsCreatable(type) ? JsonConstructors.Find(type, walk.Compilation, out _) : null;
        if (constructor is null && IsCreatable(type))
            return unsupported;

        var setsRequired = constructor is not null && JsonConstructors.SetsRequiredMembers(constructor);
        var declared = JsonMembers.Declared(type, walk.Compilation, walk.Settings, setsRequired);
        var good = true;
        var conflicts = false;
        var members = JsonMembers.Resolve(declared, (first, second) =>
        {
            conflicts = true;
            var place = path.Member(second.Symbol, walk.Compilation).Location;
            walk.Report?.Invoke(JsonRuleIds.DuplicateName, place, second.Symbol.Name, first.Symbol.Name, first.Model.JsonName);
        });

        JsonLosses.Report(type, constructor, members, path, walk);
        good &= JsonTypeAttributes.AreSupported(type, constructor, members, path, walk);
        for (var i = 0; i < members.Count; i++)
        {
            if (Supported(members[i], type, path, walk) is { } supported)
                members[i] = supported;
            else
                good = false;
        }

        good &= JsonPolymorphism.AddDerivedTypes(type, path, walk);
        // A member that lost its name to another is missing here, so the constructor is judged without conflicts only.
        if (conflicts || (constructor is not null && !ConstructorIsSupported(type, constructor, members, path, walk)) || !good)
            return unsupported;

        var properties = members.Select(m => m.Model).ToList();
        var (parameters, initializers) = constructor is null ? ([], []) : JsonConstructors.Bind(constructor, properties);
        if (parameters.Count > 0 && !JsonTypeAttributes.NothingIsPopulated(type, members, path, walk))
            return unsupported;
        return model with
        {
            Object = new JsonObjectModel(
                type.IsValueType,
                new EquatableArray<JsonPropertyModel>(properties),
                new EquatableArray<JsonParameterModel>(parameters),
                constructor?.Parameters.Length ?? 0,
                new EquatableArray<JsonInitializerModel>(initializers),
                JsonAttributes.Handling(type, "JsonUnmappedMemberHandlingAttribute"))
            {
                IsCreatable = constructor is not null,
                IsPolymorphic = JsonPolymorphism.HasDerivedTypes(type),
                CreationHandling = JsonAttributes.Handling(type, "JsonObjectCreationHandlingAttribute"),
            },
        };
    }

    /// <summary>Whether there can be an object of exactly this type.</summary>
    public static bool IsCreatable(INamedTypeSymbol type) => type.TypeKind != TypeKind.Interface && !type.IsAbstract;

    private static JsonMember? Supported(JsonMember member, INamedTypeSymbol type, MemberPath path, JsonGraphWalk walk)
    {
        if (member.Model.Ignore == JsonIgnoreKind.Always)
            return member;
        var at = path.Member(member.Symbol, walk.Compilation);
        if (member.Symbol is IPropertySymbol { RefKind: not RefKind.None })
            return Refuse("it returns a reference");
        if (JsonConstructors.IsObsoleteError(member.Symbol))
            return Refuse("the member is an error to use");
        return JsonMemberAttributes.Apply(member, type, at, walk);

        JsonMember? Refuse(string reason)
        {
            walk.Refuse(member.Type, at, reason);
            return null;
        }
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
        foreach (var required in JsonConstructors.RequiredMembers(type))
        {
            if (!members.Any(m => m.Symbol.Name == required.Name && IsSet(m.Model)))
                good = Refuse(required, $"its required member '{required.Name}' cannot be set from JSON");
        }

        return good;

        static bool IsSet(JsonPropertyModel property) =>
            property is { Ignore: not JsonIgnoreKind.Always, Setter: not JsonSetterKind.None };

        bool Refuse(ISymbol symbol, string reason)
        {
            var place = MemberPath.LocationOf(symbol, walk.Compilation) ?? path.Location;
            walk.Report?.Invoke(JsonRuleIds.Constructor, place, path.Text, reason);
            return false;
        }
    }

    private static bool Matches(IParameterSymbol parameter, JsonMember member) =>
        string.Equals(parameter.Name, member.Symbol.Name, StringComparison.OrdinalIgnoreCase)
        && SymbolEqualityComparer.Default.Equals(parameter.Type, member.Type);
}
