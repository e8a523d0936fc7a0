namespace TypedChannels.Tests.Handshake;

[Trait("RFC", "6455 §4.2")]
public class RefusalTests
{
    private static string Request(int port, string start = "GET / HTTP/1.1", string? without = null, string? with = null)
    {
        string[] headers =
        [
            $"Host: 127.0.0.1:{port}", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13", $"Sec-WebSocket-Key: {RawClient.Key}",
        ];
        var kept = headers.Where(header => without is null || !header.StartsWith(without + ":", StringComparison.Ordinal));
        return string.Join("\r\n", [start, .. kept, .. with is null ? Array.Empty<string>() : [with], "", ""]);
    }

    private static async Task<string> AskAsync(Room room, string request)
    {
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(request);
        return await client.ReadResponseAsync();
    }

    private static void HasStatus(int status, string response) => Assert.StartsWith($"HTTP/1.1 {status} ", response, StringComparison.Ordinal);

    private static void HasHeader(string header, string response) => Assert.Contains($"\r\n{header}\r\n", response, StringComparison.Ordinal);

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("PUT")]
    public async Task Method_other_than_GET_gets_405(string method)
    {
        await using var room = await Room.StartAsync();
        var response = await AskAsync(room, Request(room.Server.Port, $"{method} / HTTP/1.1", with: "Content-Length: 0"));
        // Kestrel itself refuses an upgrade with a body.
        HasStatus(405, response);
        HasHeader("Allow: GET, CONNECT", response);
    }

    [Theory]
    [InlineData("Upgrade", null)]
    [InlineData("Connection", null)]
    [InlineData("Upgrade", "Upgrade: h2c")]
    [InlineData("Connection", "Connection: keep-alive")]
    [InlineData("Sec-WebSocket-Version", null)]
    [InlineData("Sec-WebSocket-Version", "Sec-WebSocket-Version: 8")]
    [InlineData("Sec-WebSocket-Version", "Sec-WebSocket-Version: 13, 8")]
    [InlineData(null, "Sec-WebSocket-Version: 13")]
    public async Task No_upgrade_or_another_version_gets_426_with_the_version(string? without, string? with)
    {
        await using var room = await Room.StartAsync();
        var response = await AskAsync(room, Request(room.Server.Port, without: without, with: with));
        HasStatus(426, response);
        HasHeader("Sec-WebSocket-Version: 13", response);
        HasHeader("Upgrade: websocket", response);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Sec-WebSocket-Key: ")]
    [InlineData("Sec-WebSocket-Key: c2hvcnQ=")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZS4u")]
    [InlineData("Sec-WebSocket-Key: !!!!IHNhbXBsZSBub25jZQ==")]
    [InlineData("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")]
    public async Task Key_that_is_not_16_bytes_once_gets_400(string? with)
    {
        await using var room = await Room.StartAsync();
        HasStatus(400, await AskAsync(room, Request(room.Server.Port, without: "Sec-WebSocket-Key", with: with)));
    }

    [Fact]
    public async Task Http_1_0_gets_no_connection()
    {
        await using var room = await Room.StartAsync();
        HasStatus(400, await AskAsync(room, Request(room.Server.Port, "GET / HTTP/1.0")));
    }

    [Theory]
    [InlineData("Upgrade", "Upgrade: WebSocket")]
    [InlineData("Upgrade", "Upgrade: h2c, websocket")]
    [InlineData("Connection", "Connection: keep-alive, UPGRADE")]
    [InlineData("Connection", "Connection: keep-alive\r\nConnection: upgrade")]
    [InlineData(null, "Sec-WebSocket-Protocol: one, two")]
    [InlineData(null, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")]
    public async Task Spelling_lists_and_offers_are_understood(string? without, string? with)
    {
        await using var room = await Room.StartAsync();
        var response = await AskAsync(room, Request(room.Server.Port, without: without, with: with));
        HasStatus(101, response);
        // What was not agreed on must not be told (RFC 6455 §4.1).
        Assert.DoesNotContain("Sec-WebSocket-Protocol", response, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Sec-WebSocket-Extensions", response, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/", "/", 101)]
    [InlineData("/", "/?a=b", 101)]
    [InlineData("/", "/chat", 404)]
    [InlineData("/chat", "/chat", 101)]
    [InlineData("/chat", "/chat?x", 101)]
    [InlineData("/chat", "/", 404)]
    [InlineData("/chat", "/chat/more", 404)]
    [InlineData("/two words", "/two%20words", 101)]
    [InlineData("/two%20words", "/two%20words", 101)]
    [InlineData("/caf\u00e9", "/caf%C3%A9", 101)]
    public async Task Only_the_servers_own_path_is_served(string path, string asked, int status)
    {
        await using var room = await Room.StartAsync(options => options.Path = path);
        HasStatus(status, await AskAsync(room, Request(room.Server.Port, $"GET {asked} HTTP/1.1")));
    }

    [Fact]
    public async Task Full_server_gets_503_until_somebody_leaves()
    {
        await using var room = await Room.StartAsync(options => options.MaxConnections = 1);
        await using (var first = await room.JoinAsync())
        {
            HasStatus(503, await AskAsync(room, Request(room.Server.Port)));
            Assert.Contains("MaxConnections", Assert.Single(room.Log.Lines).Text, StringComparison.Ordinal);
            // The server ends the TCP connection after it has counted the client out.
            await first.LeaveAsync();
        }
        await using var second = await room.JoinAsync();
    }

    [Fact]
    public async Task Stopping_server_gets_503()
    {
        await using var room = await Room.StartAsync();
        await using var stays = await room.JoinAsync();
        await using var late = await RawClient.DialAsync(room.Server.Port);
        await late.WriteAsync("GET /elsewhere HTTP/1.1\r\nHost: x\r\n\r\n");
        HasStatus(404, await late.ReadResponseAsync());
        // The one connection does not answer its close yet, so the server is still listening.
        var stopping = room.Server.StopAsync();
        await late.WriteAsync(Request(room.Server.Port));
        HasStatus(503, await late.ReadResponseAsync());
        await stays.CloseBackAsync();
        await stopping.Within();
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(429)]
    [InlineData(599)]
    public async Task Handshake_that_the_server_class_refuses_gets_its_status(int status)
    {
        await using var room = await Room.StartAsync(prepare: server => server.Deciding = handshake =>
        {
            if (handshake.Query["token"] != "good")
                handshake.Refuse(status);
            return default;
        });
        HasStatus(status, await AskAsync(room, Request(room.Server.Port)));
        HasStatus(101, await AskAsync(room, Request(room.Server.Port, "GET /?token=good HTTP/1.1")));
        Assert.Equal("good", (await room.Connected.NextAsync()).Handshake.Query["token"]);
        Assert.Single(room.Connected.All);
    }

    [Fact]
    public async Task Status_that_is_no_refusal_cannot_be_given()
    {
        var failures = new Seen<Exception>();
        await using var room = await Room.StartAsync(prepare: server => server.Deciding = handshake =>
        {
            foreach (var status in new[] { 101, 200, 399, 600 })
                failures.Add(Assert.Throws<ArgumentOutOfRangeException>(() => handshake.Refuse(status)));
            return default;
        });
        HasStatus(101, await AskAsync(room, Request(room.Server.Port)));
        Assert.Equal(4, failures.All.Count);
    }

    [Theory]
    [InlineData("decision")]
    [InlineData("props")]
    [InlineData("no props")]
    public async Task Failure_of_the_server_class_gets_500_and_costs_nobody_else(string what)
    {
        var fails = true;
        await using var room = await Room.StartAsync(options => options.MaxConnections = 1, server =>
        {
            server.Deciding = _ => fails && what == "decision" ? throw new InvalidOperationException("on purpose") : default;
            server.MakingProps = _ => (fails, what) switch
            {
                (true, "props") => throw new InvalidOperationException("on purpose"),
                (true, "no props") => null!,
                _ => new RoomProps(),
            };
        });
        HasStatus(500, await AskAsync(room, Request(room.Server.Port)));
        fails = false;
        await using var client = await room.JoinAsync();
        Assert.Empty(room.Disconnected.All);
    }

    [Fact]
    public async Task Who_keeps_a_handshake_that_was_refused_sees_no_other_requests_headers()
    {
        HandshakeContext? kept = null;
        await using var room = await Room.StartAsync(prepare: server => server.Deciding = handshake =>
        {
            if (kept is null)
                (kept = handshake).Refuse(403);
            return default;
        });
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port, headers: "X-User: one\r\n"));
        Assert.StartsWith("HTTP/1.1 403 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        // On the same TCP connection, as a proxy would: Kestrel uses the request's objects again.
        await client.WriteAsync(RawClient.Handshake(room.Server.Port, headers: "X-User: two\r\n"));
        await room.Connected.NextAsync();
        Assert.Equal("one", kept!.Headers["X-User"]);
    }
}
