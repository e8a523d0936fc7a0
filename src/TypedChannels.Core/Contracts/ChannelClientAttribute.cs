namespace TypedChannels;

/// <summary>Makes a <c>partial class</c> a typed client.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ChannelClientAttribute : Attribute
{
    /// <summary>One type of each assembly whose channels this client speaks. Default: the channels of the project itself.</summary>
    public Type[] Contracts { get; set; } = [];
}
