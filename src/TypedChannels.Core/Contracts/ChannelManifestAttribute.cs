using System.ComponentModel;

namespace TypedChannels;

/// <summary>
/// Describes an assembly's channels and their records as JSON, for a build that makes clients of them in another language.
/// Written by the generator; not for use by hand.
/// </summary>
/// <param name="version">The version of the format: 1.</param>
/// <param name="json">The description, the same for an unchanged contract.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ChannelManifestAttribute(int version, string json) : Attribute
{
    /// <summary>The version of the format.</summary>
    public int Version { get; } = version;

    /// <summary>The description.</summary>
    public string Json { get; } = json;
}
