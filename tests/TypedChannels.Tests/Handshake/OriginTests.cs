namespace TypedChannels.Tests.Handshake;

[Trait("RFC", "6455 §10.2")]
public class OriginTests
{
    [Theory]
    [InlineData("http://127.0.0.1:{port}", true)]
    [InlineData("HTTP://127.0.0.1:{port}", true)]
    [InlineData("https://example.com", true)]
    [InlineData("https://EXAMPLE.com", true)]
    [InlineData("https://example.com:443", true)]
    [InlineData("https://xn--mnchen-3ya.example", true)]
    [InlineData("http://[::1]:8080", true)]
    [InlineData("http://127.0.0.1", false)]
    [InlineData("http://127.0.0.1:1", false)]
    [InlineData("https://127.0.0.1:{port}", false)]
    [InlineData("http://localhost:{port}", false)]
    [InlineData("http://example.com", false)]
    [InlineData("https://example.com:8443", false)]
    [InlineData("https://sub.example.com", false)]
    [InlineData("https://example.com.evil.example", false)]
    [InlineData("https://evil.example", false)]
    [InlineData("https://someone@example.com", false)]
    [InlineData("https://@example.com", false)]
    [InlineData("http://xn--\u0001", false)]
    [InlineData("http://xn--\ufffd", false)]
    [InlineData("http://xn--\u00ff", false)]
    [InlineData("https://example.com/", false)]
    [InlineData("https://example.com/page", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    [InlineData("example.com", false)]
    [InlineData("file://", false)]
    [InlineData("https://example.com\r\nOrigin: https://example.com", false)]
    public async Task Origin_decides_which_pages_may_connect(string origin, bool allowed)
    {
        await using var room = await Room.StartAsync(options =>
        {
            options.AllowedOrigins.Add("https://example.com");
            options.AllowedOrigins.Add("https://münchen.example");
            options.AllowedOrigins.Add("http://[::1]:8080");
        });
        var port = room.Server.Port;
        await using var client = await RawClient.DialAsync(port);
        await client.WriteAsync(RawClient.Handshake(port, headers: $"Origin: {origin.Replace("{port}", $"{port}", StringComparison.Ordinal)}\r\n"));
        var response = await client.ReadResponseAsync();
        Assert.StartsWith(allowed ? "HTTP/1.1 101 " : "HTTP/1.1 403 ", response, StringComparison.Ordinal);
        if (allowed)
            room.HasLoggedNothing();
        else
            Assert.Contains("ServerOptions.AllowedOrigins", Assert.Single(room.Log.Lines).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xn--0")]
    [InlineData("a.xn--!:80")]
    public async Task Host_that_is_no_international_name_fits_no_origin_and_fails_nothing(string host)
    {
        await using var room = await Room.StartAsync();
        await using var client = await RawClient.DialAsync(room.Server.Port);
        var handshake = RawClient.Handshake(room.Server.Port, headers: "Origin: https://evil.example\r\n");
        await client.WriteAsync(handshake.Replace($"Host: 127.0.0.1:{room.Server.Port}", $"Host: {host}", StringComparison.Ordinal));
        Assert.StartsWith("HTTP/1.1 403 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        room.HasLoggedNoError();
    }

    [Fact]
    public async Task Refused_origin_cannot_write_into_the_log()
    {
        // A change of direction, a line separator, a character without a glyph, and one beyond the first plane.
        const string Marks = "\u202e\u2028\U000e0041\U0001f600";
        await using var room = await Room.StartAsync();
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port, headers: $"Origin: https://evil{Marks}{new string('x', 1000)}\r\n"));
        Assert.StartsWith("HTTP/1.1 403 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        var line = Assert.Single(room.Log.Lines).Text;
        Assert.Contains("https://evil??????xxx", line, StringComparison.Ordinal);
        Assert.True(line.Length < 500);
    }
}
