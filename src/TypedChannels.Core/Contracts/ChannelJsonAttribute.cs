using System.Text.Json.Serialization;

namespace TypedChannels;

/// <summary>The JSON settings of the channel records in this assembly. They are fixed at compile time.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ChannelJsonAttribute : Attribute
{
    /// <summary>How property names are written. Default <see cref="JsonKnownNamingPolicy.CamelCase"/>.</summary>
    public JsonKnownNamingPolicy PropertyNamingPolicy { get; set; } = JsonKnownNamingPolicy.CamelCase;

    /// <summary>Whether enums are strings (a number is then refused) or numbers. Default <see langword="true"/>: strings.</summary>
    public bool UseStringEnumConverter { get; set; } = true;

    /// <summary>The name of the generated context class. Default <c>ChannelJsonContext</c>.</summary>
    public string? ContextName { get; set; }

    /// <summary>
    /// A <see cref="JsonSerializerContext"/> of the project's own, which describes the types that it lists with
    /// <see cref="JsonSerializableAttribute"/>; the generated context describes all others. Default <see langword="null"/>: none.
    /// </summary>
    /// <remarks>
    /// For types that cannot be generated, or that shall look otherwise.
    /// The options are those of the generated context, whatever the own context says: null, missing and duplicate members are refused,
    /// and the names follow <see cref="PropertyNamingPolicy"/>.
    /// </remarks>
    public Type? Context { get; set; }
}
