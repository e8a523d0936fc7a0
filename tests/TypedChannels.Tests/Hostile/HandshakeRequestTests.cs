using System.Text;

namespace TypedChannels.Tests.Hostile;

/// <summary>Requests that are wrong, huge or ambiguous. Kestrel reads them: these tests hold what it does with our limits.</summary>
public class HandshakeRequestTests : IClassFixture<UnobservedExceptions>
{
    private static string Headers(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: x\r\n"));

    private static string Spaces(int count) => new(' ', count);

    private static async Task AsksAsync(int status, Func<int, string> request, Action<Room>? check = null)
    {
        await using var room = await HostileRoom.StartAsync();
        Assert.Equal(status, await room.AskAsync(request(room.Port)));
        check?.Invoke(room.Room);
        Assert.Empty(room.Room.Log.Lines);
    }

    /// <summary>More than Kestrel reads before it answers: its answer may be lost with what it never read.</summary>
    private static async Task IsRefusedAsync(int status, Func<int, string> request)
    {
        await using var room = await HostileRoom.StartAsync();
        Assert.Contains(await room.AskAsync(request(room.Port)), new[] { status, 0 });
        Assert.Empty(room.Room.Log.Lines);
        Assert.Empty(room.Room.Connected.All);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n", "hello")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n")]
    public Task H05_A_handshake_with_a_body_gets_400(string header, string body) =>
        AsksAsync(400, port => RawClient.Handshake(port, headers: header) + body);

    [Theory]
    [InlineData("YWJjZGVmZ2hpamtsbW5v")]
    [InlineData("YWJjZGVmZ2hpamtsbW5vcHE=")]
    public Task H06_A_key_of_15_or_17_bytes_gets_400(string key) =>
        AsksAsync(400, port => RawClient.Handshake(port).Replace(RawClient.Key, key, StringComparison.Ordinal));

    [Fact]
    public Task H06_A_key_of_a_megabyte_gets_431() =>
        IsRefusedAsync(431, port => RawClient.Handshake(port).Replace(RawClient.Key, new string('A', 1_000_000), StringComparison.Ordinal));

    [Theory]
    [InlineData("12")]
    [InlineData("4294967296")]
    [InlineData("4294967309")]
    [InlineData("-13")]
    [InlineData("013")]
    public Task H07_Another_version_gets_426(string version) =>
        AsksAsync(426, port => RawClient.Handshake(port).Replace("Version: 13", "Version: " + version, StringComparison.Ordinal));

    [Theory]
    [InlineData(101)]
    [InlineData(2000)]
    [InlineData(100_000)]
    public Task H08_Too_many_headers_get_431(int count) => IsRefusedAsync(431, port => RawClient.Handshake(port, headers: Headers(count)));

    [Theory]
    [InlineData(32 * 1024)]
    [InlineData(1024 * 1024)]
    public Task H08_Too_long_a_header_gets_431(int length) =>
        IsRefusedAsync(431, port => RawClient.Handshake(port, headers: $"X-Long: {new string('x', length)}\r\n"));

    [Theory]
    [InlineData(8 * 1024 + 1)]
    [InlineData(1024 * 1024)]
    public Task H09_Too_long_a_request_line_gets_414(int length) =>
        IsRefusedAsync(414, port => RawClient.Handshake(port, "/" + new string('x', length - "GET / HTTP/1.1\r\n".Length)));

    [Theory]
    [InlineData("/%00", 400)]
    [InlineData("/\0", 400)]
    [InlineData("/..", 101)]
    [InlineData("/%2e%2e/", 101)]
    [InlineData("/a/../", 101)]
    [InlineData("/../chat", 404)]
    [InlineData("/%ff", 404)]
    [InlineData("/%c0%ae", 404)]
    [InlineData("/\u00ff", 400)]
    [InlineData("/%e2%80%ae", 404)]
    [InlineData("//", 404)]
    [InlineData("/%2f", 404)]
    [InlineData("/%0d%0aX:%20x", 404)]
    public Task H10_Only_what_means_the_path_after_its_dots_are_resolved_is_the_path(string path, int status) =>
        AsksAsync(status, port => RawClient.Handshake(port, path));

    [Fact]
    public async Task H11_Protocols_however_many_and_however_spaced_are_offers_that_nobody_takes()
    {
        string[] offers = ["b" + Spaces(32_000) + "x", string.Concat(Enumerable.Repeat("a,", 10_000)), "a, a", ",,,", "\"", "a b c"];
        foreach (var offer in offers)
            await AsksAsync(101, port => RawClient.Handshake(port, headers: $"Sec-WebSocket-Protocol: {offer}\r\n"));
    }

    [Fact]
    public async Task H12_Extensions_however_many_are_offers_that_nobody_takes()
    {
        string[] offers =
        [
            string.Concat(Enumerable.Repeat("a, ", 10_000)), "__proto__; constructor=1",
            "permessage-deflate" + string.Concat(Enumerable.Repeat("; x", 10_000)),
        ];
        foreach (var offer in offers)
            await AsksAsync(101, port => RawClient.Handshake(port, headers: $"Sec-WebSocket-Extensions: {offer}\r\n"));
    }

    [Fact]
    public async Task H12_A_malformed_list_of_extensions_gets_400()
    {
        foreach (var offer in new[] { "permessage-deflate; x=\"", ";;;", "=", "permessage-deflate" + new string(';', 10_000) })
            await AsksAsync(400, port => RawClient.Handshake(port, headers: $"Sec-WebSocket-Extensions: {offer}\r\n"));
    }

    [Theory]
    [InlineData("Connection: Upgrade", "Connection: keep-alive, Upgrade", 101)]
    [InlineData("Connection: Upgrade", "Connection: UPGRADE,keep-alive", 101)]
    [InlineData("Connection: Upgrade", "Connection: upgrade, close", 101)]
    [InlineData("Connection: Upgrade", "Connection:  ,,upgrade", 101)]
    [InlineData("Connection: Upgrade", "Connection: upgraded", 426)]
    [InlineData("Connection: Upgrade", "Connection: \"upgrade\"", 426)]
    [InlineData("Upgrade: websocket", "Upgrade: WEBSOCKET, h2c", 101)]
    [InlineData("Upgrade: websocket", "Upgrade: websocket/13", 426)]
    [InlineData("Upgrade: websocket", "Upgrade: web socket", 426)]
    public Task H13_Connection_and_upgrade_are_lists_without_case(string header, string instead, int status) =>
        AsksAsync(status, port => RawClient.Handshake(port).Replace(header, instead, StringComparison.Ordinal));

    [Theory]
    [InlineData("a\rb")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a\r\n b")]
    [InlineData("a\r\n\tb")]
    public Task H14_A_line_break_or_a_zero_in_a_header_gets_400(string value) =>
        AsksAsync(400, port => RawClient.Handshake(port, headers: $"X-Value: {value}\r\n"));

    [Theory]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!")]
    [InlineData("Content-Length: 0\r\nContent-Length: 5\r\n", "hello")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5;a=b\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: identity\r\n", "")]
    [InlineData("Content-Length : 0\r\n", "")]
    public Task H20_A_request_whose_end_could_be_read_in_two_ways_gets_400(string headers, string body) =>
        AsksAsync(400, port => RawClient.Handshake(port, headers: headers) + body);

    [Fact]
    public Task H20_A_line_may_end_with_a_line_feed_alone() =>
        // RFC 9112 §2.2 leaves it to the server; nothing behind a handshake is read as a request, so nothing can be smuggled.
        AsksAsync(101, port => RawClient.Handshake(port, headers: "X-Bare: x\nX-Line: feed\r\n"));

    [Fact]
    public async Task H20_A_second_request_behind_the_upgrade_is_no_request_but_a_broken_frame()
    {
        await using var room = await HostileRoom.StartAsync();
        await using var client = await RawClient.DialAsync(room.Port);
        await client.WriteAsync(RawClient.Handshake(room.Port) + RawClient.Handshake(room.Port));
        Assert.StartsWith("HTTP/1.1 101 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        await room.IsClosedAsync(client, 1002);
        Assert.Equal(1, room.Room.Metrics["handshakes accepted"]);
    }
}
