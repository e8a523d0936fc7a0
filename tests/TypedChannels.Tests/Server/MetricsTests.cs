namespace TypedChannels.Tests.Server;

public class MetricsTests
{
    [Fact]
    public async Task Connections_handshakes_and_close_codes_are_counted_and_the_connections_return_to_none()
    {
        await using var room = await Room.StartAsync();
        await using var first = await room.JoinAsync();
        await using var second = await room.JoinAsync();
        Assert.Equal(2, room.Metrics["connections"]);
        Assert.Equal(2, room.Metrics["handshakes accepted"]);
        await first.LeaveAsync();
        await second.LeaveAsync(4711);
        await room.Disconnected.NextAsync();
        await room.Disconnected.NextAsync();
        Assert.Equal(0, room.Metrics["connections"]);
        Assert.Equal(1, room.Metrics["disconnects 1000"]);
        Assert.Equal(1, room.Metrics["disconnects application"]);
    }

    [Fact]
    public async Task Refused_handshakes_are_counted_by_outcome()
    {
        await using var room = await Room.StartAsync(
            options => options.MaxConnections = 1,
            server => server.Deciding = handshake =>
            {
                if (handshake.Query.ContainsKey("no"))
                    handshake.Refuse(401);
                return default;
            });
        var port = room.Server.Port;
        await RefuseAsync(RawClient.Handshake(port, headers: "Origin: https://evil\r\n"));
        await RefuseAsync(RawClient.Handshake(port).Replace("Version: 13", "Version: 12", StringComparison.Ordinal));
        await RefuseAsync(RawClient.Handshake(port, "/?no"));
        await using var only = await room.JoinAsync();
        await RefuseAsync(RawClient.Handshake(port));
        foreach (var outcome in new[] { "origin", "malformed", "refused", "full", "accepted" })
            Assert.Equal(1, room.Metrics[$"handshakes {outcome}"]);
        Assert.Equal(1, room.Metrics["limits_exceeded MaxConnections"]);

        async Task RefuseAsync(string request)
        {
            await using var client = await RawClient.DialAsync(port);
            await client.WriteAsync(request);
            Assert.StartsWith("HTTP/1.1 4", (await client.ReadResponseAsync()).Replace("1.1 503", "1.1 4", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Messages_that_cannot_be_processed_are_counted_by_code()
    {
        await using var room = await Room.StartAsync(options => options.MessageErrorLimit = 2);
        await using var client = await room.JoinAsync();
        await client.SendAsync("{");
        await client.SendAsync("[]");
        await client.SendAsync("""{"channel":"nowhere"}""");
        Assert.Equal(1008, (await client.CloseBackAsync()).Code);
        Assert.Equal(1, room.Metrics["message_errors InvalidJson"]);
        Assert.Equal(1, room.Metrics["message_errors InvalidEnvelope"]);
        Assert.Equal(1, room.Metrics["message_errors UnknownChannel"]);
        Assert.Equal(1, room.Metrics["limits_exceeded MessageErrorLimit"]);
    }

    [Fact]
    public async Task Bytes_that_wait_are_seen_while_they_wait()
    {
        var gate = new TaskCompletionSource();
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += async (_, _) => await gate.Task);
        await using var client = await room.JoinAsync();
        for (var i = 0; i < 3; i++)
            await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        await Wait.UntilAsync(() => room.Metrics.Observe()["queue_bytes in"], bytes => bytes == 2 * (39 + 64));
        gate.SetResult();
        await Wait.UntilAsync(() => room.Metrics.Observe()["queue_bytes in"], bytes => bytes == 0);
    }

    [Fact]
    public async Task A_flood_of_refused_handshakes_is_one_line_in_the_log()
    {
        await using var room = await Room.StartAsync();
        for (var i = 0; i < 20; i++)
        {
            await using var client = await RawClient.DialAsync(room.Server.Port);
            await client.WriteAsync(RawClient.Handshake(room.Server.Port, headers: "Origin: https://evil\r\n"));
            await client.ReadResponseAsync();
        }
        Assert.Equal(20, room.Metrics["handshakes origin"]);
        Assert.Single(room.Log.Lines);
    }
}
