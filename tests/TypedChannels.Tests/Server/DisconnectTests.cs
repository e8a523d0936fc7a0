using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

public class DisconnectTests
{
    [Fact]
    public async Task Client_that_closes_is_told_with_its_code_and_reason()
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        await client.SendCloseAsync(4123, "bye");
        Assert.Equal((4123, ""), await client.ReadCloseAsync());
        await client.ReadEndAsync();
        var told = await room.Disconnected.NextAsync();
        Assert.Same(connection, told.Connection);
        Assert.Equal(new Disconnect(4123, "bye", true), told.Disconnect);
        Assert.True(connection.Aborted.IsCancellationRequested);
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Client_that_closes_without_a_code_is_told_as_1005()
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        await client.SendAsync(RawClient.Close, []);
        Assert.Equal((1005, ""), await client.ReadCloseAsync());
        Assert.Equal(new Disconnect(1005, "", true), (await room.Disconnected.NextAsync()).Disconnect);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_that_is_gone_without_a_close_is_told_as_1006_and_is_no_error(bool reset)
    {
        await using var room = await Room.StartAsync();
        var client = await room.JoinAsync();
        await room.Connected.NextAsync();
        if (reset)
            client.Kill();
        else
            await client.DisposeAsync();
        Assert.Equal(new Disconnect(1006, "", false), (await room.Disconnected.NextAsync()).Disconnect);
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Server_close_is_seen_by_the_client_after_what_was_queued()
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        await connection.SendDownAsync(new Down("last words"));
        var closed = connection.DisconnectAsync(4001, "enough").AsTask();
        Assert.False(connection.IsAlive);
        Assert.Equal("""{"channel":"down","message":{"text":"last words"}}""", await client.ReadTextAsync());
        Assert.Equal((4001, "enough"), await client.CloseBackAsync());
        await closed.Within();
        Assert.Equal(new Disconnect(4001, "enough", true), (await room.Disconnected.NextAsync()).Disconnect);

        var again = await Assert.ThrowsAsync<ConnectionException>(() => connection.DisconnectAsync().AsTask());
        Assert.Equal(ConnectionErrors.NotAlive, again.Code);
        var late = await Assert.ThrowsAsync<ConnectionException>(() => connection.SendDownAsync(new Down("late")).AsTask());
        Assert.Equal(ConnectionErrors.NotAlive, late.Code);
    }

    [Fact]
    public async Task Close_that_is_not_answered_is_cut_at_the_close_timeout()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var room = await Room.StartAsync(options => options.TimeProvider = time);
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        var closed = connection.DisconnectAsync(4001).AsTask();
        Assert.Equal((4001, ""), await client.ReadCloseAsync());
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(closed.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));
        await closed.Within();
        Assert.Equal(new Disconnect(4001, "", false), (await room.Disconnected.NextAsync()).Disconnect);
        await client.ReadEndAsync();
    }

    [Fact]
    public async Task Silent_client_is_pinged_and_dropped_as_1006_when_no_pong_comes()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var room = await Room.StartAsync(options => options.TimeProvider = time);
        await using var client = await room.JoinAsync();
        await room.Connected.NextAsync();
        for (var i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(16));
            Assert.Equal(RawClient.Ping, (await client.ReadFrameAsync()).Opcode);
            await client.SendAsync(RawClient.Pong, []);
            // What comes after the pong has been seen shows that the pong has been.
            await client.SendAsync(RawClient.Ping, [1]);
            Assert.Equal(RawClient.Pong, (await client.ReadFrameAsync()).Opcode);
        }
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal(RawClient.Ping, (await client.ReadFrameAsync()).Opcode);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(new Disconnect(1006, "", false), (await room.Disconnected.NextAsync()).Disconnect);
        await client.ReadEndAsync();
    }

    [Fact]
    public async Task Stopping_the_server_closes_with_1001()
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        await room.Connected.NextAsync();
        var stopping = room.Server.StopAsync();
        Assert.Equal((1001, "The server stops."), await client.CloseBackAsync());
        await stopping.Within();
        Assert.Equal(new Disconnect(1001, "The server stops.", true), Assert.Single(room.Disconnected.All).Disconnect);
    }

    [Fact]
    public async Task Every_disconnect_handler_runs_even_where_one_fails_the_servers_before_the_connections()
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnConnect += connection =>
            {
                connection.OnDisconnect += _ =>
                {
                    order.Add("connection");
                    return default;
                };
                return default;
            };
            server.OnDisconnect += (_, _) => throw new InvalidOperationException("on purpose");
            server.OnDisconnect += async (_, _) =>
            {
                await Task.Yield();
                order.Add("server");
            };
        });
        await using var client = await room.JoinAsync();
        await client.LeaveAsync();
        Assert.Equal(["server", "connection"], await order.NextAsync(2));
        Assert.Contains(room.Log.Lines, line => line.Text.Contains("on purpose", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Handshake_is_readable_in_the_disconnect_handlers()
    {
        var seen = new Seen<string>();
        var go = new TaskCompletionSource();
        await using var room = await Room.StartAsync(prepare: server => server.OnDisconnect += async (connection, _) =>
        {
            seen.Add(connection.Handshake.Headers["X-Test"].ToString());
            await go.Task;
            seen.Add(connection.Handshake.Headers["X-Test"].ToString() + connection.Handshake.Query["q"] + connection.User.Identity?.Name);
        });
        await using var client = await RawClient.OpenAsync(room.Server.Port, "/?q=2", "X-Test: yes\r\n");
        await client.ReadReadyAsync();
        await client.LeaveAsync();
        Assert.Equal("yes", await seen.NextAsync());
        go.SetResult();
        Assert.Equal("yes2", await seen.NextAsync());
    }

    [Theory]
    [InlineData(1005)]
    [InlineData(1006)]
    [InlineData(999)]
    [InlineData(5000)]
    [InlineData(1002)]
    public async Task Code_that_an_application_cannot_give_is_refused(int code)
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await connection.DisconnectAsync(code));
        await Assert.ThrowsAsync<ArgumentException>(async () => await connection.DisconnectAsync(1000, new string('x', 124)));
        Assert.True(connection.IsAlive);
    }

    [Fact]
    public async Task Reset_behind_a_full_inbound_queue_is_told_to_a_handler_that_waits_for_it()
    {
        await using var room = await Room.StartAsync(
            options => options.ReceiveQueueBytes = 1,
            server => server.OnUp += async (connection, _) => await Task.Delay(Timeout.Infinite, connection.Aborted));
        var client = await room.JoinAsync();
        for (var i = 0; i < 100; i++)
            await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        client.Kill();
        var (_, disconnect) = await room.Disconnected.NextAsync();
        Assert.Equal((1006, false), (disconnect.Code, disconnect.WasClean));
        Assert.Equal(0, room.Server.ConnectionCount);
        room.HasLoggedNoError();
    }
}
