namespace TypedChannels.Build;

/// <summary>What the manifest's scalars are in TypeScript.</summary>
internal static class Scalars
{
    /// <summary><c>[JsonNumberHandling]</c>: numbers may come as strings.</summary>
    private const int AllowReadingFromString = 1;
    private const int WriteAsString = 2;
    private const int AllowNamedLiterals = 4;
    private const string NamedLiterals = "\"NaN\", \"Infinity\", \"-Infinity\"";

    public static bool IsNumber(string scalar) => scalar switch
    {
        "int8" or "int16" or "int32" or "int64" or "int128" or "decimal" => true,
        "uint8" or "uint16" or "uint32" or "uint64" or "uint128" => true,
        _ => IsReal(scalar),
    };

    public static string Type(string scalar, int numbers, bool received) => scalar switch
    {
        "bool" => "boolean",
        "jsonObject" => "{ [name: string]: unknown }",
        "jsonArray" => "unknown[]",
        "json" or "unknown" => "unknown",
        _ when !IsNumber(scalar) => "string",
        _ when received && (numbers & WriteAsString) != 0 => "string",
        _ => "number"
            + (!received && (numbers & AllowReadingFromString) != 0 ? " | string" : "")
            + (IsReal(scalar) && (numbers & AllowNamedLiterals) != 0 ? " | " + NamedLiterals.Replace(",", " |") : ""),
    };

    public static string Guard(string scalar, int numbers, ModuleWriter module)
    {
        if (!IsNumber(scalar))
        {
            return scalar switch
            {
                "bool" => module.Use("boolean"),
                "char" => module.Use("char"),
                "jsonObject" => $"{module.Use("map")}({module.Use("any")})",
                "jsonArray" => $"{module.Use("array")}({module.Use("any")})",
                "json" or "unknown" => module.Use("any"),
                _ => module.Use("string"),
            };
        }
        if ((numbers & WriteAsString) != 0)
            return module.Use("string");
        var guard = Range(scalar) is { } range ? $"{module.Use("integer")}({range})" : module.Use("number");
        return IsReal(scalar) && (numbers & AllowNamedLiterals) != 0
            ? $"{module.Use("either")}({guard}, {module.Use("oneOf")}({NamedLiterals}))"
            : guard;
    }

    /// <summary>What the type alone does not say.</summary>
    public static string? Hint(string scalar, int numbers) => (scalar, numbers & WriteAsString) switch
    {
        ("int64" or "uint64" or "int128" or "uint128", 0) =>
            "An integer; one beyond 2^53 is refused, since JavaScript could not tell it from others.",
        ("decimal", 0) => "A decimal number; as a number of JavaScript it has some 15 digits.",
        ("dateTime", _) => "A date and time (ISO 8601).",
        ("dateTimeOffset", _) => "A date and time with its offset (ISO 8601).",
        ("dateOnly", _) => "A date, as `2024-02-29`.",
        ("timeOnly", _) => "A time of day, as `12:34:56`.",
        ("timeSpan", _) => "A duration, as `1.12:34:56` (days, hours, minutes, seconds).",
        ("guid", _) => "A UUID.",
        ("uri", _) => "A URI.",
        ("version", _) => "A version, as `1.2.3`.",
        ("char", _) => "One character (a UTF-16 code unit).",
        ("bytes", _) => "Bytes in Base64.",
        _ => null,
    };

    private static bool IsReal(string scalar) => scalar is "float16" or "float32" or "float64";

    private static string? Range(string scalar) => scalar switch
    {
        "int8" => "-128, 127",
        "int16" => "-32768, 32767",
        "int32" => "-2147483648, 2147483647",
        "uint8" => "0, 255",
        "uint16" => "0, 65535",
        "uint32" => "0, 4294967295",
        "int64" or "int128" => "",
        "uint64" or "uint128" => "0",
        _ => null,
    };
}
