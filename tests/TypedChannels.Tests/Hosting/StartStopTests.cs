using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hosting;

public class StartStopTests
{
    private static async Task<ServerErrors> FailureAsync(Func<Task> action) =>
        (await Assert.ThrowsAsync<ServerException>(action).Within()).Code;

    [Fact]
    public async Task Server_can_be_started_and_stopped_many_times()
    {
        await using var room = await Room.StartAsync(prepare: server => server.OnSay += (connection, message) => connection.SendSayAsync(message));
        for (var i = 0; i < 10; i++)
        {
            await using (var client = await room.JoinAsync())
            {
                await client.SendAsync("""{"channel":"say","message":{"text":"x","number":1}}""");
                await client.ReadTextAsync();
                await client.LeaveAsync();
            }
            await room.Server.StopAsync().Within();
            Assert.Equal(0, room.Server.Port);
            Assert.Equal(0, room.Server.Intake.Count);
            await room.Server.StartAsync().Within();
        }
    }

    [Fact]
    public async Task OnStarting_is_called_once_however_often_the_server_starts()
    {
        var count = 0;
        await using var server = new RoomServer(Room.Options()) { Starting = () => count++ };
        for (var i = 0; i < 3; i++)
        {
            await server.StartAsync().Within();
            await server.StopAsync().Within();
        }
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task Start_of_a_running_server_fails_with_AlreadyRunning()
    {
        await using var room = await Room.StartAsync();
        Assert.Equal(ServerErrors.AlreadyRunning, await FailureAsync(() => room.Server.StartAsync()));
        await using var client = await room.JoinAsync();
    }

    [Fact]
    public async Task Start_while_starting_fails_with_AlreadyStarting()
    {
        ServerErrors? code = null;
        RoomServer server = null!;
        await using (server = new RoomServer(Room.Options()) { Starting = () => code = Failure(server.StartAsync()) })
            await server.StartAsync().Within();
        Assert.Equal(ServerErrors.AlreadyStarting, code);
    }

    [Fact]
    public async Task Stop_of_a_server_that_does_not_run_fails_with_NotRunning()
    {
        await using var server = new RoomServer(Room.Options());
        Assert.Equal(ServerErrors.NotRunning, await FailureAsync(() => server.StopAsync()));
        await server.StartAsync().Within();
        await server.StopAsync().Within();
        Assert.Equal(ServerErrors.NotRunning, await FailureAsync(() => server.StopAsync()));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("localhost")]
    public async Task Port_that_is_taken_fails_with_AddressInUse_and_works_once_it_is_free(string host)
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await using var server = new RoomServer(Room.Options(options => (options.Host, options.Port) = (host, port)));
        Assert.Equal(ServerErrors.AddressInUse, await FailureAsync(() => server.StartAsync()));
        Assert.Equal(0, server.Port);
        taken.Dispose();
        await server.StartAsync().Within();
        Assert.Equal(port, server.Port);
    }

    [Fact]
    public async Task Address_of_another_machine_fails_with_InvalidOptions()
    {
        // TEST-NET-1 (RFC 5737): nobody's.
        await using var server = new RoomServer(new ServerOptions { Host = "192.0.2.1" });
        var failure = await Assert.ThrowsAsync<ServerException>(() => server.StartAsync()).Within();
        Assert.Equal(ServerErrors.InvalidOptions, failure.Code);
        Assert.Contains("192.0.2.1", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_leaves_nothing_behind_and_the_port_can_be_bound_again()
    {
        var time = new CountingTime();
        await using var room = await Room.StartAsync(options => options.TimeProvider = time);
        var port = room.Server.Port;
        var clients = new List<RawClient>();
        for (var i = 0; i < 5; i++)
            clients.Add(await room.JoinAsync());
        await room.Connected.NextAsync(5);
        var stopping = room.Server.StopAsync();
        foreach (var client in clients)
            Assert.Equal(1001, (await client.CloseBackAsync()).Code);
        await stopping.Within();

        Assert.Equal(0, room.Server.Intake.Count);
        Assert.Equal(0, room.Server.ConnectionCount);
        Assert.Equal(5, room.Disconnected.All.Count);
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        await room.Server.DisposeAsync().Within();
        Assert.Equal(0, time.Timers);
        room.HasLoggedNothing();
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("message")]
    [InlineData("late message")]
    [InlineData("disconnect")]
    public async Task StopAsync_inside_a_handler_completes(string where)
    {
        var stopped = new TaskCompletionSource();
        async ValueTask StopAsync(RoomServer server)
        {
            try
            {
                await server.StopAsync();
                stopped.TrySetResult();
            }
            catch (ServerException exception) when (exception.Code == ServerErrors.NotRunning && stopped.Task.IsCompleted)
            {
                // The other client's handler was first.
            }
        }
        // Its time stands still: nothing that waits for a running handler, however short, would end.
        await using var room = await Room.StartAsync(options => options.TimeProvider = new FakeTimeProvider(), server =>
        {
            server.OnConnect += async _ =>
            {
                if (where == "connect" && server.ConnectionCount == 2)
                    await StopAsync(server);
            };
            server.OnUp += async (_, _) =>
            {
                if (where == "late message")
                    await Task.Yield();
                await StopAsync(server);
            };
            server.OnDisconnect += async (_, disconnect) =>
            {
                if (where == "disconnect" && disconnect.Code == 4000)
                    await StopAsync(server);
            };
        });
        await using var other = await room.JoinAsync();
        await room.Connected.NextAsync();
        await using var client = await room.JoinAsync();
        if (where.EndsWith("message", StringComparison.Ordinal))
            await client.SendAsync("""{"channel":"up","message":{"text":"stop"}}""");
        else if (where == "disconnect")
            await client.LeaveAsync(4000);
        Assert.Equal(1001, (await other.CloseBackAsync()).Code);
        if (where != "disconnect")
            Assert.Equal(1001, (await client.CloseBackAsync()).Code);
        await stopped.Task.Within();
        Assert.Equal(0, room.Server.ConnectionCount);
        await room.Server.StartAsync().Within();
        await using var again = await room.JoinAsync();
    }

    [Fact]
    public async Task Cancelled_stop_drops_the_connections_that_do_not_answer()
    {
        await using var room = await Room.StartAsync();
        await using var answers = await room.JoinAsync();
        var answering = await room.Connected.NextAsync();
        await using var silent = await room.JoinAsync();
        await room.Connected.NextAsync();
        using var enough = new CancellationTokenSource();
        var stopping = room.Server.StopAsync(enough.Token);
        await answers.CloseBackAsync();
        await answering.Core.Finished.Within();
        await enough.CancelAsync();
        await stopping.Within();
        await silent.ReadEndAsync();
        Assert.Equal(0, room.Server.Intake.Count);
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task DisposeAsync_does_not_throw_in_any_state_and_ends_what_runs()
    {
        await new RoomServer(Room.Options()).DisposeAsync().Within();

        var server = new RoomServer(Room.Options());
        await server.StartAsync().Within();
        await server.DisposeAsync().Within();
        await server.DisposeAsync().Within();
        Assert.Equal(0, server.Port);

        server = new RoomServer(Room.Options());
        await server.StartAsync().Within();
        var stopping = server.StopAsync();
        await server.DisposeAsync().Within();
        await stopping.Within();

        var invalid = new RoomServer(new ServerOptions { Port = -1 });
        await Assert.ThrowsAsync<ServerException>(() => invalid.StartAsync());
        await invalid.DisposeAsync().Within();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_that_was_disposed_of_cannot_be_started(bool hasRun)
    {
        var time = new CountingTime();
        var server = new RoomServer(Room.Options(options => options.TimeProvider = time));
        if (hasRun)
            await server.StartAsync().Within();
        await server.DisposeAsync().Within();
        var failure = await Assert.ThrowsAsync<ObjectDisposedException>(() => server.StartAsync()).Within();
        Assert.Contains(nameof(RoomServer), failure.ObjectName, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => server.RunAsync()).Within();
        Assert.Equal(ServerErrors.NotRunning, await FailureAsync(() => server.StopAsync()));
        Assert.Equal((0, 0), (server.Port, time.Timers));
    }

    [Fact]
    public async Task DisposeAsync_does_not_throw_though_whoever_listens_to_the_meter_does()
    {
        var server = new RoomServer(Room.Options());
        // Not disposed of: it would fail here too.
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter.Scope, server))
                    listener.EnableMeasurementEvents(instrument);
            },
            MeasurementsCompleted = (_, _) => throw new InvalidOperationException("on purpose"),
        };
        listener.Start();
        await server.StartAsync().Within();
        await server.DisposeAsync().Within();
        Assert.Equal(0, server.Port);
    }

    [Fact]
    public async Task DisposeAsync_while_the_server_starts_waits_and_then_stops_it()
    {
        Task disposing = Task.CompletedTask;
        RoomServer server = null!;
        server = new RoomServer(Room.Options()) { Starting = () => disposing = server.DisposeAsync().AsTask() };
        await server.StartAsync().Within();
        await disposing.Within();
        Assert.Equal(0, server.Port);
        Assert.Equal(ServerErrors.NotRunning, await FailureAsync(() => server.StopAsync()));
    }

    [Fact]
    public async Task DisposeAsync_waits_for_handlers_of_earlier_runs_too()
    {
        // Its time stands still: no handler's time is ever over.
        await using var room = await Room.StartAsync(options => options.TimeProvider = new FakeTimeProvider());
        var server = room.Server;
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        server.OnUp += async (_, _) =>
        {
            entered.SetResult();
            await go.Task;
        };
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        await entered.Task.Within();
        var stopping = server.StopAsync();
        await client.CloseBackAsync();
        await stopping.Within();

        using var end = new CancellationTokenSource();
        var running = server.RunAsync(end.Token);
        await Wait.UntilAsync(() => server.Port, port => port != 0);
        await end.CancelAsync();
        await running.Within();
        var disposing = server.DisposeAsync().AsTask();
        Assert.False(disposing.IsCompleted);
        go.SetResult();
        await disposing.Within();
    }

    [Fact]
    public async Task Failed_start_is_told_by_its_exception_and_not_logged_too()
    {
        await using var room = await Room.StartAsync();
        var log = new LogSink();
        await using var other = new RoomServer(Room.Options(options => (options.Port, options.LoggerFactory) = (room.Server.Port, log)));
        Assert.Equal(ServerErrors.AddressInUse, await FailureAsync(() => other.StartAsync()));
        Assert.Empty(log.Lines);
    }

    [Fact]
    public async Task Concurrent_starts_and_stops_leave_a_server_that_works()
    {
        await using var room = await Room.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 25; n++)
            {
                try
                {
                    await (i % 2 == 0 ? room.Server.StartAsync() : room.Server.StopAsync());
                }
                catch (ServerException exception)
                {
                    Assert.Contains(exception.Code, new[] { ServerErrors.AlreadyRunning, ServerErrors.AlreadyStarting, ServerErrors.NotRunning });
                }
            }
        }))).Within();
        try
        {
            await room.Server.StartAsync().Within();
        }
        catch (ServerException exception)
        {
            Assert.Equal(ServerErrors.AlreadyRunning, exception.Code);
        }
        await using var client = await room.JoinAsync();
    }

    [Fact]
    public async Task RunAsync_ends_on_cancellation_after_running_handlers()
    {
        var ended = false;
        var go = new TaskCompletionSource();
        var entered = new TaskCompletionSource();
        await using var server = new RoomServer(Room.Options());
        server.OnUp += async (_, _) =>
        {
            entered.SetResult();
            await go.Task;
            ended = true;
        };
        using var end = new CancellationTokenSource();
        var running = server.RunAsync(end.Token);
        while (server.Port == 0)
            await Task.Yield();
        await using var client = await RawClient.OpenAsync(server.Port);
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        await entered.Task.Within();
        await end.CancelAsync();
        await client.CloseBackAsync();
        Assert.False(running.IsCompleted);
        go.SetResult();
        await running.Within();
        Assert.True(ended);
    }

    [Fact]
    public async Task RunAsync_ends_when_the_server_is_stopped_and_leaves_a_restarted_one_alone()
    {
        await using var server = new RoomServer(Room.Options());
        for (var i = 0; i < 20; i++)
        {
            var running = server.RunAsync();
            while (server.Port == 0)
                await Task.Yield();
            await server.StopAsync().Within();
            await server.StartAsync().Within();
            await running.Within();
            Assert.NotEqual(0, server.Port);
            await server.StopAsync().Within();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_ends_when_a_handler_stops_the_server(bool disposes)
    {
        // A dispose waits for its handler as long as that may take, which is logged.
        await using var server = new RoomServer(Room.Options(options =>
            (options.CloseTimeout, options.LoggerFactory) = (TimeSpan.FromMilliseconds(200), new LogSink())));
        server.OnUp += async (_, _) => await (disposes ? server.DisposeAsync().AsTask() : server.StopAsync());
        var running = server.RunAsync();
        await Wait.UntilAsync(() => server.Port, port => port != 0);
        await using var client = await RawClient.OpenAsync(server.Port);
        await client.SendAsync("""{"channel":"up","message":{"text":"stop"}}""");
        Assert.Equal(1001, (await client.CloseBackAsync()).Code);
        await running.Within();
        Assert.Equal(0, server.Port);
    }

    [Fact]
    public async Task Failed_start_leaves_nothing_running_whatever_was_wrong()
    {
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var time = new CountingTime();
        Action<ServerOptions>[] faults =
        [
            options => options.Port = ((IPEndPoint)taken.LocalEndpoint).Port,
            options => options.Host = "192.0.2.1",
            options => options.Host = "no address",
            options => options.Ssl = new SslOptions(),
            options => options.CloseTimeout = TimeSpan.Zero,
        ];
        foreach (var fault in faults)
        {
            await using var server = new RoomServer(Room.Options(options => options.TimeProvider = time));
            fault(server.Options);
            await FailureAsync(() => server.StartAsync());
            Assert.Equal((0, 0, 0), (server.Port, server.Intake.Count, time.Timers));
            Assert.Equal(ServerErrors.NotRunning, await FailureAsync(() => server.StopAsync()));
            // The same server, once its options are right.
            (server.Options.Port, server.Options.Host, server.Options.Ssl) = (0, "127.0.0.1", null);
            server.Options.CloseTimeout = TimeSpan.FromSeconds(5);
            await server.StartAsync().Within();
            await server.StopAsync().Within();
            Assert.Equal(0, time.Timers);
        }
        taken.Dispose();
    }

    [Fact]
    public async Task Start_that_is_cancelled_leaves_nothing_running()
    {
        await using var server = new RoomServer(Room.Options());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.StartAsync(new CancellationToken(canceled: true)));
        Assert.Equal(ServerErrors.NotRunning, await FailureAsync(() => server.StopAsync()));
        await server.StartAsync().Within();
        await using var client = await RawClient.OpenAsync(server.Port);
    }

    [Fact]
    public async Task Connection_that_comes_while_the_server_stops_is_never_told_of()
    {
        var stopping = Task.CompletedTask;
        RoomServer server = null!;
        await using var room = await Room.StartAsync(prepare: made => (server = made).MakingProps = _ =>
        {
            stopping = server.StopAsync();
            return new RoomProps();
        });
        await using var client = await RawClient.OpenAsync(room.Server.Port);
        Assert.Equal(1001, (await client.CloseBackAsync()).Code);
        await stopping.Within();
        await room.Server.DisposeAsync().Within();
        Assert.Empty(room.Connected.All);
        Assert.Empty(room.Disconnected.All);
    }

    [Fact]
    public async Task Handshake_that_is_not_decided_when_the_server_stops_is_cancelled_and_refused_with_503()
    {
        var entered = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        // Its time stands still: nothing ends by a timeout.
        await using var room = await Room.StartAsync(options => options.TimeProvider = new FakeTimeProvider(), server => server.Deciding = handshake =>
        {
            handshake.RequestAborted.Register(cancelled.SetResult);
            entered.SetResult();
            return new ValueTask(new TaskCompletionSource().Task);
        });
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port));
        await entered.Task.Within();
        var stopping = room.Server.StopAsync();
        Assert.StartsWith("HTTP/1.1 503 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        await cancelled.Task.Within();
        await stopping.Within();
        Assert.Equal(1, room.Metrics["handshakes stopping"]);
        room.HasLoggedNothing();
    }

    // A task that has failed already, as a start of a server that starts does.
    private static ServerErrors Failure(Task task) => Assert.IsType<ServerException>(task.Exception!.InnerException).Code;

    [Fact]
    public async Task Cancelling_a_stop_does_not_run_the_disconnect_events_handlers()
    {
        using var gate = new ManualResetEventSlim();
        await using var room = await Room.StartAsync(options => options.CloseTimeout = TimeSpan.FromSeconds(1));
        room.Server.OnDisconnect += (_, _) =>
        {
            gate.Wait(Wait.Bound);
            return default;
        };
        await using var first = await RawClient.OpenAsync(room.Server.Port);
        await using var second = await RawClient.OpenAsync(room.Server.Port);
        using var source = new CancellationTokenSource();
        var stopping = room.Server.StopAsync(source.Token);
        await Task.Run(source.Cancel).Within();
        await stopping.ContinueWith(_ => { }, TaskScheduler.Default).Within();
        Assert.False(gate.IsSet);
        gate.Set();
    }
}
