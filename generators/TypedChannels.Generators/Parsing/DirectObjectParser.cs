using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Turns the model of an object's metadata into what is read and written directly.</summary>
internal static class DirectObjectParser
{
    /// <summary>Beyond it the methods become too large to be compiled well. No record of a person's has as many.</summary>
    private const int MaxMembers = 256;

    private const int Disallow = 1;

    private static readonly string[] KnownAttributes =
        ["JsonPropertyNameAttribute", "JsonIgnoreAttribute", "JsonRequiredAttribute", "JsonPropertyOrderAttribute"];

    /// <summary>The object and the types of its members; null and the reason where it must go by metadata.</summary>
    public static DirectObjectModel? Parse(
        INamedTypeSymbol type, JsonObjectModel shape, Compilation compilation, out List<ITypeSymbol> contained, out string reason)
    {
        contained = [];
        if (JsonConstructors.Find(type, compilation, out reason) is not { } constructor)
            return null;
        reason = WhyNot(type, constructor, shape) ?? "";
        if (reason.Length > 0)
            return null;

        var members = new List<DirectMemberModel>();
        var arguments = shape.Parameters.Select(p => new DirectArgumentModel(p.Type, -1, p.DefaultValue)).ToList();
        // A sort that keeps the order of equals, as System.Text.Json's.
        var written = shape.Properties.OrderBy(property => property.Order).ToList();
        foreach (var property in written.OrderBy(property => property is not { HasGetter: true, Ignore: not JsonIgnoreKind.Always }))
        {
            var symbol = Find(type, property);
            if (symbol is null)
                return Refuse($"{property.Name} is no property", out reason);
            if (property.Ignore != JsonIgnoreKind.Always && JsonAttributes.Unsupported(symbol, KnownAttributes).Any())
                return Refuse($"{property.Name} has an attribute of its own", out reason);
            if (Member(property, shape, arguments, members.Count) is not { } member)
                return Refuse($"{property.Name} is not always read, or not always written", out reason);
            if (member.IsWritten || member.Target != DirectTarget.None)
                contained.Add(symbol.Type);
            members.Add(member);
        }
        return new DirectObjectModel(
            new EquatableArray<DirectMemberModel>(members), new EquatableArray<DirectArgumentModel>(arguments),
            shape.ConstructorParameterCount, shape.Initializers, shape.UnmappedMembers == Disallow);
    }

    private static DirectObjectModel? Refuse(string why, out string reason)
    {
        reason = why;
        return null;
    }

    private static string? WhyNot(INamedTypeSymbol type, IMethodSymbol constructor, JsonObjectModel shape)
    {
        if (type.AllInterfaces.Any(i => i.Name.StartsWith("IJsonOn", StringComparison.Ordinal)))
            return "it has a callback";
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            if (JsonAttributes.Unsupported(current, "JsonUnmappedMemberHandlingAttribute").Any())
                return "it has an attribute of its own";
        }
        if (constructor.Parameters.Any(p => p.RefKind is not (RefKind.None or RefKind.In) || JsonAttributes.Unsupported(p).Any()))
            return "its constructor has a parameter of its own kind";
        if (shape.Properties.Count > MaxMembers)
            return "it has very many members";
        if (shape.Properties.Any(p => !IsWellFormed(p.JsonName)))
            return "it has a name that is no text";
        return null;
    }

    private static DirectMemberModel? Member(
        JsonPropertyModel property, JsonObjectModel shape, List<DirectArgumentModel> arguments, int index)
    {
        var member = new DirectMemberModel(property.Name, property.JsonName, property.Type, property.DeclaringType);
        switch (property.Ignore)
        {
            case JsonIgnoreKind.Always:
                return member;
            case null or JsonIgnoreKind.Never or JsonIgnoreKind.WhenWritingDefault:
            case JsonIgnoreKind.WhenWritingNull when property.CanBeNull:
                break;
            default:
                return null;
        }
        member = member with
        {
            IsWritten = property.HasGetter,
            OmitsDefault = property.Ignore is JsonIgnoreKind.WhenWritingDefault or JsonIgnoreKind.WhenWritingNull,
            WritesNull = property.CanBeNull && !property.GetterIsNonNullable,
            ReadsNull = property.CanBeNull && !property.SetterIsNonNullable,
            IsRequired = property.IsRequired,
        };

        var parameters = Enumerable.Range(0, shape.Parameters.Count).Where(i => IsOf(shape.Parameters[i], property)).ToList();
        if (parameters.Count > 1)
            return null;
        if (parameters.Count == 0)
            return property.Setter switch
            {
                JsonSetterKind.None when !property.IsRequired => member,
                JsonSetterKind.Set => member with { Target = DirectTarget.Setter },
                _ => null,
            };

        var parameter = shape.Parameters[parameters[0]];
        // Two members for one parameter: which one it means is for System.Text.Json to say.
        if (arguments[parameters[0]].Member >= 0)
            return null;
        arguments[parameters[0]] = arguments[parameters[0]] with { Member = index };
        return member with
        {
            Target = DirectTarget.Argument,
            ReadsNull = member.ReadsNull && parameter.IsNullable,
            IsRequired = property.IsRequired || (!parameter.IsInitializer && parameter.DefaultValue is null),
        };
    }

    private static bool IsOf(JsonParameterModel parameter, JsonPropertyModel property) =>
        parameter.Type == property.Type
        && parameter.Name.Equals(
            property.Name, parameter.IsInitializer ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private static IPropertySymbol? Find(INamedTypeSymbol type, JsonPropertyModel property)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (JsonTypeNames.FullName(current) == property.DeclaringType)
                return current.GetMembers(property.Name).OfType<IPropertySymbol>().FirstOrDefault(p => !p.IsIndexer);
        }
        return null;
    }

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(text[i]))
                return false;
        }
        return true;
    }
}
