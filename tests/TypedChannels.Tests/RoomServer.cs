using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests;

/// <summary>Made by a constructor without parameters; changed whenever one holds the connection.</summary>
public sealed class RoomProps
{
    public string Name { get; set; } = "anonymous";
}

/// <summary>A server whose decisions a test may take over.</summary>
[ChannelServer<RoomProps>(Contracts = [typeof(Say)])]
public sealed partial class RoomServer
{
    public Func<HandshakeContext, ValueTask>? Deciding { get; set; }

    public Func<HandshakeContext, RoomProps>? MakingProps { get; set; }

    public Action? Starting { get; set; }

    protected override void OnStarting() => Starting?.Invoke();

    protected override ValueTask OnHandshakeAsync(HandshakeContext handshake) => Deciding?.Invoke(handshake) ?? default;

    protected override RoomProps CreateProps(HandshakeContext handshake) => MakingProps is { } make ? make(handshake) : new RoomProps();
}

[ChannelClient(Contracts = [typeof(Say)])]
public sealed partial class RoomClient;
