using System.Text;
using TypedChannels.Tests.Handshake;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Hostile;

/// <summary>What a peer may do before it is connected: who is silent, slow or many, and what comes behind the handshake.</summary>
public class HandshakeTests : IClassFixture<UnobservedExceptions>
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task H02_A_header_that_comes_byte_by_byte_has_the_time_of_the_whole_request()
    {
        await using var room = await HostileRoom.StartAsync(options => options.HandshakeTimeout = Soon);
        await using (var slow = await RawClient.DialAsync(room.Port))
        {
            await slow.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ");
            var response = slow.ReadResponseAsync();
            using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
            while (!response.IsCompleted)
            {
                await pace.WaitForNextTickAsync().Within();
                await slow.WriteAsync("x").ContinueWith(_ => { }, TaskScheduler.Default);
            }
            Assert.StartsWith("HTTP/1.1 408 ", await response, StringComparison.Ordinal);
            await slow.ReadEndAsync();
        }
        Assert.Empty(room.Room.Connected.All);
    }

    [Fact]
    public async Task H03_Half_open_connections_beyond_their_number_are_dropped_and_who_is_connected_stays()
    {
        await using var room = await HostileRoom.StartAsync(options => (options.MaxConnections, options.PendingLimit) = (2, 1));
        await using var honest = await room.JoinAsync();
        await using var silent = new HostileRoom.Crowd();
        for (var i = 0; i < 3; i++)
            silent.Add(await RawClient.DialAsync(room.Port));
        for (var i = 0; i < 20; i++)
        {
            await using var tooMany = await RawClient.DialAsync(room.Port);
            await tooMany.ReadEndAsync();
        }
        await HostileRoom.EchoesAsync(honest);
        foreach (var client in silent)
            client.Kill();
        // Kestrel tells nobody when it has counted them out.
        while (await room.AskAsync("GET /elsewhere HTTP/1.1\r\nHost: x\r\n\r\n") != 404)
        {
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public async Task H04_A_tls_handshake_that_is_begun_and_not_finished_is_dropped(int byteCount)
    {
        var ssl = Hosting.Certificates.Make();
        await using var room = await Room.StartAsync(options => (options.Ssl, options.HandshakeTimeout) = (ssl, Soon));
        await using var client = await RawClient.DialAsync(room.Server.Port);
        var hello = await Http2Client.HelloAsync();
        await client.WriteAsync(hello[..Math.Min(byteCount, hello.Length)]);
        await client.ReadEndAsync();
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task H15_A_cookie_from_a_foreign_page_is_not_even_looked_at()
    {
        var decided = 0;
        await using var room = await HostileRoom.StartAsync(prepare: server => server.Deciding = _ =>
        {
            Interlocked.Increment(ref decided);
            return default;
        });
        foreach (var origin in new[] { "https://evil.example", "null", $"http://127.0.0.1.evil.example:{room.Port}", "\u202e" })
        {
            var request = RawClient.Handshake(room.Port, headers: $"Origin: {origin}\r\nCookie: session=1\r\n");
            Assert.Equal(403, await room.AskAsync(Encoding.UTF8.GetBytes(request)));
        }
        Assert.Equal(4, room.Room.Metrics["handshakes origin"]);
        Assert.Equal(0, decided);
    }

    [Fact]
    public async Task H15_What_an_origin_says_is_escaped_in_the_log()
    {
        await using var room = await HostileRoom.StartAsync();
        var request = RawClient.Handshake(room.Port, headers: "Origin: https://evil\u2028forged\u202e\U000e0041\U0001f600\r\n");
        Assert.Equal(403, await room.AskAsync(Encoding.UTF8.GetBytes(request)));
        Assert.Contains("https://evil?forged", Assert.Single(room.Room.Log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task H19_Many_connects_one_after_another_leave_nothing()
    {
        const int Count = 300;
        await using var room = await HostileRoom.StartAsync();
        for (var i = 0; i < Count; i++)
        {
            await using var client = await room.JoinAsync();
            await client.LeaveAsync();
        }
        Assert.Equal(Count, room.Room.Metrics["handshakes accepted"]);
        await Wait.UntilAsync(() => room.Room.Metrics["active_connections"], count => count == 0);
        Assert.Equal(0, room.Room.Buffers.Out);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task H21_Clients_that_go_with_their_handshake_leave_nothing(bool reset)
    {
        await using var room = await HostileRoom.StartAsync();
        for (var i = 0; i < 1000; i++)
        {
            var client = await RawClient.DialAsync(room.Port);
            await client.WriteAsync(RawClient.Handshake(room.Port));
            if (reset)
                client.Kill();
            else
                await client.DisposeAsync();
        }
        await Wait.UntilAsync(() => room.Room.Server.Intake.Count, count => count == 0);
        Assert.Equal(0, room.Room.Server.ConnectionCount);
    }

    [Fact]
    public async Task H22_A_client_that_never_reads_is_dropped_when_its_pong_does_not_come()
    {
        await using var room = await HostileRoom.StartAsync();
        await using var client = await RawClient.DialAsync(room.Port, receiveBytes: 1);
        await client.WriteAsync(RawClient.Handshake(room.Port));
        await room.Room.Connected.NextAsync();
        room.Advance(15);
        room.Advance(10);
        await room.HasEndedAsync(1006);
        Assert.Equal(1, room.Room.Metrics["limits_exceeded PingTimeout"]);
        await client.ReadEndAsync();
    }

    [Fact]
    public async Task H25_Frames_before_the_101_wait_for_the_decision_and_are_all_handled()
    {
        const int Count = 1200;
        var entered = new TaskCompletionSource();
        var decision = new TaskCompletionSource();
        await using var room = await HostileRoom.StartAsync(prepare: server => server.Deciding = async _ =>
        {
            entered.TrySetResult();
            await decision.Task;
        });
        await using var client = await RawClient.DialAsync(room.Port);
        var frames = Enumerable.Range(0, Count).Select(i => ClientFrame.Text(Encoding.UTF8.GetBytes(HostileRoom.Say("early", i))));
        var bytes = ClientFrame.Join(frames);
        Assert.True(bytes.Length >= 64 * 1024);
        await client.WriteAsync([.. Encoding.ASCII.GetBytes(RawClient.Handshake(room.Port)), .. bytes]);
        await entered.Task.Within();
        Assert.Empty(room.Room.Connected.All);
        decision.SetResult();
        await client.ReadResponseAsync();
        await client.ReadReadyAsync();
        for (var i = 0; i < Count; i++)
            Assert.Equal(HostileRoom.Say("early", i), await client.ReadTextAsync());
    }
}
