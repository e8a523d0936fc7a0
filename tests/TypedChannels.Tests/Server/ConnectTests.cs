using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

public class ConnectTests
{
    [Fact]
    public async Task Ready_is_the_first_message_of_every_connection_while_others_emit()
    {
        await using var room = await Room.StartAsync();
        using var enough = new CancellationTokenSource();
        var emitting = Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                await room.Server.EmitDownAsync(new Down("noise"));
                await Task.Yield();
            }
        });
        for (var i = 0; i < 50; i++)
        {
            await using var client = await room.JoinAsync();
        }
        await enough.CancelAsync();
        await emitting.Within();
    }

    [Fact]
    public async Task Connect_handlers_run_before_the_first_message_that_came_with_the_handshake()
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnConnect += async connection =>
            {
                entered.SetResult();
                await go.Task;
                order.Add("connect");
            };
            server.OnSay += (_, message) =>
            {
                order.Add(message.Text);
                return default;
            };
        });
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync([
            .. System.Text.Encoding.ASCII.GetBytes(RawClient.Handshake(room.Server.Port)),
            .. RawClient.Frame("""{"channel":"say","message":{"text":"one"}}"""),
            .. RawClient.Frame("""{"channel":"say","message":{"text":"two"}}""")]);
        await client.ReadResponseAsync();
        await client.ReadReadyAsync();
        await entered.Task.Within();
        Assert.Empty(order.All);
        go.SetResult();
        Assert.Equal(["connect", "one", "two"], await order.NextAsync(3));
    }

    [Fact]
    public async Task All_connect_handlers_run_in_the_order_they_were_attached()
    {
        var order = new Seen<int>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnConnect += async _ =>
            {
                await Task.Yield();
                order.Add(1);
            };
            server.OnConnect += _ =>
            {
                order.Add(2);
                return default;
            };
        });
        await using var client = await room.JoinAsync();
        Assert.True((await order.NextAsync(2)) is [1, 2]);
    }

    [Fact]
    public async Task Failing_connect_handler_closes_the_connection_with_1011_and_the_others_live_on()
    {
        var first = true;
        await using var room = await Room.StartAsync(prepare: server => server.OnConnect += _ =>
        {
            if (!first)
                return default;
            first = false;
            throw new InvalidOperationException("on purpose");
        });
        await using var unlucky = await room.JoinAsync();
        Assert.Equal((1011, "Internal failure."), await unlucky.CloseBackAsync());
        Assert.Equal(new Disconnect(1011, "Internal failure.", true), (await room.Disconnected.NextAsync()).Disconnect);
        await using var lucky = await room.JoinAsync();
        Assert.True((await room.Connected.NextAsync()).IsAlive);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Connect_handler_that_fails_as_its_connection_is_gone_is_logged_unless_that_is_why(bool isOther)
    {
        var go = new TaskCompletionSource();
        await using var room = await Room.StartAsync(prepare: server => server.OnConnect += async connection =>
        {
            await go.Task;
            if (isOther)
                throw new InvalidOperationException("on purpose");
            await connection.SendDownAsync(new Down("too late"));
        });
        await using var client = await room.JoinAsync();
        await client.SendCloseAsync(1000);
        await Wait.UntilAsync(() => room.Server.ConnectionCount, count => count == 0);
        go.SetResult();
        Assert.Equal(1000, (await room.Disconnected.NextAsync()).Disconnect.Code);
        if (isOther)
            Assert.Contains("on purpose", Assert.Single(room.Log.Lines).Text, StringComparison.Ordinal);
        else
            room.HasLoggedNothing();
    }

    [Fact]
    public async Task Props_are_made_per_connection_from_the_handshake_and_can_be_replaced()
    {
        await using var room = await Room.StartAsync(prepare: server =>
            server.MakingProps = handshake => new RoomProps { Name = handshake.Query["name"].ToString() });
        await using var alice = await RawClient.OpenAsync(room.Server.Port, "/?name=alice");
        await using var bob = await RawClient.OpenAsync(room.Server.Port, "/?name=bob");
        var connections = await room.Connected.NextAsync(2);
        Assert.Equal(["alice", "bob"], connections.Select(connection => connection.Props.Name).Order());

        connections[0].Props.Name = "carol";
        Assert.Equal("carol", room.Server.GetConnection(connections[0].Identifier)!.Props.Name);
        connections[1].Props = new RoomProps { Name = "dave" };
        Assert.Equal("dave", room.Server.GetConnection(connections[1].Identifier)!.Props.Name);
    }

    [Fact]
    public async Task Identifiers_are_128_bits_and_unique()
    {
        await using var room = await Room.StartAsync();
        var clients = new List<RawClient>();
        for (var i = 0; i < 20; i++)
            clients.Add(await room.JoinAsync());
        var identifiers = (await room.Connected.NextAsync(20)).Select(connection => connection.Identifier).ToArray();
        Assert.All(identifiers, identifier => Assert.Matches("^[0-9a-f]{32}$", identifier));
        Assert.Equal(20, identifiers.Distinct().Count());
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Fact]
    public async Task A_connection_tells_its_handshake_and_its_peer()
    {
        await using var room = await Room.StartAsync();
        await using var client = await RawClient.OpenAsync(room.Server.Port, "/?a=1&b=2", "X-Test: yes\r\n");
        var connection = await room.Connected.NextAsync();
        Assert.Equal("/", connection.Handshake.Path);
        Assert.Equal("2", connection.Handshake.Query["b"]);
        Assert.Equal("yes", connection.Handshake.Headers["X-Test"]);
        Assert.Equal(client.LocalPort, connection.RemoteEndPoint!.Port);
        Assert.False(connection.User.Identity?.IsAuthenticated ?? false);
        Assert.False(connection.Aborted.IsCancellationRequested);
    }
}
