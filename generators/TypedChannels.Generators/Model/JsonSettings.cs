namespace TypedChannels.Generators;

/// <summary>How a C# name becomes a JSON name. The values are those of <c>JsonKnownNamingPolicy</c>.</summary>
internal enum JsonNamingPolicyKind
{
    Unchanged = 0,
    CamelCase = 1,
    SnakeCaseLower = 2,
    SnakeCaseUpper = 3,
    KebabCaseLower = 4,
    KebabCaseUpper = 5,
}

/// <summary>What <c>[assembly: ChannelJson]</c> says, with its defaults.</summary>
internal sealed record JsonSettings(JsonNamingPolicyKind NamingPolicy, bool StringEnums, string ContextName)
{
    /// <summary>The full name of the user's own context, or null.</summary>
    public string? UserContext { get; init; }

    /// <summary>The full names of the types that the user's own context lists.</summary>
    public EquatableArray<string> UserTypes { get; init; }

    public static JsonSettings Default { get; } = new(JsonNamingPolicyKind.CamelCase, StringEnums: true, "ChannelJsonContext");
}
