using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Hosting;

namespace TypedChannels.Tests.Server;

/// <summary>A handler that never ends, fails, or is cancelled, of every kind.</summary>
public class HandlerEndTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    public enum Place
    {
        Handshake,
        Connect,
        ServerMessage,
        ConnectionMessage,
        ServerDisconnect,
        ConnectionDisconnect,
    }

    public static TheoryData<Place, string> PlacesAndEnds
    {
        get
        {
            var data = new TheoryData<Place, string>();
            foreach (var place in Enum.GetValues<Place>())
            {
                foreach (var end in new[] { "stop", "dispose", "run" })
                    data.Add(place, end);
            }
            return data;
        }
    }

    public static TheoryData<Place> Places => [.. Enum.GetValues<Place>()];

    public static TheoryData<Place> ConnectionPlaces => [.. Enum.GetValues<Place>().Where(place => place != Place.Handshake)];

    private static void Attach(RoomServer server, Place place, Func<RoomConnection?, ValueTask> handler)
    {
        ValueTask Call(Place here, RoomConnection? connection) => here == place ? handler(connection) : default;
        server.Deciding = _ => Call(Place.Handshake, null);
        server.OnUp += (connection, _) => Call(Place.ServerMessage, connection);
        server.OnDisconnect += (connection, _) => Call(Place.ServerDisconnect, connection);
        server.OnConnect += connection =>
        {
            connection.OnUp += _ => Call(Place.ConnectionMessage, connection);
            connection.OnDisconnect += _ => Call(Place.ConnectionDisconnect, connection);
            return Call(Place.Connect, connection);
        };
    }

    /// <summary>Brings the server into the handler, on a path of its application where it has one.</summary>
    private static async Task<RawClient> EnterAsync(int port, Place place, Task entered, string path = "/")
    {
        var client = await RawClient.DialAsync(port);
        await client.WriteAsync(RawClient.Handshake(port, path));
        if (place != Place.Handshake)
        {
            await client.ReadResponseAsync();
            await client.ReadReadyAsync();
            await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
            if (place is Place.ServerDisconnect or Place.ConnectionDisconnect)
                await client.SendCloseAsync(1000);
        }
        await entered.Within();
        return client;
    }

    [Theory]
    [MemberData(nameof(PlacesAndEnds))]
    public async Task Server_ends_though_a_handler_never_does(Place place, string end)
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        using var cancel = new CancellationTokenSource();
        await using var room = await Room.StartAsync(options => options.CloseTimeout = Short, server => Attach(server, place, async _ =>
        {
            entered.TrySetResult();
            await go.Task;
        }));
        var server = room.Server;
        var running = Task.CompletedTask;
        if (end == "run")
        {
            await server.StopAsync().Within();
            running = server.RunAsync(cancel.Token);
            await Wait.UntilAsync(() => server.Port, port => port != 0);
        }
        await using var client = await EnterAsync(server.Port, place, entered.Task);
        await (end switch
        {
            "stop" => server.StopAsync(),
            "dispose" => server.DisposeAsync().AsTask(),
            _ => cancel.CancelAsync(),
        }).Within();
        await running.Within();
        Assert.Equal((0, 0), (server.Port, server.ConnectionCount));
        await client.ReadEndAsync();

        // It does not hold up the next run either.
        if (end != "dispose")
            await server.StartAsync().Within();
        Assert.False(go.Task.IsCompleted);
        go.SetResult();
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task Application_ends_though_a_handler_never_does(Place place)
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var time = new CountingTime();
        await using var app = await Application.StartAsync(
            builder =>
            {
                // The host's own patience must not be what ends it.
                builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Wait.Bound * 4);
                builder.Services.AddChannels<RoomServer>(options => (options.CloseTimeout, options.TimeProvider) = (Short, time));
            },
            application => application.MapChannels<RoomServer>("/room"));
        var server = app.Services.GetRequiredService<RoomServer>();
        Attach(server, place, async _ =>
        {
            entered.TrySetResult();
            await go.Task;
        });
        await using var client = await EnterAsync(app.Port, place, entered.Task, "/room");
        await app.StopAsync();
        Assert.Equal(0, server.ConnectionCount);
        go.SetResult();
        await Wait.UntilAsync(() => (server.Intake.Count, time.Timers), left => left == default);
    }

    [Theory]
    [InlineData(Place.Connect)]
    [InlineData(Place.ServerMessage)]
    [InlineData(Place.ConnectionMessage)]
    public async Task Aborted_ends_a_handler_that_heeds_it_and_that_is_no_failure(Place place)
    {
        var entered = new TaskCompletionSource();
        await using var room = await Room.StartAsync(prepare: server => Attach(server, place, async connection =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, connection!.Aborted);
        }));
        var client = await EnterAsync(room.Server.Port, place, entered.Task);
        client.Kill();
        Assert.Equal(1006, (await room.Disconnected.NextAsync()).Disconnect.Code);
        Assert.Empty(room.Errors.All);
        room.HasLoggedNothing();
    }

    [Theory]
    [InlineData(Place.ServerDisconnect)]
    [InlineData(Place.ConnectionDisconnect)]
    public async Task Aborted_is_cancelled_already_in_the_disconnect_event(Place place)
    {
        var seen = new Seen<bool>();
        await using var room = await Room.StartAsync(
            prepare: server => Attach(server, place, async connection => seen.Add(connection!.Aborted.IsCancellationRequested)));
        await using var client = await room.JoinAsync();
        await client.LeaveAsync();
        Assert.True(await seen.NextAsync());
    }

    [Fact]
    public async Task Handshake_that_heeds_its_token_ends_when_the_client_goes()
    {
        var entered = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        await using var room = await Room.StartAsync(prepare: server => server.Deciding = async handshake =>
        {
            entered.SetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, handshake.RequestAborted);
            }
            finally
            {
                ended.SetResult();
            }
        });
        var client = await EnterAsync(room.Server.Port, Place.Handshake, entered.Task);
        client.Kill();
        await ended.Task.Within();
        await Wait.UntilAsync(() => room.Server.Intake.Count, count => count == 0);
        room.HasLoggedNothing();
    }

    public static TheoryData<Place, bool, bool> Failures
    {
        get
        {
            var data = new TheoryData<Place, bool, bool>();
            foreach (var place in ConnectionPlaces.Select(row => row.Data))
            {
                foreach (var (late, cancelled) in new[] { (false, false), (false, true), (true, false), (true, true) })
                    data.Add(place, late, cancelled);
            }
            return data;
        }
    }

    /// <summary>A cancellation of the handler's own, while the connection lives, is a failure like any other.</summary>
    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_of_a_handler_is_told_and_logged_however_it_fails(Place place, bool late, bool cancelled)
    {
        var isFirst = true;
        await using var room = await Room.StartAsync(prepare: server => Attach(server, place, connection =>
        {
            if (!isFirst)
                return default;
            isFirst = false;
            Exception failure = cancelled ? new OperationCanceledException("on purpose") : new InvalidOperationException("on purpose");
            return late ? FailLateAsync(failure) : throw failure;
        }));
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        switch (place)
        {
            case Place.Connect:
                Assert.Equal((1011, "Internal failure."), await client.CloseBackAsync());
                break;
            case Place.ServerMessage or Place.ConnectionMessage:
                Assert.Equal("""{"channel":"_system:error","message":{"code":"HandlerFailed","channel":"up"}}""", await client.ReadTextAsync());
                Assert.Equal("on purpose", (await room.Errors.NextAsync()).Exception!.Message);
                await client.LeaveAsync();
                break;
            default:
                await client.LeaveAsync();
                break;
        }
        await room.Disconnected.NextAsync();
        await Wait.UntilAsync(
            () => room.Log.Lines.Count(line => line.Text.Contains("on purpose", StringComparison.Ordinal)), count => count == 1);
        // Nobody else notices.
        await using var other = await room.JoinAsync();
        await other.LeaveAsync();
        Assert.Equal(1000, (await room.Disconnected.NextAsync()).Disconnect.Code);

        static async ValueTask FailLateAsync(Exception failure)
        {
            await Task.Yield();
            throw failure;
        }
    }
}
