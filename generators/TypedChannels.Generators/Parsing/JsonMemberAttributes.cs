using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>
/// What a member's attributes say of its value: its own converter, how its numbers are written, whether what
/// it holds is filled, whether it takes the unknown members. What System.Text.Json throws at when the type is first used is reported.
/// </summary>
internal static class JsonMemberAttributes
{
    private const string Services = "global::System.Text.Json.Serialization.Metadata.JsonMetadataServices.";

    /// <summary>The member with its converter; null if something was reported.</summary>
    public static JsonMember? Apply(JsonMember member, INamedTypeSymbol type, MemberPath at, JsonGraphWalk walk)
    {
        if (member.Model is { Ignore: JsonIgnoreKind.WhenWritingNull, CanBeNull: false })
            return Refuse("JsonIgnoreAttribute", "it is never null; use WhenWritingDefault");
        if (JsonConverters.AttributeOf(member.Symbol) is { } attribute)
        {
            if (JsonConverters.Creation(attribute, member.Type, walk.Compilation, out var reason) is { } converter)
                return walk.AddConvertedMember(member.Type, at) ? With(member, converter) : null;
            if (reason.Length > 0)
                walk.RefuseAttribute(attribute, at, at.Text, reason);
            return null;
        }

        if (member.Model.IsExtensionData && WhyNoExtensionData(member, type) is { } unextended)
            return Refuse("JsonExtensionDataAttribute", unextended);
        if (!walk.AddContained(member.Type, at))
            return null;

        var shape = walk.ShapeOf(member.Type);
        if (member.Model.CreationHandling == 1 && WhyNotPopulated(member, shape) is { } unpopulated)
            return Refuse("JsonObjectCreationHandlingAttribute", unpopulated);
        if (member.Model.NumberHandling is not null && !JsonValueTypes.IsNumber(NumberIn(member.Type, shape)))
            return Refuse("JsonNumberHandlingAttribute", "it is for numbers and collections of numbers");
        return WithNumbers(member, type, shape);

        JsonMember? Refuse(string name, string why)
        {
            walk.RefuseAttribute(JsonAttributes.Find(member.Symbol, name)!, at, at.Text, why);
            return null;
        }
    }

    /// <summary>
    /// The finite numbers' converter knows nothing of number handling.
    /// Where there is one, System.Text.Json's own converter reads and writes.
    /// </summary>
    private static JsonMember WithNumbers(JsonMember member, INamedTypeSymbol type, JsonShape shape)
    {
        var handling = member.Model.NumberHandling ?? JsonAttributes.Handling(type, "JsonNumberHandlingAttribute") ?? 0;
        var number = NumberIn(member.Type, shape);
        if (handling == 0 || !JsonValueTypes.IsReal(number))
            return member;
        var converter = Services + number.Name + "Converter";
        if (SymbolEqualityComparer.Default.Equals(number, JsonConverters.Underlying(member.Type) ?? member.Type))
            return With(member, converter);
        var underlying = JsonConverters.Underlying(shape.Element!) is { } inside ? JsonTypeNames.FullName(inside) : null;
        return member with
        {
            Model = member.Model with { Numbers = new JsonNumbersModel(shape.ModelOf(member.Type), converter, underlying) },
        };
    }

    private static JsonMember With(JsonMember member, string converter) => member with
    {
        Model = member.Model with
        {
            Converter = converter,
            NullableOf = JsonConverters.Underlying(member.Type) is { } underlying ? JsonTypeNames.FullName(underlying) : null,
        },
    };

    private static string? WhyNoExtensionData(JsonMember member, INamedTypeSymbol type)
    {
        if (JsonAttributes.Handling(type, "JsonUnmappedMemberHandlingAttribute") == 1)
            return "the type disallows unknown members";
        if (member.Model.Setter == JsonSetterKind.Init || member.Model.IsRequiredInCode)
            return "unknown members come after the object has been created; give it a setter, and let it be optional";
        if (JsonTypeNames.FullName(member.Type) == "global::System.Text.Json.Nodes.JsonObject")
            return "System.Text.Json writes a JsonObject with it as invalid JSON; use a dictionary of string and JsonElement";
        return member.Type is INamedTypeSymbol named
            && JsonCollections.Find(named, "System.Collections.Generic", "IDictionary", 2) is { } dictionary
            && dictionary.TypeArguments[0].SpecialType == SpecialType.System_String
            && JsonTypeNames.FullName(dictionary.TypeArguments[1]) == "global::System.Text.Json.JsonElement"
                ? null
                : "it needs a dictionary of string and JsonElement";
    }

    /// <summary>As System.Text.Json's converters have it: what can be added to, and objects whose members are set one by one.</summary>
    private static string? WhyNotPopulated(JsonMember member, JsonShape shape)
    {
        if (!member.Model.HasGetter)
            return "it has no getter";
        if (member.Type.IsValueType && member.Model.Setter == JsonSetterKind.None)
            return "it is a struct without a setter";
        var canBe = shape.Kind switch
        {
            JsonTypeKind.List or JsonTypeKind.Dictionary => true,
            JsonTypeKind.Collection =>
                shape.Collection is { Factory: null, Created: not null, Service: not ("Memory" or "ReadOnlyMemory") },
            JsonTypeKind.Object =>
                JsonObjectParser.IsCreatable((INamedTypeSymbol)member.Type) && !JsonPolymorphism.HasDerivedTypes(member.Type),
            _ => false,
        };
        return canBe ? null : $"'{JsonTypeNames.Display(member.Type)}' cannot be filled";
    }

    private static ITypeSymbol NumberIn(ITypeSymbol type, JsonShape shape)
    {
        var inside = shape.Kind is JsonTypeKind.Object or JsonTypeKind.Nullable or JsonTypeKind.UserContext ? type : shape.Element ?? type;
        return JsonConverters.Underlying(inside) ?? inside;
    }
}
