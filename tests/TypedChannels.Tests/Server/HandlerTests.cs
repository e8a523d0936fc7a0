using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

public class HandlerTests
{
    [Fact]
    public async Task Ping_is_answered_while_a_handler_runs()
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += async (connection, message) =>
        {
            entered.SetResult();
            await go.Task;
            await connection.SendDownAsync(new Down(message.Text));
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"slow"}}""");
        await entered.Task.Within();
        await client.SendAsync(RawClient.Ping, [1, 2, 3]);
        var (opcode, payload) = await client.ReadFrameAsync();
        Assert.Equal(RawClient.Pong, opcode);
        Assert.Equal(new byte[] { 1, 2, 3 }, payload);
        go.SetResult();
        Assert.Equal("""{"channel":"down","message":{"text":"slow"}}""", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Ping_is_answered_while_the_connect_event_runs()
    {
        var go = new TaskCompletionSource();
        await using var room = await Room.StartAsync(prepare: server => server.OnConnect += async _ => await go.Task);
        await using var client = await room.JoinAsync();
        await client.SendAsync(RawClient.Ping, [9]);
        Assert.Equal(RawClient.Pong, (await client.ReadFrameAsync()).Opcode);
        go.SetResult();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DisconnectAsync_inside_a_handler_completes(bool late)
    {
        var done = new TaskCompletionSource();
        var handled = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += async (connection, message) =>
        {
            handled.Add(message.Text);
            if (late)
                await Task.Yield();
            await connection.DisconnectAsync(4002, "out");
            done.SetResult();
        });
        await using var client = await room.JoinAsync();
        await client.WriteAsync([
            .. RawClient.Frame("""{"channel":"up","message":{"text":"one"}}"""),
            .. RawClient.Frame("""{"channel":"up","message":{"text":"dropped"}}""")]);
        Assert.Equal((4002, "out"), await client.CloseBackAsync());
        await done.Task.Within();
        Assert.Equal(new Disconnect(4002, "out", true), (await room.Disconnected.NextAsync()).Disconnect);
        Assert.Equal("one", Assert.Single(handled.All));
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task DisconnectAsync_inside_the_connect_event_completes()
    {
        var done = new TaskCompletionSource();
        await using var room = await Room.StartAsync(prepare: server => server.OnConnect += async connection =>
        {
            await connection.DisconnectAsync(4003);
            done.SetResult();
        });
        await using var client = await room.JoinAsync();
        Assert.Equal((4003, ""), await client.CloseBackAsync());
        await done.Task.Within();
    }

    [Fact]
    public async Task Handlers_of_one_message_run_one_by_one_the_servers_first()
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnUp += async (_, _) =>
            {
                order.Add("server begins");
                await Task.Yield();
                order.Add("server ends");
            };
            server.OnConnect += connection =>
            {
                connection.OnUp += async message =>
                {
                    order.Add("connection begins");
                    await Task.Yield();
                    order.Add("connection ends");
                };
                return default;
            };
        });
        await using var client = await room.JoinAsync();
        for (var i = 0; i < 2; i++)
            await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        string[] once = ["server begins", "server ends", "connection begins", "connection ends"];
        var seen = await order.NextAsync(8);
        Assert.Equal(once.Concat(once), seen);
    }

    [Fact]
    public async Task Messages_are_handled_in_the_order_received_whatever_the_handlers_take()
    {
        const int Count = 300;
        var order = new Seen<int>();
        await using var room = await Room.StartAsync(prepare: server => server.OnSay += async (_, message) =>
        {
            // Some end at once, some on another thread.
            if (message.Number % 3 == 0)
                await Task.Yield();
            order.Add(message.Number);
        });
        await using var client = await room.JoinAsync();
        for (var i = 0; i < Count; i++)
            await client.SendAsync($$$"""{"channel":"say","message":{"text":"x","number":{{{i}}}}}""");
        var handled = await order.NextAsync(Count);
        Assert.True(handled.SequenceEqual(Enumerable.Range(0, Count)));
    }

    [Fact]
    public async Task Full_receive_queue_holds_back_its_client_and_nobody_else_and_loses_nothing()
    {
        const int Count = 100;
        var go = new TaskCompletionSource();
        var handled = new Seen<int>();
        await using var room = await Room.StartAsync(options => options.ReceiveQueueBytes = 200, server => server.OnSay += async (connection, message) =>
        {
            if (connection.Props.Name == "busy")
                await go.Task;
            handled.Add(message.Number);
        });
        await using var busy = await room.JoinAsync();
        (await room.Connected.NextAsync()).Props.Name = "busy";
        await using var other = await room.JoinAsync();
        for (var i = 0; i < Count; i++)
            await busy.SendAsync($$$"""{"channel":"say","message":{"text":"x","number":{{{i}}}}}""");
        await other.SendAsync("""{"channel":"say","message":{"text":"x","number":-1}}""");
        Assert.Equal(-1, await handled.NextAsync());
        go.SetResult();
        var rest = await handled.NextAsync(Count);
        Assert.True(rest.SequenceEqual(Enumerable.Range(0, Count)));
    }

    [Fact]
    public async Task What_was_received_before_the_client_left_is_still_handled_before_the_disconnect_event()
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnUp += async (_, message) =>
            {
                entered.TrySetResult();
                await go.Task;
                order.Add(message.Text);
            };
            server.OnDisconnect += (_, _) =>
            {
                order.Add("disconnect");
                return default;
            };
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"one"}}""");
        await client.SendAsync("""{"channel":"up","message":{"text":"two"}}""");
        await entered.Task.Within();
        await client.LeaveAsync();
        Assert.Empty(order.All);
        go.SetResult();
        Assert.Equal(["one", "two", "disconnect"], await order.NextAsync(3));
    }

    [Fact]
    public async Task Handler_that_outlives_its_connection_does_not_hold_up_the_disconnect_event_for_ever()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var room = await Room.StartAsync(options => options.TimeProvider = time, server => server.OnUp += async (_, _) =>
        {
            entered.SetResult();
            await go.Task;
        });
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        await entered.Task.Within();
        await client.LeaveAsync();
        await connection.Core.Closed.Within();
        Assert.Empty(room.Disconnected.All);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1000, (await room.Disconnected.NextAsync()).Disconnect.Code);
        go.SetResult();
    }

    [Fact]
    public async Task Stop_ends_though_a_handler_blocks_its_thread()
    {
        using var release = new ManualResetEventSlim();
        var entered = new TaskCompletionSource();
        await using var room = await Room.StartAsync(
            options => options.CloseTimeout = TimeSpan.FromMilliseconds(100),
            server => server.OnUp += (_, _) =>
            {
                entered.SetResult();
                release.Wait(Wait.Bound);
                return default;
            });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        await entered.Task.Within();
        await room.Server.StopAsync().Within();
        Assert.False(release.IsSet);
        release.Set();
    }
}
