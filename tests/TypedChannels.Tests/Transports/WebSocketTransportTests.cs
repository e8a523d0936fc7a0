using System.Net.WebSockets;
using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Transports;

public sealed class WebSocketTransportTests : TransportTests
{
    [Fact]
    public async Task A_close_without_a_code_is_1000_to_the_frameworks_socket()
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        await Peer.SendAsync(ClientFrame.Close([]));
        Assert.Equal(1000, await Peer.ReadCloseAsync());
        await running.Soon();
        Assert.Equal(new Disconnect(1000, "", true), rig.Disconnect);
    }

    internal override Task Run(Rig rig)
    {
        var socket = WebSocket.CreateFromStream(Peer.Stream, isServer: true, subProtocol: null, Timeout.InfiniteTimeSpan);
        var transport = new WebSocketTransport(rig.Connection, socket, rig.Limits, rig.Time);
        rig.Connection.Attach(transport);
        return transport.RunAsync();
    }
}
