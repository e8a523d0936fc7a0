using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Client.Reconnecting;

/// <summary>The caller ends a client that is about to come back, in whatever state that is.</summary>
public class ReconnectEndTests
{
    public enum State
    {
        /// <summary>The delay runs.</summary>
        Waiting,

        /// <summary>TCP is there, the handshake is not answered.</summary>
        Dialling,

        /// <summary>The handshake is done, the ready message has not come.</summary>
        GettingReady,

        /// <summary>A token is waited for, by a provider that heeds nothing.</summary>
        AskingForAToken,
    }

    public static TheoryData<State, bool> All
    {
        get
        {
            var all = new TheoryData<State, bool>();
            foreach (var state in Enum.GetValues<State>())
            {
                all.Add(state, false);
                all.Add(state, true);
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Disconnect_and_dispose_end_a_way_back_at_once(State state, bool dispose)
    {
        var asked = new Seen<int>();
        // Its hands never move: what ends, ends by the call.
        var time = new FakeTimeProvider();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(
            server,
            options =>
            {
                options.TimeProvider = time;
                options.TokenProvider = async _ =>
                {
                    asked.Add(0);
                    if (state == State.AskingForAToken && asked.All.Count > 1)
                        await new TaskCompletionSource().Task;
                    return null;
                };
            },
            reconnect => (reconnect.Chance, reconnect.WaitingSendBytes) = (() => state == State.Waiting ? 0.5 : 0, 1000));
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        var waits = client.Client.SendUpAsync(new Up("x")).AsTask();
        await using var open = state switch
        {
            State.Dialling => new System.Net.Sockets.NetworkStream(await server.AcceptAsync(), ownsSocket: true),
            State.GettingReady => await server.HandshakeAsync(),
            _ => Stream.Null,
        };
        if (state == State.AskingForAToken)
            await asked.NextAsync(2);
        Assert.False(waits.IsCompleted);
        await (dispose ? client.Client.DisposeAsync() : client.Client.DisconnectAsync()).Within();
        Assert.Equal(ClientErrors.NotAlive, (await Assert.ThrowsAsync<ClientException>(() => waits.Within())).Code);
        var ended = await client.Ended.NextAsync();
        Assert.Equal((1006, null), (ended.Code, ended.Exception));
        // Nothing is left open, and where that may be, the next connection is another.
        await FakeServer.ReadToEndAsync(open);
        Assert.False(client.Client.IsAlive);
        Assert.Single(client.Ended.All);
        if (dispose || state == State.AskingForAToken)
            return;
        var connecting = client.Client.ConnectAsync();
        await using var next = await Line.AcceptAsync(server);
        await connecting.Within();
        Assert.True(client.Client.IsAlive);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disconnect_and_dispose_inside_the_events_handlers_complete(bool dispose)
    {
        foreach (var inReconnected in new[] { false, true })
        {
            var done = new TaskCompletionSource();
            await using var server = new FakeServer();
            var (client, line) = await ReturningClient.ConnectAsync(server, options => options.TimeProvider = new FakeTimeProvider());
            await using var _ = client;
            client.Client.OnReconnecting += _ => inReconnected ? default : EndAsync();
            client.Client.OnReconnected += _ => inReconnected ? EndAsync() : default;
            line.Kill();
            if (inReconnected)
            {
                await using var again = await Line.AcceptAsync(server);
                await FakeServer.ReadCloseAsync(again.Stream);
                await again.Stream.WriteAsync(FakeServer.Close(1000));
            }
            await done.Task.Within();
            await client.Ended.NextAsync();
            Assert.Single(client.Reconnecting.All);

            async ValueTask EndAsync()
            {
                await (dispose ? client.Client.DisposeAsync() : client.Client.DisconnectAsync());
                done.SetResult();
            }
        }
    }

    [Fact]
    public async Task Clients_own_disconnect_brings_nobody_back_though_the_server_answers_with_a_passing_fault()
    {
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server, reconnect: reconnect => reconnect.ShouldReconnect = _ => true);
        await using var _ = client;
        var disconnecting = client.Client.DisconnectAsync(4000).AsTask();
        Assert.Equal(4000, await FakeServer.ReadCloseAsync(line.Stream));
        line.Kill();
        await disconnecting.Within();
        await client.Ended.NextAsync();
        Assert.Empty(client.Reconnecting.All);
    }

    [Fact]
    public async Task Disconnect_of_a_connection_that_is_lost_but_has_a_handler_running_keeps_it_from_coming_back()
    {
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server);
        await using var _ = client;
        client.Client.OnDown += async _ =>
        {
            entered.SetResult();
            await go.Task;
        };
        await line.SendDownAsync("x");
        await entered.Task.Within();
        line.Kill();
        await Wait.UntilAsync(() => client.Client.IsAlive, isAlive => !isAlive);
        await client.Client.DisconnectAsync().Within();
        go.SetResult();
        await client.Ended.NextAsync();
        Assert.Empty(client.Reconnecting.All);
    }

    [Fact]
    public async Task Handlers_that_never_end_hold_up_the_way_back_for_the_close_timeout_and_no_longer()
    {
        var log = new LogSink();
        var never = new TaskCompletionSource();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(
            server, options => (options.CloseTimeout, options.LoggerFactory) = (TimeSpan.FromMilliseconds(50), log));
        await using var _ = client;
        client.Client.OnReconnecting += _ => new ValueTask(never.Task);
        client.Client.OnReconnected += _ => new ValueTask(never.Task);
        for (var i = 1; i <= 3; i++)
        {
            line.Kill();
            line = await Line.AcceptAsync(server);
            Assert.Equal(i, (await client.Reconnected.NextAsync()).Attempts);
        }
        Assert.Contains(log.Lines, entry => entry.Text.Contains("still runs after the close timeout", StringComparison.Ordinal));
        never.SetResult();
    }

    [Fact]
    public async Task Return_is_told_before_the_end_though_the_server_closes_at_once()
    {
        for (var i = 0; i < 20; i++)
        {
            var events = new Seen<string>();
            await using var server = new FakeServer();
            var (client, line) = await ReturningClient.ConnectAsync(server);
            await using var _ = client;
            client.Client.OnReconnected += async _ => events.Add("reconnected");
            client.Client.OnDisconnect += async end => events.Add($"ended {end.Code}");
            line.Kill();
            await using var again = await server.HandshakeAsync();
            await again.WriteAsync((byte[])[.. FakeServer.Ready, .. FakeServer.Close(1000)]);
            await events.NextAsync(2);
            Assert.Equal(["reconnected", "ended 1000"], events.All);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task End_is_told_when_all_handlers_of_the_return_have_ended_and_what_waits_fails_before(int waitingSendBytes)
    {
        var (go, events) = (new TaskCompletionSource(), new Seen<string>());
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(
            server, options => options.TimeProvider = new FakeTimeProvider(), reconnect => reconnect.WaitingSendBytes = waitingSendBytes);
        await using var _ = client;
        client.Client.OnReconnected += _ => new ValueTask(go.Task);
        client.Client.OnReconnected += async _ => events.Add("reconnected");
        client.Client.OnDisconnect += async _ => events.Add("ended");
        line.Kill();
        await using var again = await Line.AcceptAsync(server);
        await client.Reconnected.NextAsync();
        // Another flow than the handlers': with a bound it waits for them.
        var waits = client.Client.SendUpAsync(new Up("x")).AsTask();
        Assert.Equal(waitingSendBytes == 0, waits.IsCompleted);
        await again.CloseAsync(1000);
        await Wait.UntilAsync(() => client.Client.Core, core => core is null);
        if (waitingSendBytes > 0)
            Assert.Equal(ClientErrors.NotAlive, (await Assert.ThrowsAsync<ClientException>(() => waits.Within())).Code);
        go.SetResult();
        await events.NextAsync(2);
        Assert.Equal(["reconnected", "ended"], events.All);
    }

    [Fact]
    public async Task Handler_that_fails_is_logged_and_the_client_comes_back_all_the_same()
    {
        var log = new LogSink();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server, options => options.LoggerFactory = log);
        await using var _ = client;
        client.Client.OnReconnecting += _ => throw new FormatException("in reconnecting");
        client.Client.OnReconnected += _ => throw new FormatException("in reconnected");
        for (var i = 1; i <= 2; i++)
        {
            line.Kill();
            line = await Line.AcceptAsync(server);
            await client.Reconnected.NextAsync();
        }
        line.Kill();
        await Wait.UntilAsync(() => (Logged("in reconnecting"), Logged("in reconnected")), counts => counts == (3, 2));

        int Logged(string what) => log.Lines.Count(entry => entry.Text.Contains(what, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 10_000)]
    [InlineData(4, 10_000)]
    public async Task Each_connect_that_succeeds_is_told_one_end_whatever_many_threads_do_and_whatever_is_cut(int seed, int waitingSendBytes)
    {
        const int Threads = 4, Goal = 10;
        int connects = 0, ends = 0, returns = 0;
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += (connection, up) =>
        {
            if (up.Text == "cut")
                connection.Core.Abort();
            return up.Text == "close" ? new ValueTask(connection.DisconnectAsync(4001).AsTask()) : default;
        });
        await using var client = ReturningClient.New(room.Uri, reconnect: reconnect => reconnect.WaitingSendBytes = waitingSendBytes);
        client.Client.OnDisconnect += async _ => Interlocked.Increment(ref ends);
        client.Client.OnReconnected += async _ =>
        {
            Interlocked.Increment(ref returns);
            await client.Client.SendTickAsync();
        };
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            var random = new Random((seed * 100) + thread);
            while (Volatile.Read(ref connects) < Goal || Volatile.Read(ref returns) < Goal)
            {
                using var soon = new CancellationTokenSource(random.Next(20));
                try
                {
                    // A disconnect is rare, or hardly any way back would come to its end.
                    await (random.Next(1000) switch
                    {
                        0 => client.Client.DisconnectAsync(4000).AsTask(),
                        < 100 => client.Client.SendUpAsync(new Up("close"), soon.Token).AsTask(),
                        < 300 => client.Client.SendUpAsync(new Up("cut"), soon.Token).AsTask(),
                        < 500 => client.Client.SendUpAsync(new Up("x"), soon.Token).AsTask(),
                        < 600 => ConnectAsync(soon.Token),
                        _ => ConnectAsync(CancellationToken.None),
                    });
                }
                catch (ClientException)
                {
                    // Another thread was faster.
                    await Task.Yield();
                }
                catch (OperationCanceledException)
                {
                    // Given up.
                }
            }
        }))).Within();
        await client.Client.DisposeAsync().Within();
        await Wait.UntilAsync(() => (Volatile.Read(ref connects), Volatile.Read(ref ends)), counts => counts.Item1 == counts.Item2);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.Client.ConnectAsync());
        await Wait.UntilAsync(() => room.Server.ConnectionCount, count => count == 0);

        async Task ConnectAsync(CancellationToken cancellationToken)
        {
            await client.Client.ConnectAsync(cancellationToken);
            Interlocked.Increment(ref connects);
        }
    }

    [Fact]
    public async Task Options_that_were_spoilt_meanwhile_end_the_way_back_by_name()
    {
        var options = new ClientOptions { Reconnect = new ReconnectOptions { Chance = () => 0 } };
        var ended = new Seen<Disconnect>();
        await using var server = new FakeServer();
        options.Uri = server.Uri;
        await using var client = new RoomClient(options);
        client.OnDisconnect += async disconnect => ended.Add(disconnect);
        client.OnReconnecting += async _ => options.Uri = null;
        var connecting = client.ConnectAsync();
        var line = await Line.AcceptAsync(server);
        await connecting.Within();
        line.Kill();
        var failure = Assert.IsType<ArgumentException>((await ended.NextAsync()).Exception);
        Assert.Contains("ClientOptions.Uri", failure.Message, StringComparison.Ordinal);
    }
}
