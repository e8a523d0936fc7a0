using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Whether the attributes of a type and of its members go together. What System.Text.Json would throw at is reported.</summary>
internal static class JsonTypeAttributes
{
    private static readonly string[] OnTypes =
    [
        "JsonUnmappedMemberHandlingAttribute", "JsonNumberHandlingAttribute", "JsonObjectCreationHandlingAttribute",
        "JsonDerivedTypeAttribute", "JsonPolymorphicAttribute",
    ];

    private static readonly string[] OnMembers =
    [
        "JsonPropertyNameAttribute", "JsonIgnoreAttribute", "JsonRequiredAttribute", "JsonPropertyOrderAttribute", "JsonIncludeAttribute",
        "JsonConverterAttribute", "JsonNumberHandlingAttribute", "JsonObjectCreationHandlingAttribute", "JsonExtensionDataAttribute",
    ];

    public static bool AreSupported(
        INamedTypeSymbol type, IMethodSymbol? constructor, List<JsonMember> members, MemberPath path, JsonGraphWalk walk)
    {
        var good = walk.ReportAttributes(type, path, path.Text, OnTypes);
        foreach (var parameter in constructor?.Parameters.ToArray() ?? [])
            good &= walk.ReportAttributes(parameter, path, path.Text + "." + parameter.Name);
        foreach (var member in JsonMembers.Hierarchy(type).SelectMany(current => current.GetMembers()))
        {
            if (member is not (IPropertySymbol or IFieldSymbol) || JsonAttributes.IgnoreOf(member) == JsonIgnoreKind.Always)
                continue;
            var at = path.Member(member, walk.Compilation);
            // An own converter attribute has its say where the converter is looked up.
            if (!JsonConverters.IsConverted(member))
                good &= walk.ReportAttributes(member, at, at.Text, OnMembers);
            if (JsonMembers.IsUnreachable(member, walk.Compilation))
            {
                good = walk.RefuseAttribute(
                    JsonAttributes.Find(member, "JsonIncludeAttribute")!, at, at.Text,
                    "generated code cannot reach it or its accessors; make them internal or public");
            }
        }

        return good & DiscriminatorIsFree(type, members, path, walk) & OneTakesUnknownMembers(members, path, walk);
    }

    /// <summary>Filling needs an object that exists before its members are read.</summary>
    public static bool NothingIsPopulated(INamedTypeSymbol type, List<JsonMember> members, MemberPath path, JsonGraphWalk walk)
    {
        const string reason = "an object with constructor parameters, init or required members is created after its members have been read";
        var good = true;
        if (JsonAttributes.Handling(type, "JsonObjectCreationHandlingAttribute") == 1)
            good = walk.RefuseAttribute(JsonAttributes.Find(type, "JsonObjectCreationHandlingAttribute")!, path, path.Text, reason);
        foreach (var member in members.Where(m => m.Model is { CreationHandling: 1, Ignore: not JsonIgnoreKind.Always }))
        {
            var at = path.Member(member.Symbol, walk.Compilation);
            good = walk.RefuseAttribute(JsonAttributes.Find(member.Symbol, "JsonObjectCreationHandlingAttribute")!, at, at.Text, reason);
        }

        return good;
    }

    /// <summary>Neither the type nor what derives from it may have a member of the discriminator's name.</summary>
    private static bool DiscriminatorIsFree(INamedTypeSymbol type, List<JsonMember> members, MemberPath path, JsonGraphWalk walk)
    {
        foreach (var ancestor in JsonMembers.Hierarchy(type).Concat(type.AllInterfaces).Where(JsonPolymorphism.HasDerivedTypes))
        {
            var name = JsonPolymorphism.Discriminator(ancestor);
            if (!SymbolEqualityComparer.Default.Equals(ancestor, type) && !JsonPolymorphism.Names(ancestor, type))
                continue;
            foreach (var member in members.Where(m => m.Model.JsonName == name && m.Model.Ignore != JsonIgnoreKind.Always))
            {
                // What it inherits is reported where it is declared.
                if (!SymbolEqualityComparer.Default.Equals(ancestor, type)
                    && JsonMembers.Hierarchy(ancestor).Contains(member.Symbol.ContainingType, SymbolEqualityComparer.Default))
                    continue;
                var place = path.Member(member.Symbol, walk.Compilation).Location;
                walk.Report?.Invoke(
                    JsonRuleIds.DuplicateName, place, member.Symbol.Name,
                    "the type discriminator of " + JsonTypeNames.Display(ancestor), name);
                return false;
            }
        }

        return true;
    }

    private static bool OneTakesUnknownMembers(List<JsonMember> members, MemberPath path, JsonGraphWalk walk)
    {
        var good = true;
        foreach (var member in members.Where(m => m.Model is { IsExtensionData: true, Ignore: not JsonIgnoreKind.Always }).Skip(1))
        {
            var at = path.Member(member.Symbol, walk.Compilation);
            good = walk.RefuseAttribute(
                JsonAttributes.Find(member.Symbol, "JsonExtensionDataAttribute")!, at, at.Text, "another member has it already");
        }

        return good;
    }
}
