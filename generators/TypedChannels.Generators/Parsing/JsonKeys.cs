using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators;

/// <summary>Which types can be the keys of a dictionary, and so the names of JSON members.</summary>
internal static class JsonKeys
{
    /// <summary>Why a dictionary cannot have such keys, as the end of a sentence; null if it can.</summary>
    public static string? WhyNot(ITypeSymbol key, JsonShape shape) => shape.Kind switch
    {
        JsonTypeKind.StringEnum or JsonTypeKind.NumberEnum or JsonTypeKind.UserContext => null,
        JsonTypeKind.Value when shape.Converter is not ("ByteArrayConverter" or "MemoryByteConverter" or "ReadOnlyMemoryByteConverter"
            or "JsonElementConverter" or "JsonDocumentConverter" or "JsonNodeConverter" or "JsonObjectConverter" or "JsonArrayConverter"
            or "JsonValueConverter") => null,
        JsonTypeKind.Converted when JsonConverters.WritesNames(key) => null,
        JsonTypeKind.Converted => $"the converter of its keys, '{JsonTypeNames.Display(key)}', "
            + "does not override ReadAsPropertyName and WriteAsPropertyName",
        _ => $"'{JsonTypeNames.Display(key)}' cannot be the name of a JSON member",
    };
}
