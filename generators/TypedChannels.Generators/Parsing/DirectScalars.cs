using System.Collections.Generic;

namespace TypedChannels.Generators;

/// <summary>The values that are read and written directly, by their converters in <c>JsonMetadataServices</c>.</summary>
internal static class DirectScalars
{
    private const string Suffix = "Converter";

    private static readonly HashSet<string> Known =
    [
        "Boolean", "Char", "SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Single", "Double", "Decimal",
        "String", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan", "Uri", "ByteArray",
    ];

    /// <summary>The end of the methods' names; null where there are none.</summary>
    public static string? MethodOf(string? converter) =>
        converter?.EndsWith(Suffix, System.StringComparison.Ordinal) is true
        && converter.Substring(0, converter.Length - Suffix.Length) is var name && Known.Contains(name)
            ? name
            : null;
}
