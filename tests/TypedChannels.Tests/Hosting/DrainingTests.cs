using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Handshake;

namespace TypedChannels.Tests.Hosting;

/// <summary>What an application's end is to its connections. That of one server over plain HTTP/1.1 is in <see cref="MapChannelsTests"/>.</summary>
public class DrainingTests
{
    // The host's own patience must not be what ends it.
    private static void BePatient(WebApplicationBuilder builder) =>
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Wait.Bound * 4);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Over_tls_each_connection_is_closed_with_1001_and_the_host_waits_for_its_answer_only(int version)
    {
        var ssl = Certificates.Make();
        var ended = new Seen<Disconnect>();
        await using var app = await Application.StartAsync(
            builder =>
            {
                BePatient(builder);
                builder.Services.AddChannels<RoomServer>();
            },
            application => application.MapChannels<RoomServer>("/room"),
            ssl);
        app.Services.GetRequiredService<RoomServer>().OnDisconnect += (_, disconnect) =>
        {
            ended.Add(disconnect);
            return default;
        };
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = Certificates.Trust(ssl) });
        var sockets = new List<ClientWebSocket>();
        try
        {
            var buffer = new byte[100];
            for (var i = 0; i < 3; i++)
            {
                var socket = new ClientWebSocket();
                sockets.Add(socket);
                socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
                socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
                await socket.ConnectAsync(new Uri($"wss://localhost:{app.Port}/room"), invoker, CancellationToken.None).Within();
                Assert.Equal(WebSocketMessageType.Text, (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).Within()).MessageType);
            }
            var stopping = app.StopAsync();
            foreach (var socket in sockets)
            {
                Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).Within()).MessageType);
                Assert.Equal(1001, (int)socket.CloseStatus!);
                await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "", CancellationToken.None).Within();
            }
            await stopping;
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
        Assert.Equal(3, ended.All.Count);
        Assert.All(ended.All, disconnect => Assert.True(disconnect.WasClean));
        Assert.Empty(app.Log.Lines);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Over_tls_a_client_that_does_not_answer_holds_up_the_host_for_the_close_timeout_and_no_longer(int version)
    {
        var ssl = Certificates.Make();
        var time = new FakeTimeProvider();
        await using var app = await Application.StartAsync(
            builder =>
            {
                BePatient(builder);
                builder.Services.AddChannels<RoomServer>(options => options.TimeProvider = time);
            },
            application => application.MapChannels<RoomServer>("/room"),
            ssl);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = Certificates.Trust(ssl) });
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new Uri($"wss://localhost:{app.Port}/room"), invoker, CancellationToken.None).Within();
        var buffer = new byte[100];
        await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).Within();
        var stopping = app.StopAsync();
        Assert.Equal(WebSocketMessageType.Close, (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).Within()).MessageType);
        Assert.False(stopping.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(6));
        await stopping;
        Assert.Equal(0, app.Services.GetRequiredService<RoomServer>().Intake.Count);
    }

    [Fact]
    [Trait("RFC", "8441")]
    public async Task Client_that_is_silent_on_http2_too_holds_up_the_host_for_the_close_timeout_and_no_longer()
    {
        var ssl = Certificates.Make();
        var time = new FakeTimeProvider();
        await using var app = await Application.StartAsync(
            builder =>
            {
                BePatient(builder);
                builder.Services.AddChannels<RoomServer>(options => options.TimeProvider = time);
            },
            application => application.MapChannels<RoomServer>("/"),
            ssl);
        await using var session = await Http2Session.DialAsync(app.Port, ssl);
        await session.OpenAsync(app.Port, 1);
        await session.OpenAsync(app.Port, 3);
        var stopping = app.StopAsync();
        foreach (var stream in new[] { 1, 3 })
            Assert.Equal(0x88, (await session.ReadFrameAsync(stream)).First);
        // Kestrel waits by now for whatever streams are left.
        await session.UntilAsync(() => session.GoneAway is not null);
        time.Advance(TimeSpan.FromSeconds(6));
        await stopping;
        await session.ReadEndAsync();
    }

    [Fact]
    public async Task Host_waits_for_a_handler_that_runs()
    {
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var ended = false;
        await using var app = await Application.StartAsync(
            builder =>
            {
                BePatient(builder);
                builder.Services.AddChannels<RoomServer>();
            },
            application => application.MapChannels<RoomServer>("/room"));
        app.Services.GetRequiredService<RoomServer>().OnUp += async (_, _) =>
        {
            entered.SetResult();
            await go.Task;
            ended = true;
        };
        await using var client = await RawClient.OpenAsync(app.Port, "/room");
        await client.ReadReadyAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        await entered.Task.Within();
        var stopping = app.StopAsync();
        Assert.Equal(1001, (await client.CloseBackAsync()).Code);
        Assert.False(stopping.IsCompleted);
        go.SetResult();
        await stopping;
        Assert.True(ended);
    }

    [Fact]
    public async Task Handler_that_does_not_end_holds_up_the_host_for_the_close_timeout_and_is_told_of()
    {
        var time = new FakeTimeProvider();
        var entered = new TaskCompletionSource();
        var never = new TaskCompletionSource();
        await using var app = await Application.StartAsync(
            builder =>
            {
                BePatient(builder);
                builder.Services.AddChannels<RoomServer>(options => options.TimeProvider = time);
            },
            application => application.MapChannels<RoomServer>("/room"));
        app.Services.GetRequiredService<RoomServer>().OnUp += async (_, _) =>
        {
            entered.SetResult();
            await never.Task;
        };
        await using var client = await RawClient.OpenAsync(app.Port, "/room");
        await client.ReadReadyAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        await entered.Task.Within();
        var stopping = app.StopAsync();
        await client.CloseBackAsync();
        // Its deadline begins some time after the connection's end.
        while (!stopping.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(6));
            await Task.Yield();
        }
        never.SetResult();
        await stopping;
        // By its connection, by the server, or by both: whose time is over first.
        Assert.NotEmpty(app.Log.Lines);
        Assert.All(app.Log.Lines, line => Assert.Contains("still run", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_servers_are_drained_at_the_same_time()
    {
        var time = new FakeTimeProvider();
        await using var app = await Application.StartAsync(
            builder =>
            {
                BePatient(builder);
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.Services.AddSingleton(new Greeter());
                builder.Services.AddChannels<RoomServer>();
                builder.Services.AddChannels<GreetingServer>();
            },
            application =>
            {
                application.MapChannels<RoomServer>("/room");
                application.MapChannels<GreetingServer>("/greeting");
            });
        await using var one = await RawClient.OpenAsync(app.Port, "/room");
        await one.ReadReadyAsync();
        await using var other = await RawClient.OpenAsync(app.Port, "/greeting");
        await other.ReadReadyAsync();
        var stopping = app.StopAsync();
        // Neither answers: that each is closed shows that no server waits for the other's connections.
        Assert.Equal(1001, (await one.ReadCloseAsync()).Code);
        Assert.Equal(1001, (await other.ReadCloseAsync()).Code);
        // One close timeout is enough for both.
        time.Advance(TimeSpan.FromSeconds(6));
        await stopping;
    }

    [Fact]
    public async Task Handshake_that_comes_while_the_application_stops_gets_503()
    {
        await using var app = await Application.StartAsync(
            builder =>
            {
                BePatient(builder);
                builder.Services.AddChannels<RoomServer>();
            },
            application => application.MapChannels<RoomServer>("/room"));
        await using var late = await RawClient.DialAsync(app.Port);
        // Kestrel has taken its connection, or it would never be answered.
        await late.WriteAsync("GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", await late.ReadResponseAsync(), StringComparison.Ordinal);
        await using var holds = await RawClient.OpenAsync(app.Port, "/room");
        await holds.ReadReadyAsync();
        app.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        Assert.Equal(1001, (await holds.ReadCloseAsync()).Code);
        await late.WriteAsync(RawClient.Handshake(app.Port, "/room"));
        Assert.StartsWith("HTTP/1.1 503 ", await late.ReadResponseAsync(), StringComparison.Ordinal);
        await holds.SendCloseAsync(1001);
        await app.StopAsync();
    }
}
