using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Hosting;

namespace TypedChannels.Tests.Client.Reconnecting;

public class ReconnectTests
{
    [Fact]
    public async Task Client_whose_connection_is_killed_comes_back_with_its_handlers_and_its_names()
    {
        var named = new Seen<string>();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server);
        await using var _ = client;
        using var registration = client.Client.On("room:1", Contracts.ChannelJsonContext.Default.Down, async down => named.Add(down.Text));
        for (var i = 1; i <= 3; i++)
        {
            line.Kill();
            var told = await client.Reconnecting.NextAsync();
            Assert.Equal((i, TimeSpan.Zero, 1006, null), (told.Attempt, told.Delay, told.Lost.Code, told.Failure));
            line = await Line.AcceptAsync(server);
            Assert.Equal(new Reconnected(i), await client.Reconnected.NextAsync());
            Assert.True(client.Client.IsAlive);
            await line.SendDownAsync($"{i}");
            Assert.Equal($"{i}", await client.Heard.NextAsync());
            await line.Stream.WriteAsync(FakeServer.Text("""{"channel":"room:1","message":{"text":"x"}}"""));
            Assert.Equal("x", await named.NextAsync());
            await client.Client.SendUpAsync(new Up($"{i}"));
            Assert.Equal($"{i}", await line.HearAsync());
        }
        Assert.Empty(client.Ended.All);
    }

    [Fact]
    public async Task Client_whose_server_restarts_comes_back_and_is_told_one_end()
    {
        await using var room = await Room.StartAsync();
        var port = room.Server.Port;
        await using var client = ReturningClient.New(
            new Uri($"ws://127.0.0.1:{port}/"),
            reconnect: reconnect => (reconnect.Chance, reconnect.MaxDelay) = (() => 0.05, TimeSpan.FromSeconds(2)));
        await client.Client.ConnectAsync().Within();
        await room.Connected.NextAsync();
        await room.Server.StopAsync().Within();
        Assert.Equal(1001, (await client.Reconnecting.NextAsync()).Lost.Code);
        // Refused, meanwhile, and told so.
        var refused = await client.Reconnecting.NextAsync();
        Assert.Equal((2, ClientErrors.ConnectionRefused), (refused.Attempt, refused.Failure?.Code));
        await using var again = await Room.StartAsync(options => options.Port = port);
        await client.Reconnected.NextAsync();
        await again.Connected.NextAsync();
        await again.Server.EmitDownAsync(new Down("again"));
        Assert.Equal("again", await client.Heard.NextAsync());
        await client.Client.DisconnectAsync().Within();
        Assert.Equal(1000, (await client.Ended.NextAsync()).Code);
        Assert.Single(client.Ended.All);
    }

    [Fact]
    public async Task Client_whose_server_stalls_comes_back_after_ping_interval_and_timeout()
    {
        var time = new FakeTimeProvider();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server, options => options.TimeProvider = time);
        await using var _ = client;
        await using var stalled = line;
        time.Advance(TimeSpan.FromSeconds(24));
        Assert.True(client.Client.IsAlive);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1006, (await client.Reconnecting.NextAsync()).Lost.Code);
        await using var next = await Line.AcceptAsync(server);
        await client.Reconnected.NextAsync();
        Assert.True(client.Client.IsAlive);
    }

    [Fact]
    public async Task Attempts_wait_longer_and_longer_up_to_the_cap_and_go_on_for_ever()
    {
        var fake = new FakeTimeProvider();
        var time = new RecordedTime(fake);
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server, options => options.TimeProvider = time, reconnect =>
        {
            reconnect.Chance = () => 0.5;
            reconnect.MaxDelay = TimeSpan.FromSeconds(6);
        });
        await using var _ = client;
        line.Kill();
        foreach (var (attempt, seconds) in new[] { (1, 0.5), (2, 1), (3, 2), (4, 3), (5, 3), (6, 3) })
        {
            var told = await client.Reconnecting.NextAsync();
            Assert.Equal((attempt, TimeSpan.FromSeconds(seconds)), (told.Attempt, told.Delay));
            Assert.Equal(attempt == 1 ? null : ClientErrors.HandshakeFailed, told.Failure?.Code);
            // What is told is what is waited for.
            while (await time.Delays.NextAsync() != told.Delay)
            {
            }
            fake.Advance(told.Delay);
            await server.HangUpAsync();
        }
    }

    [Fact]
    public async Task Connection_that_does_not_last_does_not_shorten_the_delays_and_one_that_lasts_does()
    {
        var time = new FakeTimeProvider();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server, options => options.TimeProvider = time);
        await using var _ = client;
        foreach (var attempt in new[] { 1, 2, 3 })
        {
            line.Kill();
            Assert.Equal(attempt, (await client.Reconnecting.NextAsync()).Attempt);
            line = await Line.AcceptAsync(server);
            Assert.Equal(attempt, (await client.Reconnected.NextAsync()).Attempts);
        }
        for (var i = 0; i < 2; i++)
        {
            time.Advance(TimeSpan.FromSeconds(15));
            // It answers, or it would be taken for dead.
            await line.SendDownAsync("alive");
            await client.Heard.NextAsync();
        }
        line.Kill();
        Assert.Equal(1, (await client.Reconnecting.NextAsync()).Attempt);
    }

    [Fact]
    public async Task Client_gives_up_after_as_many_attempts_as_it_may_and_says_why()
    {
        var log = new LogSink();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(
            server, options => options.LoggerFactory = log, reconnect => reconnect.MaxAttempts = 3);
        await using var _ = client;
        line.Kill();
        for (var i = 0; i < 3; i++)
            await server.HangUpAsync();
        var ended = await client.Ended.NextAsync();
        Assert.Equal((1006, ClientErrors.HandshakeFailed), (ended.Code, Assert.IsType<ClientException>(ended.Exception).Code));
        Assert.Equal(3, client.Reconnecting.All.Count);
        Assert.Contains(log.Lines, entry => entry.Text.Contains("no further attempt", StringComparison.Ordinal));
        // It may connect again, and its attempts are counted anew.
        var connecting = client.Client.ConnectAsync();
        line = await Line.AcceptAsync(server);
        await connecting.Within();
        line.Kill();
        await client.Reconnecting.NextAsync(3);
        Assert.Equal(1, (await client.Reconnecting.NextAsync()).Attempt);
    }

    [Fact]
    public async Task Client_that_was_not_told_to_does_not_come_back()
    {
        var ended = new Seen<Disconnect>();
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri });
        client.OnReconnecting += _ => throw new InvalidOperationException();
        client.OnDisconnect += async disconnect => ended.Add(disconnect);
        var connecting = client.ConnectAsync();
        var line = await Line.AcceptAsync(server);
        await connecting.Within();
        line.Kill();
        Assert.Equal(1006, (await ended.NextAsync()).Code);
    }

    [Fact]
    public async Task First_connect_is_not_tried_again()
    {
        await using var server = new FakeServer();
        await using var client = ReturningClient.New(server.Uri);
        var connecting = client.Client.ConnectAsync();
        await server.HangUpAsync();
        var failure = await Assert.ThrowsAsync<ClientException>(() => connecting.Within());
        Assert.Equal(ClientErrors.HandshakeFailed, failure.Code);
        Assert.Empty(client.Reconnecting.All);
        Assert.Empty(client.Ended.All);
    }

    [Fact]
    public async Task Second_connect_while_it_comes_back_fails_with_AlreadyConnecting()
    {
        var time = new RecordedTime(new FakeTimeProvider());
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(
            server, options => options.TimeProvider = time, reconnect => reconnect.Chance = () => 0.5);
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        var failure = await Assert.ThrowsAsync<ClientException>(() => client.Client.ConnectAsync().Within());
        Assert.Equal(ClientErrors.AlreadyConnecting, failure.Code);
        Assert.False(client.Client.IsAlive);
    }

    [Fact]
    public async Task Nothing_runs_on_once_a_client_that_came_back_is_disposed_of()
    {
        var time = new CountingTime();
        await using var room = await Room.StartAsync();
        var client = ReturningClient.New(room.Uri, options => options.TimeProvider = time);
        await client.Client.ConnectAsync().Within();
        for (var i = 0; i < 3; i++)
        {
            (await room.Connected.NextAsync()).Core.Abort();
            await client.Reconnected.NextAsync();
        }
        await client.DisposeAsync();
        await Wait.UntilAsync(() => time.Timers, timers => timers == 0);
        await Wait.UntilAsync(() => room.Server.ConnectionCount, count => count == 0);
        Assert.Single(client.Ended.All);
    }
}
