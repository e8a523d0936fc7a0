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
}
