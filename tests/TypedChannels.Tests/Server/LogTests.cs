using Microsoft.Extensions.Logging;

namespace TypedChannels.Tests.Server;

public class LogTests
{
    [Fact]
    public async Task A_connection_can_be_followed_at_Debug_from_its_handshake_to_its_end()
    {
        var log = new EventSink();
        await using var room = await Room.StartAsync(options => options.LoggerFactory = log);
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        await client.SendAsync("""{"channel":"up","message":{}}""");
        await client.LeaveAsync();
        await room.Disconnected.NextAsync();
        Assert.Equal(["HandshakeAccepted", "Opened", "MessageRefused", "Ended"], log.Events.Select(entry => entry.Id.Name));
        Assert.All(log.Events, entry => Assert.Equal(("TypedChannels.Server", LogLevel.Debug), (entry.Category, entry.Level)));
        Assert.All(log.Events, entry => Assert.Contains(connection.Identifier, entry.Text, StringComparison.Ordinal));
        Assert.Contains($"from 127.0.0.1:{client.LocalPort}", log.Events.First().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_handshake_is_told_at_Debug()
    {
        var log = new EventSink();
        await using var room = await Room.StartAsync(options => options.LoggerFactory = log);
        await using var client = await RawClient.DialAsync(room.Server.Port);
        await client.WriteAsync(RawClient.Handshake(room.Server.Port).Replace("Version: 13", "Version: 12", StringComparison.Ordinal));
        await client.ReadResponseAsync();
        var entry = Assert.Single(log.Events);
        Assert.Equal(("HandshakeRefused", LogLevel.Debug), (entry.Id.Name, entry.Level));
    }

    [Fact]
    public async Task What_a_peer_wrote_is_in_no_line_unescaped()
    {
        var log = new EventSink();
        await using var room = await Room.StartAsync(options => options.LoggerFactory = log);
        await using var client = await room.JoinAsync();
        // Of the channel nothing is told; of an unknown member and a close reason something may be.
        await client.SendAsync("""{"channel":"line\nbreak","message":{}}""");
        await client.SendAsync("""{"channel":"up","message":{"text":"x","text":"\u001b[31m\u0085 \u2028","line\nbreak":1}}""");
        await client.SendAsync("""{"channel":"up","message":{"text":{"line\nbreak\u001b[31m":1}}}""");
        await client.SendCloseAsync(4000, "line\nbreak\u001b[31m\u202e");
        await client.ReadCloseAsync();
        await room.Disconnected.NextAsync();
        Assert.Contains("line?break?[31m?", log.Events.Last().Text, StringComparison.Ordinal);
        Assert.All(log.Events, entry => Assert.All(entry.Text, letter => Assert.InRange(letter, ' ', '~')));
    }

    [Fact]
    public async Task A_client_tells_of_its_connection_too()
    {
        var log = new EventSink();
        await using var room = await Room.StartAsync();
        await using (var client = new RoomClient(new ClientOptions { Uri = room.Uri, LoggerFactory = log }))
            await client.ConnectAsync().Within();
        Assert.Equal(["Opened", "Ended"], log.Events.Select(entry => entry.Id.Name));
        Assert.All(log.Events, entry => Assert.Equal("TypedChannels.Client", entry.Category));
    }
}
