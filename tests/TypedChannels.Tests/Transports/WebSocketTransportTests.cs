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

    [Fact]
    public async Task A_peer_that_is_not_listened_to_is_not_taken_for_dead()
    {
        Peer = new Peer(reading: System.IO.Pipelines.PipeScheduler.Inline);
        var rig = new Rig(Limits with { ReceiveQueueBytes = 1 });
        var go = new TaskCompletionSource();
        rig.Handlers = [_ => new ValueTask(go.Task)];
        var running = Run(rig, new ReceiveClock(rig.Time));
        await Peer.SendNotesAsync("0", "1", "2");
        rig.Advance(TimeSpan.FromHours(1));
        Assert.True(rig.Connection.IsAlive);
        go.SetResult();
        await Peer.SendAsync(ClientFrame.Close(1000));
        await running.Soon();
        Assert.Equal(1000, rig.Disconnect!.Code);
    }

    [Fact]
    public async Task A_handler_that_holds_its_thread_is_not_the_peers_silence_which_counts_from_its_end()
    {
        Peer = new Peer(reading: System.IO.Pipelines.PipeScheduler.Inline);
        var rig = new Rig(Limits with { PingInterval = TimeSpan.FromSeconds(15), PingTimeout = TimeSpan.FromSeconds(10) });
        rig.Handlers = [_ =>
        {
            for (var i = 0; i < 60; i++)
                rig.Advance(TimeSpan.FromMinutes(1));
            return default;
        }];
        var running = Run(rig, new ReceiveClock(rig.Time));
        await Peer.SendNotesAsync("0", "1");
        Assert.True(rig.Connection.IsAlive);
        rig.Advance(TimeSpan.FromSeconds(25) - TimeSpan.FromMilliseconds(1));
        Assert.False(running.IsCompleted);
        rig.Advance(TimeSpan.FromMilliseconds(1));
        await running.Soon();
        Assert.Equal(1006, rig.Disconnect!.Code);
    }

    internal override Task Run(Rig rig) => Run(rig, heard: null);

    private Task Run(Rig rig, ReceiveClock? heard)
    {
        var socket = WebSocket.CreateFromStream(Peer.Stream, isServer: true, subProtocol: null, Timeout.InfiniteTimeSpan);
        var transport = new WebSocketTransport(rig.Connection, socket, rig.Limits, rig.Time, heard);
        rig.Connection.Attach(transport);
        return transport.RunAsync();
    }
}
