using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Client;

public class MessageTests
{
    [Fact]
    public async Task Records_go_both_ways_on_channels_of_every_direction()
    {
        var up = new Seen<Up>();
        var said = new Seen<Say>();
        var heard = new Seen<Say>();
        var down = new Seen<Down>();
        var ticks = new Seen<Tick>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnUp += async (_, message) => up.Add(message);
            server.OnSay += async (_, message) => said.Add(message);
        });
        await using var client = await room.ConnectAsync(client =>
        {
            client.OnSay += async message => heard.Add(message);
            client.OnDown += async message => down.Add(message);
            client.OnTick += async message => ticks.Add(message);
        });
        var connection = await room.Connected.NextAsync();
        var odd = "é < \" \\ \u0001 🙂";

        await client.SendUpAsync(new Up(odd));
        Assert.Equal(new Up(odd), await up.NextAsync());
        await client.SendSayAsync(new Say(odd, int.MinValue));
        Assert.Equal(new Say(odd, int.MinValue), await said.NextAsync());
        await connection.SendSayAsync(new Say(odd, int.MaxValue));
        Assert.Equal(new Say(odd, int.MaxValue), await heard.NextAsync());
        await connection.SendDownAsync(new Down(odd));
        Assert.Equal(new Down(odd), await down.NextAsync());
        await connection.SendTickAsync();
        await ticks.NextAsync();
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task What_the_server_refuses_is_told_by_the_message_error_event()
    {
        var errors = new Seen<MessageError>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnSmall += (_, _) => default;
            server.OnUp += (_, _) => throw new InvalidOperationException("secret");
        });
        await using var client = await room.ConnectAsync(client => client.OnMessageError += errors.Add);
        await client.SendSmallAsync(new Small(new string('x', 100)));
        var refused = await errors.NextAsync();
        Assert.Equal((ConnectionErrors.MessageTooLarge, "small"), (refused.Code, refused.Channel));
        await client.SendUpAsync(new Up("x"));
        var failed = await errors.NextAsync();
        Assert.Equal((ConnectionErrors.HandlerFailed, "up"), (failed.Code, failed.Channel));
        Assert.DoesNotContain("secret", failed.ToString(), StringComparison.Ordinal);
        Assert.True(client.IsAlive);
    }

    public static TheoryData<string, ConnectionErrors, string?> Unreadable => new()
    {
        { "nonsense", ConnectionErrors.InvalidJson, null },
        { "", ConnectionErrors.InvalidJson, null },
        { "[]", ConnectionErrors.InvalidEnvelope, null },
        { """{"channel":"up","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel, null },
        { """{"channel":"_system:later","message":{}}""", ConnectionErrors.UnknownChannel, null },
        { """{"channel":"down","message":{}}""", ConnectionErrors.InvalidMessage, "down" },
        { """{"channel":"small","message":{"text":"0123456789012345678901234567890123456789012345678901234567890123456789"}}""", ConnectionErrors.MessageTooLarge, "small" },
        { """{"channel":"lonely","message":{"text":"x"}}""", ConnectionErrors.NoHandler, "lonely" },
        { """{"channel":"tick"}""", ConnectionErrors.HandlerFailed, "tick" },
        { """{"channel":"_system:error","message":{"code":"UnknownChannel"}}""", ConnectionErrors.UnknownChannel, null },
        { """{"channel":"_system:error","message":{"code":"InvalidMessage","channel":"up","later":{"a":[1]}}}""", ConnectionErrors.InvalidMessage, "up" },
        { """{"channel":"_system:error","message":{"code":"OfALaterVersion","channel":"up"}}""", ConnectionErrors.InvalidMessage, "up" },
        { """{"channel":"_system:error","message":{"code":"3"}}""", ConnectionErrors.InvalidMessage, null },
        { """{"channel":"_system:error","message":{"code":"999"}}""", ConnectionErrors.InvalidMessage, null },
        { """{"channel":"_system:error","message":{"code":7,"channel":[]}}""", ConnectionErrors.InvalidMessage, null },
        { """{"channel":"_system:error","message":{"code":"\ud800"}}""", ConnectionErrors.InvalidMessage, null },
        { """{"channel":"_system:error","message":{"code":"InvalidJson","channel":"\ud800"}}""", ConnectionErrors.InvalidJson, null },
        { """{"channel":"_system:error"}""", ConnectionErrors.InvalidMessage, null },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_the_client_cannot_process_is_told_and_harms_nothing(string text, ConnectionErrors code, string? channel)
    {
        var errors = new Seen<MessageError>();
        var heard = new Seen<Down>();
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri });
        client.OnMessageError += errors.Add;
        client.OnDown += async message => heard.Add(message);
        client.OnSmall += async _ => { };
        client.OnTick += _ => throw new InvalidOperationException("on purpose");
        var connecting = client.ConnectAsync();
        await using var stream = await server.HandshakeAsync();
        await stream.WriteAsync((byte[])[.. FakeServer.Ready, .. FakeServer.Text(text), .. FakeServer.Text("""{"channel":"down","message":{"text":"next"}}""")]);
        await connecting.Within();
        Assert.Equal(new Down("next"), await heard.NextAsync());
        var error = Assert.Single(errors.All);
        Assert.Equal((code, channel), (error.Code, error.Channel));
        Assert.True(client.IsAlive);
    }

    [Theory]
    [InlineData("binary", 1003)]
    [InlineData("too large", 1009)]
    public async Task Server_that_sends_what_no_message_can_be_is_left_and_the_client_connects_again(string what, int code)
    {
        var disconnects = new Seen<Disconnect>();
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri, MaxMessageBytes = 1000 });
        client.OnDisconnect += async disconnect => disconnects.Add(disconnect);
        var connecting = client.ConnectAsync();
        await using (var stream = await server.HandshakeAsync())
        {
            await stream.WriteAsync(FakeServer.Ready);
            await connecting.Within();
            await stream.WriteAsync(what == "binary" ? FakeServer.Frame(RawClient.Binary, [1, 2, 3]) : FakeServer.Text(new string('x', 2000)));
            Assert.Equal(code, await FakeServer.ReadCloseAsync(stream));
            await stream.WriteAsync(FakeServer.Close(code));
            var disconnect = await disconnects.NextAsync();
            Assert.Equal((code, false), (disconnect.Code, disconnect.WasClean));
        }
        await ConnectAgainAsync(client, server);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x81, 0x85, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    [InlineData(new byte[] { 0x81, 0x01, 0xff })]
    [InlineData(new byte[] { 0x80, 0x00 })]
    [InlineData(new byte[] { 0x88, 0x01, 0x00 })]
    public async Task Server_that_breaks_the_rules_is_left_as_1006_and_the_client_connects_again(byte[] bytes)
    {
        var disconnects = new Seen<Disconnect>();
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri });
        client.OnDisconnect += async disconnect => disconnects.Add(disconnect);
        var connecting = client.ConnectAsync();
        await using (var stream = await server.HandshakeAsync())
        {
            await stream.WriteAsync(FakeServer.Ready);
            await connecting.Within();
            await stream.WriteAsync(bytes);
            Assert.False((await disconnects.NextAsync()).WasClean);
        }
        await ConnectAgainAsync(client, server);
    }

    [Fact]
    public async Task Message_larger_than_the_send_queue_fails_with_MessageTooLarge_and_harms_nothing()
    {
        await using var room = await Room.StartAsync();
        await using var client = new RoomClient(new ClientOptions { Uri = room.Uri, SendQueueBytes = 1000 });
        await client.ConnectAsync().Within();
        var failure = await Assert.ThrowsAsync<ClientException>(() => client.SendUpAsync(new Up(new string('x', 1000))).AsTask());
        Assert.Equal(ClientErrors.MessageTooLarge, failure.Code);
        Assert.True(client.IsAlive);
    }

    [Fact]
    public async Task Server_that_does_not_read_fails_the_send_with_QueueFull_and_is_not_left()
    {
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri });
        var connecting = client.ConnectAsync();
        await using var stream = await server.HandshakeAsync();
        await stream.WriteAsync(FakeServer.Ready);
        await connecting.Within();
        var large = new Up(new string('x', 60_000));
        var failure = await Assert.ThrowsAsync<ClientException>(async () =>
        {
            while (true)
                await client.SendUpAsync(large);
        });
        Assert.Equal(ClientErrors.QueueFull, failure.Code);
        Assert.True(client.IsAlive);
        stream.Socket.LingerState = new System.Net.Sockets.LingerOption(enable: true, seconds: 0);
    }

    private static async Task ConnectAgainAsync(RoomClient client, FakeServer server)
    {
        Assert.False(client.IsAlive);
        var connecting = client.ConnectAsync();
        await using var stream = await server.HandshakeAsync();
        await stream.WriteAsync(FakeServer.Ready);
        await connecting.Within();
        Assert.True(client.IsAlive);
    }
}
