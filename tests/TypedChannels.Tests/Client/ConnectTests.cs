using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Client;

public class ConnectTests
{
    private static RoomClient NewClient(Uri uri, TimeProvider? time = null)
    {
        var options = new ClientOptions { Uri = uri };
        if (time is not null)
            options.TimeProvider = time;
        return new RoomClient(options);
    }

    private static async Task<ClientErrors> FailureAsync(Func<Task> action) =>
        (await Assert.ThrowsAsync<ClientException>(action).Within()).Code;

    [Fact]
    public async Task Connect_ends_after_the_ready_message_and_not_before()
    {
        await using var server = new FakeServer();
        await using var client = NewClient(server.Uri);
        var connecting = client.ConnectAsync();
        await using var stream = await server.HandshakeAsync();
        // A ping that is answered shows that the client's side is open.
        await stream.WriteAsync(FakeServer.Frame(RawClient.Ping, [1]));
        Assert.Equal(RawClient.Pong, (await FakeServer.ReadFrameAsync(stream)).Opcode);
        Assert.False(connecting.IsCompleted);
        Assert.False(client.IsAlive);
        Assert.Equal(ClientErrors.NotAlive, await FailureAsync(() => client.SendTickAsync().AsTask()));
        await stream.WriteAsync(FakeServer.Ready);
        await connecting.Within();
        Assert.True(client.IsAlive);
    }

    [Fact]
    public async Task Ready_message_with_members_and_a_message_right_behind_it_are_taken()
    {
        var heard = new Seen<Down>();
        await using var server = new FakeServer();
        await using var client = NewClient(server.Uri);
        client.OnDown += async message => heard.Add(message);
        var connecting = client.ConnectAsync();
        await using var stream = await server.HandshakeAsync();
        await stream.WriteAsync((byte[])
        [
            .. FakeServer.Text("""{"message":{"later":[1,2]},"channel":"_system:status:ready"}"""),
            .. FakeServer.Text("""{"channel":"down","message":{"text":"first"}}"""),
        ]);
        await connecting.Within();
        Assert.Equal(new Down("first"), await heard.NextAsync());
    }

    [Fact]
    public async Task Second_connect_fails_with_AlreadyConnecting_then_AlreadyConnected()
    {
        await using var server = new FakeServer();
        await using var client = NewClient(server.Uri);
        var connecting = client.ConnectAsync();
        Assert.Equal(ClientErrors.AlreadyConnecting, await FailureAsync(() => client.ConnectAsync()));
        await using var stream = await server.HandshakeAsync();
        Assert.Equal(ClientErrors.AlreadyConnecting, await FailureAsync(() => client.ConnectAsync()));
        await stream.WriteAsync(FakeServer.Ready);
        await connecting.Within();
        Assert.Equal(ClientErrors.AlreadyConnected, await FailureAsync(() => client.ConnectAsync()));
    }

    [Fact]
    public async Task Client_that_is_not_connected_can_neither_send_nor_disconnect()
    {
        await using var client = NewClient(new Uri("ws://127.0.0.1:1/"));
        Assert.False(client.IsAlive);
        Assert.Equal(ClientErrors.NotAlive, await FailureAsync(() => client.SendSayAsync(new Say("x")).AsTask()));
        Assert.Equal(ClientErrors.NotAlive, await FailureAsync(() => client.DisconnectAsync().AsTask()));
    }

    [Fact]
    public async Task Nobody_at_the_address_fails_with_ConnectionRefused_and_may_be_tried_again()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Dispose();
        await using var client = NewClient(new Uri($"ws://127.0.0.1:{port}/"));
        for (var i = 0; i < 3; i++)
            Assert.Equal(ClientErrors.ConnectionRefused, await FailureAsync(() => client.ConnectAsync()));
    }

    [Fact]
    public async Task What_a_failure_tells_of_the_address_has_neither_password_nor_query()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Dispose();
        await using var client = NewClient(new Uri($"ws://user:secret@127.0.0.1:{port}/a%20b?token=secret"));
        var failure = await Assert.ThrowsAsync<ClientException>(() => client.ConnectAsync().Within());
        Assert.Contains($"ws://127.0.0.1:{port}/a%20b ", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", "503")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", "200")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: bad\r\n\r\n", "")]
    [InlineData("220 mail.example ready\r\n", "")]
    public async Task Server_that_is_no_websocket_server_fails_with_HandshakeFailed(string response, string told)
    {
        await using var server = new FakeServer();
        await using var client = NewClient(server.Uri);
        var connecting = client.ConnectAsync();
        await using (var stream = new NetworkStream(await server.AcceptAsync(), ownsSocket: true))
        {
            await FakeServer.ReadRequestAsync(stream);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(response));
        }
        var failure = await Assert.ThrowsAsync<ClientException>(() => connecting.Within());
        Assert.Equal(ClientErrors.HandshakeFailed, failure.Code);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_that_resets_during_the_handshake_fails_with_HandshakeFailed()
    {
        await using var server = new FakeServer();
        await using var client = NewClient(server.Uri);
        var connecting = client.ConnectAsync();
        var socket = await server.AcceptAsync();
        await FakeServer.ReadRequestAsync(new NetworkStream(socket));
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
        Assert.Equal(ClientErrors.HandshakeFailed, await FailureAsync(() => connecting));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Server_that_closes_before_it_is_ready_fails_with_HandshakeFailed_and_no_disconnect_event(bool clean)
    {
        await using var server = new FakeServer();
        await using var client = NewClient(server.Uri);
        var disconnects = new Seen<Disconnect>();
        client.OnDisconnect += async disconnect => disconnects.Add(disconnect);
        var connecting = client.ConnectAsync();
        await using (var stream = await server.HandshakeAsync())
        {
            if (clean)
                await stream.WriteAsync(FakeServer.Close(1013));
        }
        Assert.Equal(ClientErrors.HandshakeFailed, await FailureAsync(() => connecting));
        Assert.Empty(disconnects.All);

        connecting = client.ConnectAsync();
        await using var again = await server.HandshakeAsync();
        await again.WriteAsync(FakeServer.Ready);
        await connecting.Within();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Server_that_never_gets_ready_fails_with_ConnectTimeout(bool handshakes)
    {
        var time = new FakeTimeProvider();
        await using var server = new FakeServer();
        await using var client = NewClient(server.Uri, time);
        var connecting = client.ConnectAsync();
        if (handshakes)
        {
            await using var stream = await server.HandshakeAsync();
            await stream.WriteAsync(FakeServer.Frame(RawClient.Ping, []));
            await FakeServer.ReadFrameAsync(stream);
            await EndsAsync();
        }
        else
        {
            using var socket = await server.AcceptAsync();
            await EndsAsync();
        }

        async Task EndsAsync()
        {
            time.Advance(TimeSpan.FromSeconds(9));
            Assert.False(connecting.IsCompleted);
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(ClientErrors.ConnectTimeout, await FailureAsync(() => connecting));
            Assert.False(client.IsAlive);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancelled_connect_leaves_nothing_and_may_be_tried_again(bool handshakes)
    {
        await using var server = new FakeServer();
        await using var client = NewClient(server.Uri);
        using var cancellation = new CancellationTokenSource();
        var connecting = client.ConnectAsync(cancellation.Token);
        await using (var stream = handshakes ? await server.HandshakeAsync() : new NetworkStream(await server.AcceptAsync(), ownsSocket: true))
        {
            await cancellation.CancelAsync();
            var cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.Within());
            Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        }
        connecting = client.ConnectAsync();
        await using var again = await server.HandshakeAsync();
        await again.WriteAsync(FakeServer.Ready);
        await connecting.Within();
    }

    [Fact]
    public async Task Connect_that_is_cancelled_beforehand_dials_nobody()
    {
        await using var client = NewClient(new Uri("ws://127.0.0.1:1/"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.ConnectAsync(new CancellationToken(canceled: true)).Within());
    }

    public static TheoryData<string, Action<ClientOptions>> OutOfRange => new()
    {
        { "Uri", options => options.Uri = null },
        { "Uri", options => options.Uri = new Uri("/relative", UriKind.Relative) },
        { "Uri", options => options.Uri = new Uri("http://localhost/") },
        { "ConnectTimeout", options => options.ConnectTimeout = TimeSpan.Zero },
        { "PingInterval", options => options.PingInterval = TimeSpan.Zero },
        { "PingTimeout", options => options.PingTimeout = TimeSpan.FromDays(2) },
        { "CloseTimeout", options => options.CloseTimeout = Timeout.InfiniteTimeSpan },
        { "MaxMessageBytes", options => options.MaxMessageBytes = 0 },
        { "SendQueueBytes", options => options.SendQueueBytes = -1 },
        { "ReceiveQueueBytes", options => options.ReceiveQueueBytes = int.MaxValue },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task Option_out_of_its_range_is_refused_by_name(string name, Action<ClientOptions> change)
    {
        var options = new ClientOptions { Uri = new Uri("ws://127.0.0.1:1/") };
        change(options);
        await using var client = new RoomClient(options);
        var failure = await Assert.ThrowsAsync<ArgumentException>(() => client.ConnectAsync());
        Assert.Contains($"ClientOptions.{name}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_without_a_clock_is_refused_and_is_not_left_connecting()
    {
        var client = new RoomClient(new ClientOptions { Uri = new Uri("ws://127.0.0.1:1/"), TimeProvider = null! });
        for (var attempt = 0; attempt < 2; attempt++)
            await Assert.ThrowsAnyAsync<ArgumentException>(() => client.ConnectAsync());
        await client.DisposeAsync().Within();
    }
}
