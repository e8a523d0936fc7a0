using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hosting;

/// <summary>Many restarts under load, and many clients that go at once: afterwards there is nothing left, by every counter there is.</summary>
public class RestartTests
{
    private const int Crowd = 1000;

    [Fact]
    public async Task Server_restarts_fifty_times_on_one_port_while_clients_reconnect_and_send()
    {
        const int Times = 50, Clients = 8;
        var port = FreePort();
        var identifiers = new ConcurrentDictionary<string, int>();
        using var enough = new CancellationTokenSource();
        await using var room = await Room.StartAsync(
            options => (options.Port, options.CloseTimeout) = (port, TimeSpan.FromSeconds(10)),
            server =>
            {
                server.OnConnect += async connection => Assert.True(identifiers.TryAdd(connection.Identifier, 0), "An identifier was used again.");
                server.OnSay += (connection, message) => connection.SendSayAsync(message);
            });
        var isUp = new SemaphoreSlim(0);
        var clients = Enumerable.Range(0, Clients).Select(_ => Task.Run(() => ReconnectAsync(room.Uri, isUp, enough.Token))).ToArray();
        for (var i = 0; i < Times; i++)
        {
            // Each run serves somebody before it ends.
            await isUp.WaitAsync().Within();
            await room.Server.StopAsync().Within();
            Assert.Equal((0, 0, 0), (room.Server.Port, room.Server.ConnectionCount, room.Server.Intake.Count));
            while (isUp.Wait(0))
            {
            }
            await room.Server.StartAsync().Within();
            Assert.Equal(port, room.Server.Port);
        }
        await enough.CancelAsync();
        await Task.WhenAll(clients).Within();
        await room.Server.StopAsync().Within();
        Assert.Equal(identifiers.Count, room.Connected.All.Count);
        Assert.Equal(identifiers.Count, room.Disconnected.All.Count);
        Assert.True(identifiers.Count >= Times);
        room.HasLoggedNoError();
    }

    [Theory]
    [InlineData("killed")]
    [InlineData("stopped")]
    [InlineData("killed while it stops")]
    [InlineData("disposed of")]
    public async Task Nothing_is_left_of_a_thousand_clients_however_they_end(string how)
    {
        var buffers = new CountingPool();
        var time = new CountingTime();
        var log = new LogSink();
        await using var server = new RoomServer(Room.Options(options =>
            (options.Port, options.Buffers, options.TimeProvider, options.LoggerFactory, options.CloseTimeout) =
            (FreePort(), buffers, time, log, TimeSpan.FromSeconds(1))));
        using var metrics = new MetricSink(server);
        var connections = new ConcurrentQueue<WeakReference>();
        int connected = 0, disconnected = 0, heard = 0;
        server.OnConnect += async connection =>
        {
            connections.Enqueue(new WeakReference(connection));
            Interlocked.Increment(ref connected);
        };
        server.OnDisconnect += async (_, _) => Interlocked.Increment(ref disconnected);
        server.OnSay += async (connection, message) =>
        {
            // Every other handler is still there when its connection ends.
            if (Interlocked.Increment(ref heard) % 2 == 0)
                await Task.Delay(Timeout.Infinite, connection.Aborted);
            await connection.SendSayAsync(message);
        };
        await server.StartAsync().Within();
        var port = server.Port;
        var clients = await JoinManyAsync(port, Crowd);
        await Task.WhenAll(clients.Select(client => client.SendAsync("""{"channel":"say","message":{"text":"x"}}""")));
        await Wait.UntilAsync(() => Volatile.Read(ref heard), count => count == Crowd);
        Assert.Equal((Crowd, Crowd, Crowd), (server.ConnectionCount, server.Intake.Count, (int)metrics["active_connections"]));
        Assert.Equal(1, time.Timers);

        if (how == "killed")
        {
            clients.ForEach(client => client.Kill());
            await Wait.UntilAsync(() => Volatile.Read(ref disconnected), count => count == Crowd);
            await server.StopAsync().Within();
        }
        else
        {
            // Nobody answers a close.
            var ending = how == "disposed of" ? server.DisposeAsync().AsTask() : server.StopAsync();
            if (how.StartsWith("killed", StringComparison.Ordinal))
                clients.ForEach(client => client.Kill());
            await ending.Within();
        }
        foreach (var client in clients)
            await client.DisposeAsync();
        Assert.Equal((0, 0), (server.ConnectionCount, server.Intake.Count));
        await Wait.UntilAsync(() => Volatile.Read(ref disconnected), count => count == Crowd);
        Assert.Equal(Crowd, connected);
        Assert.Equal(Crowd, metrics["disconnects"]);
        // The meter of a server that is disposed of tells nothing any more.
        var isOver = how == "disposed of";
        if (!isOver)
            Assert.Equal(0, metrics["active_connections"]);
        await Wait.UntilAsync(() => (buffers.Out, time.Timers), left => left == default);
        await Wait.UntilAsync(() => Sockets(port), count => count == 0);
        // Whatever still ran for a connection, a task, a timer or a callback, would hold it.
        await Wait.UntilAsync(() => Alive(connections), count => count == 0);
        Assert.DoesNotContain(log.Lines, line => line.Level >= Microsoft.Extensions.Logging.LogLevel.Error);

        if (isOver)
            return;

        // And it serves again, on the same port.
        await server.StartAsync().Within();
        Assert.Equal(port, server.Port);
        var next = await JoinManyAsync(port, 10);
        await Wait.UntilAsync(() => server.ConnectionCount, count => count == 10);
        var stopping = server.StopAsync();
        await Task.WhenAll(next.Select(client => client.CloseBackAsync()));
        await stopping.Within();
        foreach (var client in next)
            await client.DisposeAsync();
        await Wait.UntilAsync(() => (buffers.Out, time.Timers, Sockets(port)), left => left == default);
    }

    /// <summary>Comes again whenever it was sent away, and says things, some at a time, as long as it is there.</summary>
    private static async Task ReconnectAsync(Uri uri, SemaphoreSlim isServed, CancellationToken enough)
    {
        const int Turn = 50;
        using var turn = new SemaphoreSlim(0);
        await using var client = new RoomClient(new ClientOptions { Uri = uri });
        client.OnSay += async message =>
        {
            isServed.Release();
            if (message.Number % Turn == 0)
                turn.Release();
        };
        client.OnDisconnect += async _ => turn.Release();
        for (var number = 1; !enough.IsCancellationRequested; number++)
        {
            try
            {
                if (!client.IsAlive)
                    await client.ConnectAsync(enough);
                await client.SendSayAsync(new Say("x", number), enough);
                if (number % Turn == 0)
                    await turn.WaitAsync(enough);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ClientException exception)
            {
                // Nobody listens, or the server stops; or it has stopped, and the disconnect event is under way.
                Assert.Contains(exception.Code, new[]
                {
                    ClientErrors.ConnectionRefused, ClientErrors.HandshakeFailed, ClientErrors.NotAlive, ClientErrors.AlreadyConnected,
                });
                await Task.Yield();
            }
        }
    }

    private static async Task<List<RawClient>> JoinManyAsync(int port, int count)
    {
        var clients = new ConcurrentBag<RawClient>();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (_, _) =>
        {
            var client = await RawClient.OpenAsync(port);
            await client.ReadReadyAsync();
            clients.Add(client);
        });
        return [.. clients];
    }

    /// <summary>The server's TCP connections, as the system sees them; those that only wait for late segments are over.</summary>
    private static int Sockets(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(connection => connection.LocalEndPoint.Port == port && connection.State != TcpState.TimeWait);

    private static int Alive(IEnumerable<WeakReference> references)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return references.Count(reference => reference.IsAlive);
    }

    /// <summary>
    /// A port that no client is given by chance while the server is away: below those of every system's clients, which begin at 32,768.
    /// </summary>
    private static int FreePort()
    {
        for (var port = 21_000 + Environment.ProcessId % 1000; ; port++)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }
}
