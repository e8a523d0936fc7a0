namespace TypedChannels.Generators;

/// <summary>The mistakes that the JSON parser reports. Each has a page under docs/diagnostics.</summary>
internal static class JsonRuleIds
{
    /// <summary>Arguments: path of the member, its type, reason.</summary>
    public const string MemberType = "TCH0020";

    /// <summary>Arguments: path or name of the type, reason.</summary>
    public const string Constructor = "TCH0021";

    /// <summary>Arguments: attribute, what it stands on, reason.</summary>
    public const string Attribute = "TCH0022";

    /// <summary>Arguments: member, member, JSON name.</summary>
    public const string DuplicateName = "TCH0023";

    /// <summary>Arguments: the name given.</summary>
    public const string ContextName = "TCH0025";

    /// <summary>Arguments: member.</summary>
    public const string LostInitializer = "TCH0026";

    /// <summary>Arguments: field.</summary>
    public const string Field = "TCH0027";

    /// <summary>Arguments: path of the member, its type, reason, the user's context.</summary>
    public const string NotInContext = "TCH0028";

    /// <summary>Arguments: the type given, reason.</summary>
    public const string Context = "TCH0029";

    /// <summary>Arguments: member, its type.</summary>
    public const string Invisible = "TCH0030";
}
