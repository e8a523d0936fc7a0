using System.Text;

namespace TypedChannels.Tests.Handshake;

/// <summary>Requests that RFC 9112 allows or forbids. Kestrel reads them; nothing of them may become a failure of the server.</summary>
[Trait("RFC", "9112")]
public class RequestTests
{
    private static async Task AnswersAsync(int status, Func<string, int, string> change)
    {
        await using var room = await Room.StartAsync();
        await using (var client = await RawClient.DialAsync(room.Server.Port))
        {
            await client.WriteAsync(Encoding.Latin1.GetBytes(change(RawClient.Handshake(room.Server.Port), room.Server.Port)));
            Assert.StartsWith($"HTTP/1.1 {status} ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        }
        await using var honest = await room.JoinAsync();
        room.HasLoggedNothing();
    }

    private static string Replace(string request, string line, string instead)
    {
        Assert.Contains(line, request, StringComparison.Ordinal);
        return request.Replace(line, instead, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("Host: 127.0.0.1:{port}\r\nHost: 127.0.0.1:{port}\r\n", 400)]
    [InlineData("Host: 127.0.0.1:{port}, 127.0.0.1:{port}\r\n", 400)]
    [InlineData("Host: a b\r\n", 400)]
    [InlineData("Host: \r\n", 101)]
    [InlineData("Host: elsewhere.example\r\n", 101)]
    public Task Host_is_there_once(string host, int status) => AnswersAsync(status, (request, port) =>
        Replace(request, $"Host: 127.0.0.1:{port}\r\n", host.Replace("{port}", $"{port}", StringComparison.Ordinal)));

    [Theory]
    [InlineData("GET http://127.0.0.1:{port}/", 101)]
    [InlineData("GET http://127.0.0.1:{port}/elsewhere", 404)]
    [InlineData("GET http://evil.example/", 400)]
    [InlineData("GET *", 405)]
    [InlineData("OPTIONS *", 404)]
    [InlineData("GET 127.0.0.1:{port}", 405)]
    [InlineData("CONNECT 127.0.0.1:{port}", 404)]
    [InlineData("get /", 405)]
    [InlineData("GET", 400)]
    [InlineData("GET  /", 400)]
    public Task Target_has_the_form_that_its_method_has(string target, int status) => AnswersAsync(status, (request, port) =>
        Replace(request, "GET / ", target.Replace("{port}", $"{port}", StringComparison.Ordinal) + " "));

    [Theory]
    [InlineData("?", 101)]
    [InlineData("?a=%00&a=%ff&%c0%ae", 101)]
    [InlineData("?a=%", 101)]
    [InlineData("?a=b%0d%0aX:%20y", 101)]
    [InlineData("?a=/../?b", 101)]
    [InlineData("?a=\u00ff", 400)]
    public Task Query_is_nobodys_before_it_is_asked_for(string query, int status) =>
        AnswersAsync(status, (request, _) => Replace(request, "GET / ", $"GET /{query} "));

    [Theory]
    [InlineData("X\0Y: a", 400)]
    [InlineData("X Y: a", 400)]
    [InlineData("X\rY: a", 400)]
    [InlineData("X", 400)]
    [InlineData(": a", 400)]
    [InlineData("\u00e4: a", 400)]
    [InlineData("X:", 101)]
    [InlineData("X:\ta\t", 101)]
    public Task Header_has_a_name_that_is_a_token(string header, int status) =>
        AnswersAsync(status, (request, _) => Replace(request, "Upgrade: websocket", header + "\r\nUpgrade: websocket"));

    [Fact]
    public Task First_header_is_not_folded() => AnswersAsync(400, (request, _) => Replace(request, "Host: ", " Host: "));

    [Theory]
    [Trait("RFC", "6455 §4.2.1")]
    [InlineData("Upgrade: websocket", "Upgrade: ", 426)]
    [InlineData("Upgrade: websocket", "Upgrade: h2c\r\nUpgrade: websocket", 101)]
    [InlineData("Connection: Upgrade", "Connection: ", 426)]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 14", 426)]
    [InlineData("Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: ", 426)]
    [InlineData(RawClient.Key, "  " + RawClient.Key + "\t", 101)]
    [InlineData(RawClient.Key, "dGhlIHNhbXBs ZSBub25jZQ==", 400)]
    [InlineData(RawClient.Key, "dGhlIHNhbXBsZSBub25jZQ= =", 400)]
    [InlineData(RawClient.Key, "dGhlIHNhbXBsZSBub25jZ===", 400)]
    [InlineData(RawClient.Key, "dGhlIHNhbXBsZSBub25jZQ", 400)]
    [InlineData(RawClient.Key, RawClient.Key + ", " + RawClient.Key, 400)]
    public Task Headers_of_the_handshake_have_their_form(string line, string instead, int status) =>
        AnswersAsync(status, (request, _) => Replace(request, line, instead));
}
