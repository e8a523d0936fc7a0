using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>What a type is as JSON, before its members are looked at.</summary>
/// <param name="Kind">Which of the metadata services makes its metadata.</param>
internal readonly record struct JsonShape(JsonTypeKind Kind)
{
    /// <summary>Why it cannot be generated, as the end of a sentence, for <see cref="JsonTypeKind.Unsupported"/>.</summary>
    public string? Refusal { get; init; }

    /// <summary>What it contains: the element, the dictionary's value, the type under the <c>?</c>.</summary>
    public ITypeSymbol? Element { get; init; }

    /// <summary>The dictionary's key, unless it is a string for which <see cref="JsonTypeKind.Dictionary"/> has a place.</summary>
    public ITypeSymbol? Key { get; init; }

    public JsonCollectionModel? Collection { get; init; }

    /// <summary>The name of the converter in <c>JsonMetadataServices</c>; for a converter of the user's own, itself as C#.</summary>
    public string? Converter { get; init; }

    /// <summary>The type's model, as far as its shape says it.</summary>
    public JsonTypeModel ModelOf(ITypeSymbol type)
    {
        var fullName = JsonTypeNames.FullName(type);
        var isConverted = Kind == JsonTypeKind.Converted;
        return new JsonTypeModel(fullName, JsonTypeNames.PropertyName(type), JsonTypeNames.QualifiedName(fullName),
            JsonTypeRules.IsPublic(type), Kind)
        {
            Converter = isConverted ? null : Converter,
            CustomConverter = isConverted ? Converter : null,
            Element = Element is null ? null : JsonTypeNames.FullName(Element),
            Key = Key is null || Kind == JsonTypeKind.Dictionary ? null : JsonTypeNames.FullName(Key),
            Collection = Collection,
            NumberHandling = Kind is JsonTypeKind.Object or JsonTypeKind.Collection
                ? JsonAttributes.Handling(type, "JsonNumberHandlingAttribute")
                : null,
        };
    }

    public static JsonShape Refuse(string reason) => new(JsonTypeKind.Unsupported) { Refusal = reason };
}
