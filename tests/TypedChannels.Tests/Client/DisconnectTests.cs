using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Client;

public class DisconnectTests
{
    [Fact]
    public async Task Both_sides_are_told_of_the_clients_close()
    {
        var disconnects = new Seen<Disconnect>();
        await using var room = await Room.StartAsync();
        await using var client = await room.ConnectAsync(client => client.OnDisconnect += async disconnect => disconnects.Add(disconnect));
        await client.DisconnectAsync(4001, "enough").Within();
        Assert.False(client.IsAlive);
        Assert.Equal(new Disconnect(4001, "enough", true), await disconnects.NextAsync());
        Assert.Equal(new Disconnect(4001, "enough", true), (await room.Disconnected.NextAsync()).Disconnect);
    }

    [Fact]
    public async Task Both_sides_are_told_of_the_servers_close()
    {
        var disconnects = new Seen<Disconnect>();
        await using var room = await Room.StartAsync();
        await using var client = await room.ConnectAsync(client => client.OnDisconnect += async disconnect => disconnects.Add(disconnect));
        var connection = await room.Connected.NextAsync();
        await connection.DisconnectAsync(4002, "out").Within();
        Assert.Equal(new Disconnect(4002, "out", true), await disconnects.NextAsync());
    }

    [Fact]
    public async Task Stop_of_the_server_is_told_as_1001()
    {
        var disconnects = new Seen<Disconnect>();
        await using var room = await Room.StartAsync();
        await using var client = await room.ConnectAsync(client => client.OnDisconnect += async disconnect => disconnects.Add(disconnect));
        await room.Connected.NextAsync();
        await room.Server.StopAsync().Within();
        Assert.Equal((1001, true), (await disconnects.NextAsync()) is var told ? (told.Code, told.WasClean) : default);
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Lost_server_is_told_as_1006()
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
        }
        Assert.Equal(new Disconnect(1006, "", false), await disconnects.NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_connects_again_after_and_inside_its_disconnect_handler(bool inside)
    {
        const int Times = 5;
        var again = new Seen<int>();
        var heard = new Seen<Down>();
        await using var room = await Room.StartAsync();
        var count = 0;
        await using var client = await room.ConnectAsync(client =>
        {
            client.OnDown += async message => heard.Add(message);
            client.OnDisconnect += async _ =>
            {
                if (inside && count < Times)
                    await client.ConnectAsync();
                again.Add(++count);
            };
        });
        for (var i = 1; i <= Times; i++)
        {
            var connection = await room.Connected.NextAsync();
            await connection.DisconnectAsync(4000 + i).Within();
            Assert.Equal(i, await again.NextAsync());
            if (!inside)
                await client.ConnectAsync().Within();
            await room.Server.EmitDownAsync(new Down($"{i}"));
            Assert.Equal($"{i}", (await heard.NextAsync()).Text);
        }
    }

    [Fact]
    public async Task Client_connects_again_as_soon_as_its_own_DisconnectAsync_has_ended()
    {
        await using var room = await Room.StartAsync();
        // Many at once, so that threads are taken from each other in between.
        await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => Task.Run(async () =>
        {
            await using var client = await room.ConnectAsync();
            for (var i = 0; i < 100; i++)
            {
                await client.DisconnectAsync().Within();
                await client.ConnectAsync().Within();
            }
        })));
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task DisconnectAsync_inside_a_message_handler_completes()
    {
        var done = new TaskCompletionSource();
        await using var room = await Room.StartAsync();
        await using var client = await room.ConnectAsync(client => client.OnTick += async _ =>
        {
            await client.DisconnectAsync(4003);
            done.SetResult();
        });
        await room.Connected.NextAsync();
        await room.Server.EmitTickAsync();
        await done.Task.Within();
        Assert.Equal(4003, (await room.Disconnected.NextAsync()).Disconnect.Code);
    }

    [Fact]
    public async Task Close_that_the_server_does_not_answer_is_cut_at_the_close_timeout()
    {
        var time = new FakeTimeProvider();
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri, TimeProvider = time });
        var connecting = client.ConnectAsync();
        await using var stream = await server.HandshakeAsync();
        await stream.WriteAsync(FakeServer.Ready);
        await connecting.Within();
        var closed = client.DisconnectAsync().AsTask();
        Assert.Equal(1000, await FakeServer.ReadCloseAsync(stream));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(closed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        await closed.Within();
        Assert.False(client.IsAlive);
    }

    [Fact]
    public async Task DisposeAsync_sends_what_is_queued()
    {
        const int Count = 200;
        var received = new Seen<int>();
        await using var room = await Room.StartAsync(prepare: server => server.OnSay += async (_, message) => received.Add(message.Number));
        var client = await room.ConnectAsync();
        for (var i = 0; i < Count; i++)
            await client.SendSayAsync(new Say(new string('x', 1000), i));
        await client.DisposeAsync().AsTask().Within();
        Assert.Equal(new Disconnect(1000, "", true), (await room.Disconnected.NextAsync()).Disconnect);
        Assert.True(received.All.SequenceEqual(Enumerable.Range(0, Count)));
    }

    [Fact]
    public async Task DisposeAsync_does_not_throw_in_any_state_and_is_the_end()
    {
        await using var room = await Room.StartAsync();
        var client = new RoomClient(new ClientOptions { Uri = room.Uri });
        await client.DisposeAsync().AsTask().Within();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ConnectAsync());

        var connected = await room.ConnectAsync();
        await connected.DisposeAsync().AsTask().Within();
        await connected.DisposeAsync().AsTask().Within();
        var late = await Assert.ThrowsAsync<ClientException>(() => connected.SendTickAsync().AsTask());
        Assert.Equal(ClientErrors.NotAlive, late.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DisposeAsync_while_the_client_connects_gives_up(bool handshakes)
    {
        await using var server = new FakeServer();
        var client = new RoomClient(new ClientOptions { Uri = server.Uri });
        var connecting = client.ConnectAsync();
        await using var stream = handshakes
            ? await server.HandshakeAsync()
            : new System.Net.Sockets.NetworkStream(await server.AcceptAsync(), ownsSocket: true);
        await client.DisposeAsync().AsTask().Within();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => connecting.Within());
        Assert.False(client.IsAlive);
    }

    [Fact]
    public async Task Client_that_connects_again_by_itself_stays_away_once_it_is_disposed_of()
    {
        var refused = new TaskCompletionSource();
        await using var room = await Room.StartAsync();
        var client = await room.ConnectAsync(client => client.OnDisconnect += async _ =>
        {
            try
            {
                await client.ConnectAsync();
            }
            catch (ObjectDisposedException)
            {
                refused.SetResult();
            }
        });
        await client.DisposeAsync().AsTask().Within();
        await refused.Task.Within();
        await room.Disconnected.NextAsync();
        Assert.Single(room.Connected.All);
    }

    [Fact]
    public async Task Silent_server_is_dropped_after_ping_interval_and_timeout()
    {
        var time = new FakeTimeProvider();
        var disconnects = new Seen<Disconnect>();
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri, TimeProvider = time });
        client.OnDisconnect += async disconnect => disconnects.Add(disconnect);
        var connecting = client.ConnectAsync();
        await using var stream = await server.HandshakeAsync();
        await stream.WriteAsync(FakeServer.Ready);
        await connecting.Within();
        time.Advance(TimeSpan.FromSeconds(24));
        Assert.True(client.IsAlive);
        // Whatever is heard counts, a pong too.
        await stream.WriteAsync((byte[])[.. FakeServer.Frame(RawClient.Pong, []), .. FakeServer.Frame(RawClient.Ping, [])]);
        await FakeServer.ReadFrameAsync(stream);
        time.Advance(TimeSpan.FromSeconds(24));
        Assert.True(client.IsAlive);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1006, false), (await disconnects.NextAsync()) is var told ? (told.Code, told.WasClean) : default);
    }

    [Fact]
    public async Task Handler_that_holds_its_thread_is_not_the_servers_silence()
    {
        var time = new FakeTimeProvider();
        var (heard, disconnects) = (new Seen<string>(), new Seen<Disconnect>());
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri, TimeProvider = time });
        client.OnDisconnect += async disconnect => disconnects.Add(disconnect);
        client.OnDown += message =>
        {
            for (var i = 0; i < 60; i++)
                time.Advance(TimeSpan.FromMinutes(1));
            heard.Add(message.Text);
            return default;
        };
        var connecting = client.ConnectAsync();
        await using var line = await Reconnecting.Line.AcceptAsync(server);
        await connecting.Within();
        await line.SendDownAsync("first");
        Assert.Equal("first", await heard.NextAsync());
        time.Advance(TimeSpan.FromSeconds(24));
        await line.SendDownAsync("second");
        Assert.Equal("second", await heard.NextAsync());
        Assert.True(client.IsAlive);
        Assert.Empty(disconnects.All);
    }
}
