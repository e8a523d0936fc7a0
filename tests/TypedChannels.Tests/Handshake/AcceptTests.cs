using System.Text;

namespace TypedChannels.Tests.Handshake;

[Trait("RFC", "6455 §4.2.2")]
public class AcceptTests
{
    [Fact]
    public async Task Accept_is_the_hash_of_the_RFCs_example()
    {
        Assert.Equal(RawClient.Accept, OpeningHandshake.AcceptKey(RawClient.Key));
        await using var room = await Room.StartAsync();
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port));
        var response = await client.ReadResponseAsync();
        Assert.StartsWith("HTTP/1.1 101 Switching Protocols\r\n", response, StringComparison.Ordinal);
        Assert.Contains($"\r\nSec-WebSocket-Accept: {RawClient.Accept}\r\n", response, StringComparison.Ordinal);
        Assert.Contains("\r\nUpgrade: websocket\r\n", response, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: Upgrade\r\n", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task First_frame_in_the_handshakes_own_segment_is_delivered()
    {
        await using var room = await Room.StartAsync(prepare: server => server.OnSay += (connection, message) => connection.SendSayAsync(message));
        const string Message = """{"channel":"say","message":{"text":"early","number":1}}""";
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync([.. Encoding.ASCII.GetBytes(RawClient.Handshake(room.Server.Port)), .. RawClient.Frame(Message)]);
        await client.ReadResponseAsync();
        await client.ReadReadyAsync();
        Assert.Equal(Message, await client.ReadTextAsync());
    }

    [Fact]
    public async Task Half_a_frame_in_the_handshakes_own_segment_is_completed_by_the_rest()
    {
        await using var room = await Room.StartAsync(prepare: server => server.OnSay += (connection, message) => connection.SendSayAsync(message));
        const string Message = """{"channel":"say","message":{"text":"early","number":1}}""";
        var frame = RawClient.Frame(Message);
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync([.. Encoding.ASCII.GetBytes(RawClient.Handshake(room.Server.Port)), .. frame[..9]]);
        await client.ReadResponseAsync();
        await client.ReadReadyAsync();
        await client.WriteAsync(frame[9..]);
        Assert.Equal(Message, await client.ReadTextAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Handshake_in_pieces_is_accepted(int size)
    {
        await using var room = await Room.StartAsync();
        await using var client = await RawClient.DialAsync(room.Server.Port);
        foreach (var piece in Encoding.ASCII.GetBytes(RawClient.Handshake(room.Server.Port)).Chunk(size))
            await client.WriteAsync(piece);
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        await client.ReadReadyAsync();
    }

    [Fact]
    public async Task Handshake_with_a_frame_behind_it_may_be_cut_at_every_byte()
    {
        await using var room = await Room.StartAsync(
            prepare: server => server.OnSay += (connection, message) => connection.SendSayAsync(message));
        const string Message = """{"channel":"say","message":{"text":"early","number":1}}""";
        byte[] bytes = [.. Encoding.ASCII.GetBytes(RawClient.Handshake(room.Server.Port)), .. RawClient.Frame(Message)];
        var clients = new List<RawClient>();
        // All fronts before the first rest: so the server has read a front by itself before its rest comes.
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            clients.Add(await RawClient.DialAsync(room.Server.Port));
            await clients[cut].WriteAsync(bytes[..cut]);
        }
        for (var cut = 0; cut < bytes.Length; cut++)
        {
            await using var client = clients[cut];
            await client.WriteAsync(bytes[cut..]);
            Assert.StartsWith("HTTP/1.1 101 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
            await client.ReadReadyAsync();
            Assert.Equal(Message, await client.ReadTextAsync());
        }
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Client_that_goes_during_the_handshake_is_no_error_and_takes_no_room()
    {
        var entered = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        await using var room = await Room.StartAsync(options => options.MaxConnections = 1, server => server.Deciding = async handshake =>
        {
            if (!entered.TrySetResult())
                return;
            using (handshake.RequestAborted.Register(aborted.SetResult))
                await aborted.Task;
        });
        var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port));
        await entered.Task.Within();
        client.Kill();
        await aborted.Task.Within();
        await room.Server.StopAsync().Within();
        Assert.Equal(0, room.Server.Intake.Count);
        room.HasLoggedNoError();
    }
}
