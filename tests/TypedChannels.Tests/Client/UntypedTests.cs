using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Client;

/// <summary>Channels whose names are known only at run time, at a client.</summary>
public class UntypedTests
{
    private static Contracts.ChannelJsonContext Json => Contracts.ChannelJsonContext.Default;

    [Fact]
    public async Task Messages_go_both_ways_on_a_name_that_no_contract_has()
    {
        var up = new Seen<Say>();
        var empty = new Seen<Tick>();
        var down = new Seen<Say>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.On("room:1", Json.Say, async (_, say) => up.Add(say));
            server.On("room:2", Json.Tick, async (_, tick) => empty.Add(tick));
        });
        await using var client = await room.ConnectAsync();
        using var registration = client.On("room:1", Json.Say, async say => down.Add(say));
        var connection = await room.Connected.NextAsync();
        var odd = "é < \" \\ \u0001 🙂";
        await client.SendAsync("room:1", new Say(odd, 1), Json.Say);
        Assert.Equal(new Say(odd, 1), await up.NextAsync());
        await client.SendAsync("room:2");
        await empty.NextAsync();
        await connection.SendAsync("room:1", new Say(odd, 2), Json.Say);
        await room.Server.EmitAsync("room:1", new Say(odd, 3), Json.Say);
        Assert.Equal([new Say(odd, 2), new Say(odd, 3)], await down.NextAsync(2));
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Channel_of_the_contract_may_be_sent_on_by_its_name()
    {
        var handled = new Seen<Up>();
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += async (_, up) => handled.Add(up));
        await using var client = await room.ConnectAsync();
        await client.SendAsync("up", new Up("x"), Json.Up);
        Assert.Equal(new Up("x"), await handled.NextAsync());
    }

    [Fact]
    public async Task Registration_outlives_the_connection_and_is_made_before_it()
    {
        var heard = new Seen<string>();
        var gone = new Seen<Disconnect>();
        await using var room = await Room.StartAsync();
        await using var client = new RoomClient(new ClientOptions { Uri = room.Uri });
        client.OnDisconnect += async disconnect => gone.Add(disconnect);
        using var registration = client.On("room:1", Json.Down, async down => heard.Add(down.Text));
        for (var i = 0; i < 3; i++)
        {
            await client.ConnectAsync().Within();
            var connection = await room.Connected.NextAsync();
            await connection.SendAsync("room:1", new Down($"{i}"), Json.Down);
            Assert.Equal($"{i}", await heard.NextAsync());
            await connection.DisconnectAsync().Within();
            await gone.NextAsync();
        }
    }

    [Fact]
    public async Task What_does_not_fit_is_InvalidMessage_a_failure_HandlerFailed_and_a_removed_name_UnknownChannel()
    {
        var errors = new Seen<MessageError>();
        await using var room = await Room.StartAsync();
        await using var client = await room.ConnectAsync(client => client.OnMessageError += errors.Add);
        var connection = await room.Connected.NextAsync();
        var registration = client.On("room:1", Json.Down, _ => throw new InvalidOperationException("on purpose"));
        await connection.SendAsync("room:1");
        var invalid = await errors.NextAsync();
        Assert.Equal((ConnectionErrors.InvalidMessage, "room:1"), (invalid.Code, invalid.Channel));
        await connection.SendAsync("room:1", new Down("x"), Json.Down);
        var failed = await errors.NextAsync();
        Assert.Equal((ConnectionErrors.HandlerFailed, "room:1"), (failed.Code, failed.Channel));
        registration.Dispose();
        registration.Dispose();
        await connection.SendAsync("room:1", new Down("x"), Json.Down);
        var unknown = await errors.NextAsync();
        Assert.Equal((ConnectionErrors.UnknownChannel, null), (unknown.Code, unknown.Channel));
        Assert.True(client.IsAlive);
    }

    [Fact]
    public async Task Handler_removes_itself_and_sends_within_itself()
    {
        var answers = new Seen<Say>();
        await using var room = await Room.StartAsync(prepare: server => server.On("answer", Json.Say, async (_, say) => answers.Add(say)));
        await using var client = await room.ConnectAsync();
        var connection = await room.Connected.NextAsync();
        IDisposable? registration = null;
        registration = client.On("ask", Json.Say, async say =>
        {
            registration!.Dispose();
            client.On("ask", Json.Say, later => client.SendAsync("answer", later with { Text = "later" }, Json.Say));
            await client.SendAsync("answer", say with { Text = "first" }, Json.Say);
        });
        await connection.SendAsync("ask", new Say("x", 1), Json.Say);
        await connection.SendAsync("ask", new Say("x", 2), Json.Say);
        Assert.Equal([new Say("first", 1), new Say("later", 2)], await answers.NextAsync(2));
    }

    [Theory]
    [InlineData("say", "OnSay")]
    [InlineData("down", "OnDown")]
    public void Channel_that_the_client_receives_by_its_contract_is_refused_with_its_event(string name, string @event)
    {
        var client = new RoomClient();
        var refused = Assert.Throws<ArgumentException>("channel", () => client.On(name, Json.Say, _ => default));
        Assert.Contains(@event, refused.Message, StringComparison.Ordinal);
        // The client only sends on this one.
        client.On("up", Json.Up, _ => default).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\nb")]
    [InlineData("_system:status:ready")]
    public void Name_that_no_channel_may_have_is_refused_by_every_member(string name)
    {
        var client = new RoomClient();
        Assert.Throws<ArgumentException>("channel", () => client.On(name, Json.Say, _ => default));
        Assert.Throws<ArgumentException>("channel", () => { _ = client.SendAsync(name).AsTask(); });
        Assert.Throws<ArgumentException>("channel", () => { _ = client.SendAsync(name, new Say("x"), Json.Say).AsTask(); });
        Assert.Throws<ArgumentNullException>("handler", () => client.On("x", Json.Say, null!));
    }

    [Fact]
    public async Task Client_that_is_not_connected_is_NotAlive_and_too_long_a_message_MessageTooLarge()
    {
        await using var room = await Room.StartAsync();
        await using var client = new RoomClient(new ClientOptions { Uri = room.Uri, SendQueueBytes = 4096 });
        await FailsAsync(ClientErrors.NotAlive, client.SendAsync("room:1"));
        await FailsAsync(ClientErrors.NotAlive, client.SendAsync("room:1", new Say("x"), Json.Say));
        await client.ConnectAsync().Within();
        await FailsAsync(ClientErrors.MessageTooLarge, client.SendAsync("room:1", new Say(new string('x', 5000)), Json.Say));
        Assert.True(client.IsAlive);
        await client.DisconnectAsync().Within();
        await FailsAsync(ClientErrors.NotAlive, client.SendAsync("room:1"));
    }

    private static async Task FailsAsync(ClientErrors code, ValueTask send) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ClientException>(async () => await send)).Code);
}
