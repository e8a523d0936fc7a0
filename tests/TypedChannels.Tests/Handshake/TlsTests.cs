using System.Net;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Hosting;

namespace TypedChannels.Tests.Handshake;

[Trait("RFC", "8441")]
public class TlsTests
{
    private const string Ready = """{"channel":"_system:status:ready","message":{}}""";

    private readonly SslOptions _ssl = Certificates.Make();

    private Task<Room> StartAsync(Action<ServerOptions>? configure = null) => Room.StartAsync(
        options =>
        {
            options.Ssl = _ssl;
            configure?.Invoke(options);
        },
        server => server.OnSay += (connection, message) => connection.SendSayAsync(message));

    private HttpMessageInvoker Invoker() => new(new SocketsHttpHandler { SslOptions = Certificates.Trust(_ssl) });

    private static Uri Uri(Room room, string query = "") => new($"wss://localhost:{room.Server.Port}/{query}");

    private static async Task<ClientWebSocket> ConnectAsync(Room room, HttpMessageInvoker invoker, int version, string query = "")
    {
        var socket = new ClientWebSocket();
        socket.Options.HttpVersion = new Version(version, version == 1 ? 1 : 0);
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(Uri(room, query), invoker, CancellationToken.None).Within();
        Assert.Equal(Ready, await ReadAsync(socket));
        return socket;
    }

    private static async Task<string> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[4096];
        var received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).Within();
        Assert.Equal(WebSocketMessageType.Text, received.MessageType);
        Assert.True(received.EndOfMessage);
        return Encoding.UTF8.GetString(buffer, 0, received.Count);
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Within();

    private static async Task EchoesAsync(ClientWebSocket socket, string text = "hi")
    {
        var message = $$$"""{"channel":"say","message":{"text":"{{{text}}}","number":1}}""";
        await SendAsync(socket, message);
        Assert.Equal(message, await ReadAsync(socket));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Messages_go_both_ways_and_the_close_is_clean(int version)
    {
        await using var room = await StartAsync();
        using var invoker = Invoker();
        using var socket = await ConnectAsync(room, invoker, version, "?name=x");
        var connection = await room.Connected.NextAsync();
        Assert.Equal("x", connection.Handshake.Query["name"]);
        await EchoesAsync(socket);
        await EchoesAsync(socket, new string('x', 3000));
        await room.Server.EmitDownAsync(new Down("all"));
        Assert.Equal("""{"channel":"down","message":{"text":"all"}}""", await ReadAsync(socket));
        await socket.CloseAsync((WebSocketCloseStatus)4001, "bye", CancellationToken.None).Within();
        Assert.Equal(new Disconnect(4001, "bye", true), (await room.Disconnected.NextAsync()).Disconnect);
        Assert.Equal("localhost", new Uri("http://" + connection.Handshake.Headers.Host).Host);
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Several_connections_share_one_http2_connection_and_end_one_by_one()
    {
        await using var room = await StartAsync();
        using var invoker = Invoker();
        using var one = await ConnectAsync(room, invoker, 2);
        using var two = await ConnectAsync(room, invoker, 2);
        var connections = await room.Connected.NextAsync(2);
        Assert.Equal(connections[0].RemoteEndPoint, connections[1].RemoteEndPoint);

        // Dropped, not closed: its stream is reset, and the other one goes on.
        one.Abort();
        var gone = await room.Disconnected.NextAsync();
        Assert.Equal(new Disconnect(1006, "", false), gone.Disconnect);
        await EchoesAsync(two);

        var stays = connections.Single(connection => connection != gone.Connection);
        var closed = stays.DisconnectAsync(4002).AsTask();
        var end = await two.ReceiveAsync(new byte[100].AsMemory(), CancellationToken.None).Within();
        Assert.Equal(WebSocketMessageType.Close, end.MessageType);
        Assert.Equal(4002, (int)two.CloseStatus!);
        await two.CloseOutputAsync((WebSocketCloseStatus)4002, "", CancellationToken.None).Within();
        await closed.Within();
        Assert.True((await room.Disconnected.NextAsync()).Disconnect.WasClean);

        // The streams' places are taken again.
        using var three = await ConnectAsync(room, invoker, 2);
        await EchoesAsync(three);
        room.HasLoggedNothing();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Peer_that_does_not_answer_the_close_is_dropped_and_costs_its_own_stream_only(int version)
    {
        var time = new FakeTimeProvider();
        await using var room = await StartAsync(options => options.TimeProvider = time);
        using var invoker = Invoker();
        using var silent = await ConnectAsync(room, invoker, version);
        var connection = await room.Connected.NextAsync();
        using var other = await ConnectAsync(room, invoker, version);
        await room.Connected.NextAsync();
        var closed = connection.DisconnectAsync(4001).AsTask();
        time.Advance(TimeSpan.FromSeconds(6));
        await closed.Within();
        Assert.Equal(new Disconnect(4001, "", false), (await room.Disconnected.NextAsync()).Disconnect);
        await EchoesAsync(other);
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Server_that_stops_closes_http2_connections_with_1001()
    {
        await using var room = await StartAsync();
        using var invoker = Invoker();
        using var socket = await ConnectAsync(room, invoker, 2);
        await room.Connected.NextAsync();
        var stopping = room.Server.StopAsync();
        var end = await socket.ReceiveAsync(new byte[100].AsMemory(), CancellationToken.None).Within();
        Assert.Equal(WebSocketMessageType.Close, end.MessageType);
        Assert.Equal(1001, (int)socket.CloseStatus!);
        await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "", CancellationToken.None).Within();
        await stopping.Within();
        Assert.Equal(0, room.Server.Intake.Count);
    }

    [Fact]
    public async Task Idle_http2_connection_outlives_kestrels_minimum_data_rate()
    {
        var slow = new TaskCompletionSource();
        await using var app = await Application.StartAsync(
            builder =>
            {
                builder.Services.AddChannels<RoomServer>();
                builder.WebHost.ConfigureKestrel(kestrel =>
                    kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(1.1)));
            },
            application =>
            {
                application.MapChannels<RoomServer>("/");
                application.MapPost("/slow", async context =>
                {
                    // Kestrel's clock cannot be faked: an ordinary request, begun later, shows when such a rate is fatal.
                    await Assert.ThrowsAnyAsync<Exception>(() => context.Request.Body.ReadExactlyAsync(new byte[1]).AsTask());
                    slow.SetResult();
                });
            },
            _ssl);
        using var invoker = Invoker();
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        await socket.ConnectAsync(new Uri($"wss://localhost:{app.Port}/"), invoker, CancellationToken.None).Within();
        Assert.Equal(Ready, await ReadAsync(socket));

        using var other = Invoker();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"https://localhost:{app.Port}/slow")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StreamContent(new System.IO.Pipelines.Pipe().Reader.AsStream()),
        };
        // Otherwise the client keeps the request's head back until there is a body.
        request.Headers.ExpectContinue = true;
        var asking = other.SendAsync(request, CancellationToken.None);
        await slow.Task.Within();
        await SendAsync(socket, "bad");
        Assert.Contains("_system:error", await ReadAsync(socket), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<Exception>(() => asking.Within());
    }

    [Fact]
    public async Task Plain_http2_request_gets_426()
    {
        await using var room = await StartAsync();
        using var client = new HttpClient(new SocketsHttpHandler { SslOptions = Certificates.Trust(_ssl) });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"https://localhost:{room.Server.Port}/")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request).Within();
        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
        Assert.Equal("13", Assert.Single(response.Headers.GetValues("Sec-WebSocket-Version")));
    }

    [Fact]
    public async Task Origin_is_checked_over_http2_too()
    {
        await using var room = await StartAsync();
        using var invoker = Invoker();
        foreach (var (origin, allowed) in new[] { ($"https://localhost:{room.Server.Port}", true), ("https://evil.example", false) })
        {
            using var socket = new ClientWebSocket();
            socket.Options.HttpVersion = HttpVersion.Version20;
            socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            socket.Options.SetRequestHeader("Origin", origin);
            var connecting = socket.ConnectAsync(Uri(room), invoker, CancellationToken.None).Within();
            if (allowed)
                await connecting;
            else
                await Assert.ThrowsAsync<WebSocketException>(() => connecting);
        }
    }

    [Fact]
    public async Task Client_that_speaks_no_tls_harms_nobody()
    {
        await using var room = await StartAsync();
        await using var plain = await RawClient.DialAsync(room.Server.Port);
        await plain.WriteAsync(RawClient.Handshake(room.Server.Port));
        await plain.ReadEndAsync();
        using var invoker = Invoker();
        using var socket = await ConnectAsync(room, invoker, 1);
        await EchoesAsync(socket);
    }
}
