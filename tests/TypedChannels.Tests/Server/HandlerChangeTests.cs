using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

/// <summary>When a handler counts that is attached or detached while others run.</summary>
public class HandlerChangeTests
{
    private static async Task SayAsync(RawClient client, params string[] texts)
    {
        foreach (var text in texts)
            await client.SendAsync($$$"""{"channel":"up","message":{"text":"{{{text}}}"}}""");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_attached_while_a_message_is_handled_runs_from_the_next_message_on(bool late)
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += async (connection, message) =>
        {
            if (late)
                await Task.Yield();
            order.Add("first " + message.Text);
            if (message.Text != "1")
                return;
            server.OnUp += async (_, next) => order.Add("server " + next.Text);
            connection.OnUp += async next => order.Add("connection " + next.Text);
        });
        await using var client = await room.JoinAsync();
        await SayAsync(client, "1", "2");
        Assert.Equal(["first 1", "first 2", "server 2", "connection 2"], await order.NextAsync(4));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Handler_detached_while_a_message_is_handled_still_has_that_message_and_no_other(bool late)
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            ChannelHandler<RoomConnection, Up> second = async (_, message) => order.Add("second " + message.Text);
            server.OnUp += async (connection, message) =>
            {
                if (late)
                    await Task.Yield();
                server.OnUp -= second;
                order.Add("first " + message.Text);
            };
            server.OnUp += second;
        });
        await using var client = await room.JoinAsync();
        await SayAsync(client, "1", "2", "3");
        Assert.Equal(["first 1", "second 1", "first 2", "first 3"], await order.NextAsync(4));
    }

    [Fact]
    public async Task Connect_handler_attached_while_one_runs_counts_from_the_next_connection_on()
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync();
        ChannelHandler<RoomConnection> second = async connection => order.Add("second");
        ChannelHandler<RoomConnection>? first = null;
        first = async connection =>
        {
            order.Add("first");
            room.Server.OnConnect -= first;
            room.Server.OnConnect += second;
        };
        room.Server.OnConnect += first;
        for (var i = 0; i < 3; i++)
        {
            await using var client = await room.JoinAsync();
            await room.Connected.NextAsync();
            await client.LeaveAsync();
            // The connect event has ended once the disconnect event begins.
            await room.Disconnected.NextAsync();
        }
        Assert.Equal(["first", "second", "second"], order.All);
    }

    [Fact]
    public async Task Disconnect_handler_that_a_servers_one_attaches_to_the_connection_still_runs()
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server => server.OnDisconnect += async (connection, _) =>
        {
            order.Add("server");
            connection.OnDisconnect += async _ => order.Add("connection");
        });
        await using var client = await room.JoinAsync();
        await client.LeaveAsync();
        Assert.Equal(["server", "connection"], await order.NextAsync(2));
    }

    [Fact]
    public async Task Handler_attached_to_a_connection_that_has_ended_is_never_called()
    {
        var isCalled = false;
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        await client.LeaveAsync();
        await connection.Core.Finished.Within();
        connection.OnDisconnect += async _ => isCalled = true;
        await room.Server.StopAsync().Within();
        Assert.False(isCalled);
    }

    [Fact]
    public async Task Message_whose_last_handler_was_detached_has_none()
    {
        await using var room = await Room.StartAsync();
        ChannelHandler<RoomConnection, Up>? only = null;
        only = async (_, _) => room.Server.OnUp -= only;
        room.Server.OnUp += only;
        await using var client = await room.JoinAsync();
        await SayAsync(client, "handled", "not handled");
        Assert.Equal((ConnectionErrors.NoHandler, "up"), (await room.Errors.NextAsync()) is var error ? (error.Code, error.Channel) : default);
        Assert.Single(room.Errors.All);
    }

    [Fact]
    public async Task Delegate_attached_twice_runs_twice_and_each_detaching_takes_one()
    {
        var calls = new Seen<string>();
        ChannelHandler<RoomConnection> onConnect = async _ => calls.Add("connect");
        ChannelHandler<RoomConnection, Up> onUp = async (_, _) => calls.Add("up");
        ChannelHandler<Up> onItsUp = async _ => calls.Add("its up");
        ChannelHandler<RoomConnection, Disconnect> onDisconnect = async (_, _) => calls.Add("disconnect");
        Action<RoomConnection, MessageError> onError = (_, _) => calls.Add("error");
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnConnect += onConnect;
            server.OnConnect += onConnect;
            server.OnConnect += async connection => connection.OnUp += onItsUp + onItsUp;
            server.OnUp += onUp;
            server.OnUp += onUp;
            server.OnDisconnect += onDisconnect;
            server.OnDisconnect += onDisconnect;
            server.OnMessageError += onError;
            server.OnMessageError += onError;
        });
        await using (var client = await room.JoinAsync())
        {
            var connection = await room.Connected.NextAsync();
            await SayAsync(client, "x");
            await client.SendAsync("bad");
            await client.LeaveAsync();
            Assert.Equal(
                ["connect", "connect", "up", "up", "its up", "its up", "error", "error", "disconnect", "disconnect"], await calls.NextAsync(10));
            await connection.Core.Finished.Within();
        }
        room.Server.OnConnect -= onConnect;
        room.Server.OnUp -= onUp;
        room.Server.OnDisconnect -= onDisconnect;
        room.Server.OnMessageError -= onError;
        await using (var client = await room.JoinAsync())
        {
            var connection = await room.Connected.NextAsync();
            connection.OnUp -= onItsUp;
            await SayAsync(client, "x");
            await client.SendAsync("bad");
            await client.LeaveAsync();
            Assert.Equal(["connect", "up", "its up", "error", "disconnect"], await calls.NextAsync(5));
            await connection.Core.Finished.Within();
        }
        Assert.Equal(15, calls.All.Count);
    }

    [Fact]
    public async Task Null_is_no_handler()
    {
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnConnect += null!;
            server.OnConnect -= null!;
            server.OnUp += null!;
            server.OnUp -= null!;
            server.OnDisconnect += null!;
            server.OnDisconnect -= null!;
            server.OnMessageError += null!;
            server.OnMessageError -= null!;
        });
        await using var client = await room.JoinAsync();
        await SayAsync(client, "x");
        Assert.Equal(ConnectionErrors.NoHandler, (await room.Errors.NextAsync()).Code);
        await client.LeaveAsync();
        await room.Disconnected.NextAsync();
        room.HasLoggedNothing();
    }
}
