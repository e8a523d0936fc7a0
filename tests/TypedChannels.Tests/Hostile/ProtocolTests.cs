using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Hostile;

/// <summary>Messages that are well-formed, and sent to do harm.</summary>
public class ProtocolTests : IClassFixture<UnobservedExceptions>
{
    private static byte[] Up(string text) => RawClient.Frame($$$"""{"channel":"up","message":{"text":"{{{text}}}"}}""");

    [Theory]
    [InlineData("""{"channel":"_system:error","message":{"code":"InvalidMessage","channel":"say"}}""")]
    [InlineData("""{"channel":"_system:status:ready","message":{}}""")]
    [InlineData("""{"channel":"_system:","message":{}}""")]
    [InlineData("""{"channel":"\u005fsystem:error","message":{}}""")]
    [InlineData("""{"channel":"down","message":{"text":"from a client"}}""")]
    public async Task P04_What_only_a_server_sends_is_an_unknown_channel(string message)
    {
        await using var room = await HostileRoom.StartAsync();
        await using var attacker = await room.JoinAsync();
        await attacker.SendAsync(message);
        Assert.Equal("""{"channel":"_system:error","message":{"code":"UnknownChannel"}}""", await attacker.ReadTextAsync());
        var error = await room.Room.Errors.NextAsync();
        Assert.Equal((ConnectionErrors.UnknownChannel, null), (error.Code, error.Channel));
        await HostileRoom.EchoesAsync(attacker);
    }

    [Fact]
    public async Task P07_What_one_client_has_sent_to_all_is_bounded_by_its_own_rate()
    {
        const int Rate = 50;
        await using var room = await HostileRoom.StartAsync(
            options => options.MaxMessagesPerSecond = Rate,
            server => server.OnUp += (_, message) => server.EmitDownAsync(new Down(message.Text)));
        await using var others = await room.JoinAsync(20);
        await using var attacker = await room.JoinAsync();
        await attacker.WriteAsync([.. Enumerable.Range(0, 10_000).SelectMany(i => Up($"{i}"))]);
        await room.IsClosedAsync(attacker, 1008);
        Assert.Equal(1, room.Room.Metrics["limits_exceeded MaxMessagesPerSecond"]);
        foreach (var other in others)
        {
            for (var i = 0; i < Rate; i++)
                Assert.Equal($$$"""{"channel":"down","message":{"text":"{{{i}}}"}}""", await ReadTextAsync(other));
            await HostileRoom.EchoesAsync(other);
        }

        static async Task<string> ReadTextAsync(RawClient client)
        {
            // The attacker's end has taken long enough for a ping.
            var (opcode, payload) = await client.ReadFrameAsync();
            return opcode == RawClient.Text ? System.Text.Encoding.UTF8.GetString(payload) : await ReadTextAsync(client);
        }
    }

    [Fact]
    public async Task P08_Two_clients_that_reflect_what_they_get_are_ended_by_their_rate()
    {
        await using var room = await HostileRoom.StartAsync(
            options => options.MaxMessagesPerSecond = 100,
            server => server.OnUp += (connection, message) =>
                server.Connections.First(other => other != connection).SendDownAsync(new Down(message.Text)));
        await using var pair = await room.JoinAsync(2);
        await pair[0].WriteAsync(Up("echo"));
        var first = await Task.WhenAny(pair.Select(ReflectAsync).ToArray());
        Assert.Equal(1008, await first);
        room.Advance(6);
        await room.HasEndedAsync(1008);
        Assert.Equal(1, room.Room.Metrics["limits_exceeded MaxMessagesPerSecond"]);

        static async Task<int> ReflectAsync(RawClient client)
        {
            while (true)
            {
                var (opcode, payload) = await client.ReadFrameAsync();
                if (opcode == RawClient.Close)
                    return (payload[0] << 8) | payload[1];
                if (opcode == RawClient.Text)
                    await client.WriteAsync(Up("echo"));
            }
        }
    }

    [Fact]
    public async Task P09_Names_of_channels_and_codes_that_a_peer_invents_are_in_no_metric()
    {
        const int Count = 5000;
        await using var room = await HostileRoom.StartAsync(options => options.MessageErrorLimit = int.MaxValue);
        await using (var attacker = await room.JoinAsync())
        {
            var frames = Enumerable.Range(0, Count).Select(i => RawClient.Frame($$$"""{"channel":"invented-{{{i}}}"}"""));
            await attacker.WriteAsync([.. frames.SelectMany(bytes => bytes)]);
            await Wait.UntilAsync(() => room.Room.Metrics["message.errors UnknownChannel"], count => count == Count);
            await attacker.ReadTextAsync();
        }
        foreach (var code in new[] { 3000, 3999, 4000, 4001, 4407, 4999 })
        {
            await using var attacker = await room.JoinAsync();
            await attacker.LeaveAsync(code);
        }
        await Wait.UntilAsync(() => room.Room.Metrics["disconnects application"], count => count == 4);
        Assert.Equal(2, room.Room.Metrics["disconnects other"]);
        string[] expected =
        [
            "active_connections",
            "connection.duration 1006", "connection.duration application", "connection.duration other",
            "disconnects 1006", "disconnects application", "disconnects other",
            "handshake.duration accepted", "handshakes accepted",
            "message.errors UnknownChannel _OTHER",
            "message.io _OTHER receive", "message.io _system:error transmit", "message.io _system:status:ready transmit",
            "messages _OTHER receive", "messages _system:error transmit", "messages _system:status:ready transmit",
            "queue.usage receive", "queue.usage transmit",
        ];
        // Whether an answer was on its way as the attacker left is a matter of time.
        var names = room.Room.Metrics.Names.Except(["message.dropped transmit"]);
        Assert.Equal(expected, names.Order(StringComparer.Ordinal));
        Assert.All(room.Room.Errors.All, error => Assert.Null(error.Channel));
    }

    [Fact]
    public async Task P10_Nothing_that_a_peer_says_is_in_the_log()
    {
        const string Forged = "\r\nfail: forged\u2028\u001b[31m\u202e";
        await using var room = await HostileRoom.StartAsync();
        await using (var attacker = await room.JoinAsync())
        {
            await attacker.SendAsync("""{"channel":"\r\nfail: forged\u2028\u001b[31m"}""");
            await attacker.SendAsync(Forged);
            await attacker.SendAsync("""{"channel":"say","message":{"text":1,"\r\nfail: forged":2}}""");
            await attacker.SendCloseAsync(4000, Forged);
            await attacker.ReadCloseAsync();
            Assert.Equal(Forged, (await room.Room.Disconnected.NextAsync()).Disconnect.Reason);
        }
        await room.ClosesAsync(new ClientFrame(8, [0x0F, 0xA0, .. new byte[1_000_000]]).Encode(), 1002);
        Assert.Empty(room.Room.Log.Lines);
    }
}
