namespace TypedChannels.Tests;

[Channel("ask", Direction = ChannelDirection.ToServer)]
public sealed record Ask;

[Channel("told", Direction = ChannelDirection.ToClient)]
public sealed record Told(bool IsPool);

[Channel("block", Direction = ChannelDirection.ToServer)]
public sealed record Block;

public sealed class NoProps;

[ChannelServer<NoProps>]
public sealed partial class InlineServer;
