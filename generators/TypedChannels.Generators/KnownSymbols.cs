namespace TypedChannels.Generators;

/// <summary>The names of the types that the generator and the analyzers look up or print.</summary>
internal static class KnownSymbols
{
    public const string ChannelAttribute = "TypedChannels.ChannelAttribute";
    public const string ChannelServerAttribute = "TypedChannels.ChannelServerAttribute`1";
    public const string ChannelClientAttribute = "TypedChannels.ChannelClientAttribute";
    public const string ChannelJsonAttribute = "TypedChannels.ChannelJsonAttribute";
    public const string ChannelContractAttribute = "TypedChannels.ChannelContractAttribute";
}
