using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Client.Reconnecting;
using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Hosting;

namespace TypedChannels.Tests.Client;

/// <summary>
/// Servers that mean no good: what they send is bounded, each wait ends, and the failure has a type. Broken frames and messages are in
/// MessageTests, handshakes that are none in ConnectTests.
/// </summary>
public class HostileServerTests
{
    // What lies in the buffers of both sockets, which the system may make as large as it likes, up to this.
    private const int SocketBytes = 16 * 1024 * 1024;

    [Theory]
    [InlineData(0x7fff_ffff_ffff_ffff)]
    [InlineData(0x8000_0000)]
    [InlineData(0xffff_ffff)]
    public async Task Announced_length_allocates_nothing_and_the_message_is_cut_with_1009_at_the_limit(long length)
    {
        var time = new FakeTimeProvider();
        var ended = new Seen<Disconnect>();
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri, TimeProvider = time, MaxMessageBytes = 100_000 });
        client.OnDisconnect += async disconnect => ended.Add(disconnect);
        var connecting = client.ConnectAsync();
        await using var line = await Line.AcceptAsync(server);
        await connecting.Within();
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var header = new byte[10];
        (header[0], header[1]) = (0x81, 127);
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(2), length);
        await line.Stream.WriteAsync(header);
        // The limit is looked at whenever a buffer is full, whose size is the next power of two.
        await line.Stream.WriteAsync(Enumerable.Repeat((byte)'x', 128 * 1024).ToArray());
        Assert.Equal(1009, await FakeServer.ReadCloseAsync(line.Stream));
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 16 * 1024 * 1024);
        // It sends on and never answers: that is dropped, and ends with the close timeout.
        await line.Stream.WriteAsync(new byte[1_000_000]);
        await PassAsync(time, TimeSpan.FromSeconds(6), ended);
        Assert.Equal((1009, false), (await ended.NextAsync()) is var told ? (told.Code, told.WasClean) : default);
    }

    [Fact]
    public async Task Message_in_endless_fragments_is_cut_with_1009_at_the_limit()
    {
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri, MaxMessageBytes = 1000 });
        var connecting = client.ConnectAsync();
        await using var line = await Line.AcceptAsync(server);
        await connecting.Within();
        await line.Stream.WriteAsync(new byte[] { 0x01, 1, (byte)'x' });
        await line.Stream.WriteAsync(Enumerable.Repeat<byte[]>([0x00, 1, (byte)'x', 0x00, 0], 1000).SelectMany(bytes => bytes).ToArray());
        Assert.Equal(1009, await FakeServer.ReadCloseAsync(line.Stream));
    }

    [Fact]
    public async Task Endless_empty_fragments_are_cut_with_1008_at_a_thousand()
    {
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri });
        var connecting = client.ConnectAsync();
        await using var line = await Line.AcceptAsync(server);
        await connecting.Within();
        await line.Stream.WriteAsync(new byte[] { 0x01, 0 });
        await line.Stream.WriteAsync(Enumerable.Repeat<byte[]>([0x00, 0], 1023).SelectMany(bytes => bytes).ToArray());
        // So many are taken: a ping is still answered, and one more is not.
        await line.Stream.WriteAsync(FakeServer.Frame(RawClient.Ping, []));
        Assert.Equal(RawClient.Pong, (await FakeServer.ReadFrameAsync(line.Stream)).Opcode);
        Assert.True(client.IsAlive);
        await line.Stream.WriteAsync(new byte[] { 0x00, 0 });
        Assert.Equal(1008, await FakeServer.ReadCloseAsync(line.Stream));
    }

    [Fact]
    public async Task Flooding_server_is_held_back_by_TCP_at_the_bound_of_the_inbound_queue_and_nothing_is_lost()
    {
        const int Count = 400, Length = 50_000;
        var gate = new TaskCompletionSource();
        var handled = 0;
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri });
        client.OnDown += async _ =>
        {
            await gate.Task;
            Interlocked.Increment(ref handled);
        };
        var connecting = client.ConnectAsync();
        await using var line = await Line.AcceptAsync(server);
        await connecting.Within();
        var message = FakeServer.Text($$$"""{"channel":"down","message":{"text":"{{{new string('x', Length)}}}"}}""");
        var writing = line.Stream.WriteAsync(Enumerable.Repeat(message, Count).SelectMany(bytes => bytes).ToArray()).AsTask();
        await Wait.UntilAsync(() => client.Core!.Inbound.Bytes, bytes => bytes >= 256 * 1024);
        Assert.InRange(client.Core!.Inbound.Bytes, 256 * 1024, (256 * 1024) + Length + 200);
        // Twenty megabytes are more than the buffers of both sockets take.
        Assert.False(writing.IsCompleted);
        Assert.True(client.IsAlive);
        gate.SetResult();
        await writing.Within();
        await Wait.UntilAsync(() => Volatile.Read(ref handled), count => count == Count);
    }

    [Fact]
    public async Task Headers_without_end_are_cut_and_told_as_HandshakeFailed()
    {
        var taken = 0L;
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri });
        var connecting = client.ConnectAsync();
        await using var stream = new NetworkStream(await server.AcceptAsync(), ownsSocket: true);
        await FakeServer.ReadRequestAsync(stream);
        var header = Encoding.ASCII.GetBytes($"X-Header: {new string('x', 1000)}\r\n");
        try
        {
            await stream.WriteAsync("HTTP/1.1 101 Switching Protocols\r\n"u8.ToArray());
            for (; ; taken += header.Length)
                await stream.WriteAsync(header).AsTask().Within();
        }
        catch (IOException)
        {
            // The client has gone.
        }
        Assert.Equal(ClientErrors.HandshakeFailed, (await Assert.ThrowsAsync<ClientException>(() => connecting.Within())).Code);
        Assert.InRange(taken, 0, SocketBytes);
    }

    [Fact]
    public async Task Handshake_a_byte_at_a_time_ends_with_ConnectTimeout()
    {
        var time = new FakeTimeProvider();
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri, TimeProvider = time });
        var connecting = client.ConnectAsync();
        await using var stream = new NetworkStream(await server.AcceptAsync(), ownsSocket: true);
        await FakeServer.ReadRequestAsync(stream);
        foreach (var letter in "HTTP/1.1 1"u8.ToArray())
        {
            Assert.False(connecting.IsCompleted);
            await stream.WriteAsync(new[] { letter });
            time.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(ClientErrors.ConnectTimeout, (await Assert.ThrowsAsync<ClientException>(() => connecting.Within())).Code);
        await FakeServer.ReadToEndAsync(stream);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Redirect_is_not_followed_and_what_was_meant_for_one_server_is_sent_to_no_other(int status)
    {
        using var other = new TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri, TokenProvider = async _ => "secret" });
        var connecting = client.ConnectAsync();
        await using var stream = new NetworkStream(await server.AcceptAsync(), ownsSocket: true);
        await FakeServer.ReadRequestAsync(stream);
        var head = $"HTTP/1.1 {status} Elsewhere\r\nLocation: ws://{other.LocalEndpoint}/\r\nContent-Length: 0\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        var failure = await Assert.ThrowsAsync<ClientException>(() => connecting.Within());
        Assert.Equal((ClientErrors.HandshakeFailed, status), (failure.Code, failure.StatusCode));
        Assert.False(other.Pending());
    }

    [Fact]
    public async Task Refusal_with_an_endless_page_is_not_waited_for()
    {
        await using var server = new FakeServer();
        await using var client = new RoomClient(new ClientOptions { Uri = server.Uri });
        var connecting = client.ConnectAsync();
        await using var stream = new NetworkStream(await server.AcceptAsync(), ownsSocket: true);
        await FakeServer.ReadRequestAsync(stream);
        await stream.WriteAsync("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 999999999\r\n\r\nsorry"u8.ToArray());
        var failure = await Assert.ThrowsAsync<ClientException>(() => connecting.Within());
        Assert.Equal((ClientErrors.HandshakeFailed, 503), (failure.Code, failure.StatusCode));
        await FakeServer.ReadToEndAsync(stream);
    }

    [Fact]
    public async Task Server_that_is_busy_for_ever_is_tried_for_ever_and_nothing_gathers()
    {
        var time = new CountingTime();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server, options => options.TimeProvider = time);
        await using var _ = client;
        line.Kill();
        for (var i = 1; i <= 200; i++)
        {
            Assert.Equal(i, (await client.Reconnecting.NextAsync()).Attempt);
            await using var stream = new NetworkStream(await server.AcceptAsync(), ownsSocket: true);
            await FakeServer.ReadRequestAsync(stream);
            await stream.WriteAsync("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            await FakeServer.ReadToEndAsync(stream);
        }
        // That of the attempt under way, and of the one before, at most.
        Assert.InRange(time.Timers, 0, 4);
    }

    [Fact]
    public async Task Server_that_lets_in_and_throws_out_is_met_by_growing_delays()
    {
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(
            server, reconnect: reconnect => (reconnect.MaxDelay, reconnect.MaxAttempts) = (TimeSpan.FromHours(1), 5));
        await using var _ = client;
        for (var i = 1; i <= 5; i++)
        {
            line.Kill();
            Assert.Equal(i, (await client.Reconnecting.NextAsync()).Attempt);
            line = await Line.AcceptAsync(server);
            await client.Reconnected.NextAsync();
        }
        line.Kill();
        Assert.Equal((1006, null), (await client.Ended.NextAsync()) is var told ? (told.Code, told.Exception) : default);
    }

    [Fact]
    public async Task Second_ready_message_changes_nothing()
    {
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(server);
        await using var _ = client;
        var errors = new Seen<MessageError>();
        client.Client.OnMessageError += errors.Add;
        line.Kill();
        line = await Line.AcceptAsync(server);
        await client.Reconnected.NextAsync();
        await line.Stream.WriteAsync(FakeServer.Ready);
        await line.SendDownAsync("next");
        Assert.Equal("next", await client.Heard.NextAsync());
        Assert.Single(client.Reconnected.All);
        Assert.Empty(errors.All);
    }

    /// <summary>Lets time pass in steps, as deadlines are looked at in steps.</summary>
    private static async Task PassAsync(FakeTimeProvider time, TimeSpan span, Seen<Disconnect> until)
    {
        var step = TimeSpan.FromMilliseconds(200);
        for (var passed = TimeSpan.Zero; passed < span && until.All.Count == 0; passed += step)
        {
            time.Advance(step);
            await Task.Yield();
        }
    }
}
