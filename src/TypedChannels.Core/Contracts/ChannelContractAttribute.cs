using System.ComponentModel;

namespace TypedChannels;

/// <summary>
/// Lists an assembly's channel records for the generator of another assembly, which so need not walk its references' metadata.
/// Written by the generator; not for use by hand.
/// </summary>
/// <param name="version">The version of this convention between assemblies: 1.</param>
/// <param name="descriptors">
/// The generated class with a <see cref="ChannelDescriptor{TMessage}"/> property for each record, named by its member name.
/// </param>
/// <param name="messages">The records, in the order of their channel names (ordinal).</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class ChannelContractAttribute(int version, Type descriptors, params Type[] messages) : Attribute
{
    /// <summary>The version of this convention between assemblies.</summary>
    public int Version { get; } = version;

    /// <summary>The generated class that holds the descriptors.</summary>
    public Type Descriptors { get; } = descriptors;

    /// <summary>The records.</summary>
    public IReadOnlyList<Type> Messages { get; } = messages;
}
