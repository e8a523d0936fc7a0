namespace TypedChannels.TypeScript.Tests;

public sealed class Props
{
    public string Name { get; set; } = "";
}

/// <summary>Its client is the <c>ShapeClient</c>.</summary>
[ChannelServer<Props>]
public sealed partial class ShapeServer;

/// <summary>Speaks another assembly's channels.</summary>
[ChannelClient(Contracts = [typeof(TypedChannels.Tests.Contracts.Everything)])]
public sealed partial class EverythingClient;
