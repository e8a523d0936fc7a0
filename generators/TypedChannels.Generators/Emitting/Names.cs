namespace TypedChannels.Generators;

/// <summary>Pieces that several emitters print.</summary>
internal static class Names
{
    public const string GeneratedCode =
        $"[global::System.CodeDom.Compiler.GeneratedCode(\"{KnownSymbols.Tool}\", \"{KnownSymbols.ToolVersion}\")]";
    public const string Hidden =
        "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";
    public const string ValueTask = "global::System.Threading.Tasks.ValueTask";
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string ReceivedMessage = "global::TypedChannels.ReceivedMessage";

    /// <summary>The expression for a channel's descriptor.</summary>
    public static string Descriptor(ChannelModel channel) => channel.Descriptors + "." + Identifiers.Escape(channel.MemberName);

    /// <summary>A channel as doc comments name it.</summary>
    public static string Describe(ChannelModel channel) =>
        $"channel <c>{Literals.Xml(channel.Name)}</c> (<see cref=\"{channel.Record}\"/>)";
}
