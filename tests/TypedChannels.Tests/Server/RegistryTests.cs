using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

public class RegistryTests
{
    [Fact]
    public async Task Live_connections_are_counted_listed_and_found()
    {
        await using var room = await Room.StartAsync();
        Assert.Equal(0, room.Server.ConnectionCount);
        Assert.Empty(room.Server.Connections);

        await using var first = await room.JoinAsync();
        var one = await room.Connected.NextAsync();
        await using var second = await room.JoinAsync();
        var two = await room.Connected.NextAsync();

        Assert.Equal(2, room.Server.ConnectionCount);
        Assert.Equal([one, two], room.Server.Connections);
        Assert.Same(one, room.Server.GetConnection(one.Identifier));
        Assert.True(room.Server.ConnectionExists(two.Identifier));
        Assert.True(one.IsAlive);
        Assert.Null(room.Server.GetConnection("nobody"));
        Assert.False(room.Server.ConnectionExists("nobody"));

        await first.LeaveAsync();
        await room.Disconnected.NextAsync();
        Assert.False(one.IsAlive);
        Assert.Equal([two], room.Server.Connections);
        Assert.Null(room.Server.GetConnection(one.Identifier));
        Assert.False(room.Server.ConnectionExists(one.Identifier));
    }

    [Fact]
    public async Task Connections_can_be_enumerated_while_thousands_come_and_go()
    {
        const int Workers = 8, Each = 250;
        await using var room = await Room.StartAsync();
        using var enough = new CancellationTokenSource();
        var enumerating = Task.Run(async () =>
        {
            var most = 0;
            while (!enough.IsCancellationRequested)
            {
                var connections = room.Server.Connections;
                var identifiers = new HashSet<string>();
                foreach (var connection in connections)
                    Assert.True(identifiers.Add(connection.Identifier), "A connection is there twice.");
                Assert.Equal(connections.Count, identifiers.Count);
                // A snapshot does not change.
                Assert.True(identifiers.SetEquals(connections.Select(connection => connection.Identifier)));
                most = Math.Max(most, connections.Count);
                await Task.Yield();
            }
            return most;
        });
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
            {
                await using var client = await room.JoinAsync();
                if (i % 2 == 0)
                    await client.LeaveAsync();
                else
                    client.Kill();
            }
        }))).Within();
        await Wait.UntilAsync(() => room.Disconnected.All.Count, count => count == Workers * Each);
        await enough.CancelAsync();
        Assert.InRange(await enumerating.Within(), 1, Workers * Each);
        Assert.Equal(0, room.Server.ConnectionCount);
        Assert.Empty(room.Server.Connections);
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Disconnect_is_told_after_the_connection_has_left()
    {
        var seen = new Seen<(int Count, bool Exists, bool IsAlive)>();
        await using var room = await Room.StartAsync(prepare: server => server.OnDisconnect += (connection, _) =>
        {
            seen.Add((server.ConnectionCount, server.ConnectionExists(connection.Identifier), connection.IsAlive));
            return default;
        });
        await using var client = await room.JoinAsync();
        await client.LeaveAsync();
        Assert.Equal((0, false, false), await seen.NextAsync());
    }

    [Fact]
    public async Task Emits_of_many_threads_arrive_in_one_order_everywhere()
    {
        const int Threads = 4, Each = 50;
        await using var room = await Room.StartAsync();
        var clients = new List<RawClient>();
        for (var i = 0; i < 4; i++)
            clients.Add(await room.JoinAsync());
        await room.Connected.NextAsync(4);

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
                await room.Server.EmitSayAsync(new Say($"thread {thread}", i));
        }))).Within();

        string[]? expected = null;
        foreach (var client in clients)
        {
            var received = new string[Threads * Each];
            for (var i = 0; i < received.Length; i++)
                received[i] = await client.ReadTextAsync();
            Assert.Equal(expected ??= received, received);
            await client.DisposeAsync();
        }
    }

    [Fact]
    public async Task Emit_skips_a_connection_that_is_closing_and_reaches_the_others()
    {
        await using var room = await Room.StartAsync();
        await using var dead = await room.JoinAsync();
        var closing = await room.Connected.NextAsync();
        await using var live = await room.JoinAsync();
        await room.Connected.NextAsync();
        // The peer does not answer the close: the connection is neither alive nor gone.
        var closed = closing.DisconnectAsync().AsTask();
        Assert.False(closing.IsAlive);

        await room.Server.EmitDownAsync(new Down("hello"));
        Assert.Equal("""{"channel":"down","message":{"text":"hello"}}""", await live.ReadTextAsync());
        Assert.Equal((1000, ""), await dead.CloseBackAsync());
        await closed.Within();
    }

    [Fact]
    public async Task Emit_without_members_needs_no_message()
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        await room.Server.EmitTickAsync();
        Assert.Equal("""{"channel":"tick","message":{}}""", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Emit_on_a_server_that_is_not_running_reaches_nobody_and_does_not_fail()
    {
        await using var server = new RoomServer(Room.Options());
        await server.EmitDownAsync(new Down("anyone?"));
        Assert.Equal(0, server.ConnectionCount);
    }

    [Fact]
    public async Task Emit_larger_than_a_send_queue_fails_with_MessageTooLarge_and_hurts_nobody()
    {
        await using var room = await Room.StartAsync(options => options.SendQueueBytes = 1000);
        await using var client = await room.JoinAsync();
        var failure = await Assert.ThrowsAsync<ConnectionException>(() => room.Server.EmitDownAsync(new Down(new string('x', 1000))).AsTask());
        Assert.Equal(ConnectionErrors.MessageTooLarge, failure.Code);
        await room.Server.EmitTickAsync();
        Assert.Equal("""{"channel":"tick","message":{}}""", await client.ReadTextAsync());
    }
}
