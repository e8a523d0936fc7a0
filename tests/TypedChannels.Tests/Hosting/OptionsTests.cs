using System.Diagnostics;

namespace TypedChannels.Tests.Hosting;

public class OptionsTests
{
    public static TheoryData<string, Action<ServerOptions>> OutOfRange => new()
    {
        { "Port", options => options.Port = -1 },
        { "Port", options => options.Port = 65_536 },
        { "Host", options => options.Host = "example.com" },
        { "Host", options => options.Host = "" },
        { "Host", options => options.Host = null! },
        { "PendingLimit", options => options.PendingLimit = 0 },
        { "Ssl", options => options.Ssl = new SslOptions() },
        { "Path", options => options.Path = "" },
        { "Path", options => options.Path = "chat" },
        { "Path", options => options.Path = "/chat%00" },
        { "Path", options => options.Path = null! },
        { "MaxMessageBytes", options => options.MaxMessageBytes = 0 },
        { "MaxMessageBytes", options => options.MaxMessageBytes = int.MaxValue },
        { "MaxFragments", options => options.MaxFragments = 0 },
        { "SendQueueBytes", options => options.SendQueueBytes = 0 },
        { "ReceiveQueueBytes", options => options.ReceiveQueueBytes = 0 },
        { "SlowConsumer", options => options.SlowConsumer = (SlowConsumer)2 },
        { "Compression", options => options.Compression = (MessageCompression)2 },
        { "HandlerScheduling", options => options.HandlerScheduling = (HandlerScheduling)2 },
        { "PingInterval", options => options.PingInterval = TimeSpan.Zero },
        { "PingTimeout", options => options.PingTimeout = TimeSpan.FromDays(2) },
        { "CloseTimeout", options => options.CloseTimeout = Timeout.InfiniteTimeSpan },
        { "MaxConnections", options => options.MaxConnections = 0 },
        { "HandshakeTimeout", options => options.HandshakeTimeout = TimeSpan.Zero },
        { "MessageTimeout", options => options.MessageTimeout = TimeSpan.FromDays(2) },
        { "MaxControlFramesPerSecond", options => options.MaxControlFramesPerSecond = 0 },
        { "MaxMessagesPerSecond", options => options.MaxMessagesPerSecond = 0 },
        { "MaxBytesPerSecond", options => options.MaxBytesPerSecond = options.MaxMessageBytes - 1 },
        { "MessageErrorLimit", options => options.MessageErrorLimit = -1 },
        { "AllowedOrigins", options => options.AllowedOrigins.Add("example.com") },
        { "AllowedOrigins", options => options.AllowedOrigins.Add("https://example.com/") },
        { "AllowedOrigins", options => options.AllowedOrigins.Add("*") },
        { "AllowedOrigins", options => options.AllowedOrigins.Add(null!) },
    };

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public async Task Option_out_of_its_range_is_refused_at_start_by_name(string name, Action<ServerOptions> change)
    {
        await using var server = new RoomServer(Room.Options(change));
        var failure = await Assert.ThrowsAsync<ServerException>(() => server.StartAsync());
        Assert.Equal(name == "Ssl" ? ServerErrors.InvalidCertificate : ServerErrors.InvalidOptions, failure.Code);
        Assert.Contains($"ServerOptions.{name}", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, server.Port);
    }

    /// <summary>Those that the contract names, and those that the limits' page does.</summary>
    [Fact]
    public void Options_have_their_documented_defaults()
    {
        var options = new ServerOptions();
        Assert.Equal((0, "0.0.0.0", 10_000, "/"), (options.Port, options.Host, options.PendingLimit, options.Path));
        Assert.Null(options.Ssl);
        Assert.Equal(
            (64 * 1024, 1024, 1024 * 1024, 256 * 1024),
            (options.MaxMessageBytes, options.MaxFragments, options.SendQueueBytes, options.ReceiveQueueBytes));
        Assert.Equal((SlowConsumer.Disconnect, MessageCompression.Off), (options.SlowConsumer, options.Compression));
        Assert.Equal((15, 10, 5), (options.PingInterval.TotalSeconds, options.PingTimeout.TotalSeconds, options.CloseTimeout.TotalSeconds));
        Assert.Equal((10, 30), (options.HandshakeTimeout.TotalSeconds, options.MessageTimeout.TotalSeconds));
        Assert.Equal((100_000, 60, 1000), (options.MaxConnections, options.MessageErrorLimit, options.MaxControlFramesPerSecond));
        Assert.Equal((null, null), (options.MaxMessagesPerSecond, options.MaxBytesPerSecond));
        Assert.Empty(options.AllowedOrigins);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(1234)]
    public async Task PendingLimit_is_the_listen_backlog(int limit)
    {
        // What the system says of a listening socket.
        var ss = Ground.RequireProgram("There is no ss (iproute2) on the PATH.", "ss");
        await using var room = await Room.StartAsync(options => options.PendingLimit = limit);
        using var process = Process.Start(new ProcessStartInfo(ss, ["-ltnH"]) { RedirectStandardOutput = true })!;
        var lines = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).Within()).Split('\n');
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).Within();
        var own = Assert.Single(lines, line => line.Contains($"127.0.0.1:{room.Server.Port} ", StringComparison.Ordinal));
        Assert.Equal($"{limit}", own.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]);
    }

    [Fact]
    public async Task Every_option_at_the_edge_of_its_range_works()
    {
        await using var room = await Room.StartAsync(options =>
        {
            options.PendingLimit = 1;
            options.MaxMessageBytes = 1024 * 1024 * 1024;
            options.MaxFragments = int.MaxValue;
            options.SendQueueBytes = 1024 * 1024 * 1024;
            options.ReceiveQueueBytes = 1;
            options.PingInterval = options.PingTimeout = options.CloseTimeout = TimeSpan.FromDays(1);
            options.HandshakeTimeout = options.MessageTimeout = TimeSpan.FromDays(1);
            options.MaxControlFramesPerSecond = int.MaxValue;
            options.MaxMessagesPerSecond = options.MaxBytesPerSecond = int.MaxValue;
            options.MaxConnections = int.MaxValue;
            options.MessageErrorLimit = int.MaxValue;
            options.AllowedOrigins.Add("https://example.com:8443");
        });
        await using var client = await room.JoinAsync();
        await client.LeaveAsync();
    }

    [Fact]
    public async Task Options_that_change_after_the_start_have_no_effect()
    {
        ServerOptions? given = null;
        await using var room = await Room.StartAsync(options => given = options);
        given!.HandshakeTimeout = TimeSpan.FromDays(-1);
        given.Compression = MessageCompression.Deflate;
        given.MaxConnections = 0;
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port, headers: "Sec-WebSocket-Extensions: permessage-deflate\r\n"));
        var response = await client.ReadResponseAsync();
        Assert.StartsWith("HTTP/1.1 101 ", response, StringComparison.Ordinal);
        Assert.DoesNotContain("permessage-deflate", response, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("localhost")]
    public async Task Host_is_an_address_or_localhost(string host)
    {
        await using var room = await Room.StartAsync(options => options.Host = host);
        await using var client = await room.JoinAsync();
    }

    [Fact]
    public async Task Localhost_with_a_port_listens_there()
    {
        int port;
        await using (var probe = await Room.StartAsync())
            port = probe.Server.Port;
        await using var room = await Room.StartAsync(options => (options.Host, options.Port) = ("localhost", port));
        Assert.Equal(port, room.Server.Port);
        await using var client = await room.JoinAsync();
    }

    [Fact]
    public async Task Options_are_copied_at_start()
    {
        ServerOptions kept = null!;
        await using var room = await Room.StartAsync(options => kept = options);
        kept.MaxConnections = 1;
        kept.Path = "/elsewhere";
        kept.AllowedOrigins.Add("nonsense");
        await using var one = await room.JoinAsync();
        await using var two = await room.JoinAsync();
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("mismatch")]
    [InlineData("no key")]
    [InlineData("broken")]
    [InlineData("null")]
    public async Task Certificate_that_cannot_be_used_fails_with_InvalidCertificate(string how)
    {
        var ssl = Certificates.Make();
        if (how == "garbage")
            ssl = new SslOptions { Certificate = "no", Key = "PEM" };
        else if (how == "mismatch")
            ssl.Key = Certificates.Make().Key;
        else if (how == "no key")
            ssl.Key = "";
        else if (how == "broken")
            ssl.Certificate = ssl.Certificate.Replace("MII", "!!!", StringComparison.Ordinal);
        else
            ssl.Certificate = null!;
        await using var server = new RoomServer(Room.Options(options => options.Ssl = ssl));
        var failure = await Assert.ThrowsAsync<ServerException>(() => server.StartAsync());
        Assert.Equal(ServerErrors.InvalidCertificate, failure.Code);
        Assert.DoesNotContain("PRIVATE KEY", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, server.Port);
    }
}
