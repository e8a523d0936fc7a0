namespace TypedChannels;

/// <summary>Makes a <c>partial class</c> a typed server; its connection type is generated beside it.</summary>
/// <typeparam name="TProps">
/// The type of each connection's properties. It needs a parameterless constructor and no <c>required</c> members, or the class overrides
/// <c>CreateProps</c>.
/// </typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ChannelServerAttribute<TProps> : Attribute
    where TProps : class
{
    /// <summary>One type of each assembly whose channels this server speaks. Default: the channels of the project itself.</summary>
    public Type[] Contracts { get; set; } = [];
}
