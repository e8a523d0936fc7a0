using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

/// <summary>Everything at once, from every side and inside handlers, with nobody waiting for anybody.</summary>
public class ChaosTests
{
    private const int Clients = 12, Threads = 4, Rounds = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Each_connection_is_told_once_of_its_beginning_and_its_end_and_nothing_is_left(int seed)
    {
        var begun = new Seen<string>();
        var ended = new Seen<string>();
        var wrong = new Seen<string>();
        await using var room = await Room.StartAsync(
            options => (options.CloseTimeout, options.MaxConnections) = (TimeSpan.FromMilliseconds(500), Clients),
            server =>
            {
                server.OnConnect += async connection =>
                {
                    begun.Add(connection.Identifier);
                    connection.OnSay += message => connection.SendSayAsync(message);
                    connection.OnDisconnect += async _ => ended.Add(connection.Identifier);
                    await server.EmitDownAsync(new Down("someone came"));
                };
                // Any number that is sent decides what its handler does.
                server.OnSay += async (connection, message) =>
                {
                    if (message.Number % 4 == 0)
                        await Task.Yield();
                    switch (message.Number % 20)
                    {
                        case 1:
                            await connection.DisconnectAsync(4001);
                            break;
                        case 2:
                            await server.EmitSayAsync(message);
                            break;
                        case 3:
                            throw new OperationCanceledException();
                        case 4:
                            await Task.Delay(TimeSpan.FromMilliseconds(50), connection.Aborted);
                            break;
                    }
                };
                server.OnDisconnect += async (connection, _) =>
                {
                    if (server.ConnectionExists(connection.Identifier) || server.Connections.Contains(connection))
                        wrong.Add("A connection that has ended is still there.");
                    await server.EmitDownAsync(new Down("someone left"));
                };
            });
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(i => Task.Run(() => LiveAsync(room.Server, new Random(seed * 1000 + i), enough.Token)));
        var running = clients.ToArray();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(i => Task.Run(() => ActAsync(room.Server, new Random(seed * 100 + i), wrong)))).Within();
        await enough.CancelAsync();
        await Task.WhenAll(running).Within();
        try
        {
            await room.Server.StopAsync().Within();
        }
        catch (ServerException exception) when (exception.Code == ServerErrors.NotRunning)
        {
            // One of the threads had the last word.
        }
        await Wait.UntilAsync(() => ended.All.Count, count => count == begun.All.Count);
        // Before the meter goes with the server: it would tell of nothing.
        Assert.Equal(0, room.Metrics["active_connections"]);
        await room.Server.DisposeAsync().Within();
        Assert.Empty(wrong.All);
        Assert.NotEmpty(begun.All);
        Assert.Equal(begun.All.Order(), ended.All.Order());
        Assert.Equal(begun.All.Count, begun.All.Distinct().Count());
    }

    private static async Task ActAsync(RoomServer server, Random random, Seen<string> wrong)
    {
        for (var i = 0; i < Rounds; i++)
        {
            var connections = server.Connections;
            if (connections.Distinct().Count() != connections.Count)
                wrong.Add("A connection is there twice.");
            var one = connections.Count == 0 ? null : connections[random.Next(connections.Count)];
            try
            {
                switch (random.Next(12))
                {
                    case 0:
                        await server.StopAsync();
                        break;
                    case 1 or 2 or 3:
                        await server.StartAsync();
                        break;
                    case 4 when one is not null:
                        await one.DisconnectAsync(4002);
                        break;
                    case < 8:
                        await server.EmitSayAsync(new Say(new string('x', random.Next(2000)), i));
                        break;
                    default:
                        await (one?.SendSayAsync(new Say("to one", i)) ?? default);
                        // Mixes the threads' steps; nothing waits for it.
                        await Task.Delay(random.Next(5));
                        break;
                }
            }
            catch (ServerException exception) when (exception.Code != ServerErrors.AddressInUse)
            {
                // Another thread was faster.
            }
            catch (ConnectionException exception) when (exception.Code is ConnectionErrors.NotAlive)
            {
                // It went meanwhile.
            }
        }
    }

    /// <summary>Comes, says what it likes, and goes in one of the ways there are.</summary>
    private static async Task LiveAsync(RoomServer server, Random random, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
        {
            RawClient? client = null;
            try
            {
                client = await RawClient.DialAsync(server.Port);
                await client.WriteAsync(RawClient.Handshake(server.Port));
                if (random.Next(4) > 0)
                    await client.ReadResponseAsync();
                for (var i = random.Next(10); i > 0; i--)
                    await client.SendAsync($$$"""{"channel":"say","message":{"text":"x","number":{{{random.Next(100)}}}}}""");
                if (random.Next(3) == 0)
                {
                    await client.SendCloseAsync(4000);
                    await client.ReadEndAsync();
                }
                else if (random.Next(2) == 0)
                {
                    client.Kill();
                }
            }
            catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or ArgumentException)
            {
                // Nobody listens, or the server went.
                await Task.Yield();
            }
            finally
            {
                if (client is not null)
                    await client.DisposeAsync();
            }
        }
    }
}
