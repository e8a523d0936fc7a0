using System.Text;
using TypedChannels.Tests.Compression;
using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Hostile;
using TypedChannels.Tests.Hosting;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Handshake;

/// <summary>A WebSocket that is a stream of HTTP/2, in frames of our own.</summary>
[Trait("RFC", "8441")]
public class Http2StreamTests
{
    // RFC 8441 §3.
    private const int EnableConnectProtocol = 8;

    private const int MostStreams = 100;

    private readonly SslOptions _ssl = Certificates.Make();

    private Task<Room> StartAsync(Action<ServerOptions>? configure = null, Action<RoomServer>? prepare = null) => Room.StartAsync(
        options =>
        {
            options.Ssl = _ssl;
            configure?.Invoke(options);
        },
        server =>
        {
            server.OnSay += (connection, message) => connection.SendSayAsync(message);
            prepare?.Invoke(server);
        });

    private Task<Http2Session> DialAsync(Room room) => Http2Session.DialAsync(room.Server.Port, _ssl);

    [Fact]
    public async Task The_servers_settings_say_that_it_knows_extended_connect()
    {
        await using var room = await StartAsync();
        await using var session = await DialAsync(room);
        await session.UntilAsync(() => session.Settings.Count > 0);
        Assert.Equal(1u, session.Settings[EnableConnectProtocol]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(RawClient.Key)]
    [InlineData("no key at all")]
    public async Task The_answer_is_200_without_what_only_http1_has_and_a_key_is_not_looked_at(string? key)
    {
        await using var room = await StartAsync(options => options.Compression = MessageCompression.Deflate);
        await using var session = await DialAsync(room);
        await session.ConnectAsync(
            room.Server.Port, 1,
            ("sec-websocket-key", key), ("sec-websocket-extensions", "permessage-deflate"), ("sec-websocket-protocol", "a, b"));
        await session.UntilAsync(() => session.Heads.ContainsKey(1));
        var head = Encoding.Latin1.GetString(session.Heads[1]);
        // 0x88: RFC 7541, appendix A.
        Assert.Contains('\u0088', head);
        // Nothing is Huffman coded: what is there can be seen.
        Assert.Contains("permessage-deflate; server_no_context_takeover; client_no_context_takeover", head, StringComparison.Ordinal);
        foreach (var name in new[] { "sec-websocket-accept", "sec-websocket-key", "sec-websocket-protocol", "upgrade", "connection" })
            Assert.DoesNotContain(name, head, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("RFC", "7692")]
    public async Task Messages_go_compressed_both_ways()
    {
        await using var room = await StartAsync(options => options.Compression = MessageCompression.Deflate);
        await using var session = await DialAsync(room);
        await session.ConnectAsync(room.Server.Port, 1, ("sec-websocket-extensions", "permessage-deflate; server_max_window_bits=15"));
        await session.ReadTextAsync(1);
        Assert.Contains("; server_max_window_bits=15", Encoding.Latin1.GetString(session.Heads[1]), StringComparison.Ordinal);
        var say = HostileRoom.Say(new string('x', 5000));
        await session.SendAsync(1, CompressionPeer.Frame(CompressionPeer.Deflate(say)));
        var (first, payload) = await session.ReadFrameAsync(1);
        Assert.Equal(0xC1, first);
        Assert.Equal(say, Encoding.UTF8.GetString(Inflate(payload)));
    }

    [Fact]
    public async Task A_closing_handshake_is_followed_by_the_end_of_the_stream()
    {
        await using var room = await StartAsync();
        await using var session = await DialAsync(room);
        await session.OpenAsync(room.Server.Port, 1);
        await session.SendAsync(1, ClientFrame.Close(4000, "bye").Encode());
        var (first, payload) = await session.ReadFrameAsync(1);
        Assert.Equal((0x88, 4000), (first, (payload[0] << 8) | payload[1]));
        await session.UntilAsync(() => session.Ended.Contains(1));
        Assert.Equal(0, session.Count(1));
        Assert.Equal(new Disconnect(4000, "bye", true), (await room.Disconnected.NextAsync()).Disconnect);
        // The place is free, and what comes too late on the stream disturbs nobody.
        await session.OpenAsync(room.Server.Port, 3);
        await session.EchoesAsync(3, "next");
        Assert.Equal(Http2Session.NoError, session.Resets.GetValueOrDefault(1));
    }

    [Fact]
    public async Task The_end_of_the_clients_side_right_behind_its_close_is_a_clean_end()
    {
        await using var room = await StartAsync();
        await using var session = await DialAsync(room);
        await session.OpenAsync(room.Server.Port, 1);
        await session.SendAsync(1, ClientFrame.Close(4000).Encode(), isEnd: true);
        Assert.Equal(0x88, (await session.ReadFrameAsync(1)).First);
        await session.UntilAsync(() => session.Ended.Contains(1));
        Assert.Equal(new Disconnect(4000, "", true), (await room.Disconnected.NextAsync()).Disconnect);
        Assert.Empty(session.Resets);
    }

    [Theory]
    [InlineData(Http2Session.Cancel)]
    [InlineData(Http2Session.NoError)]
    public async Task A_stream_that_its_client_resets_is_lost_and_no_other_is(int code)
    {
        await using var room = await StartAsync();
        await using var session = await DialAsync(room);
        await session.OpenAsync(room.Server.Port, 1);
        var first = await room.Connected.NextAsync();
        await session.OpenAsync(room.Server.Port, 3);
        await session.ResetAsync(1, code);
        Assert.Equal((first, new Disconnect(1006, "", false)), await room.Disconnected.NextAsync());
        await session.EchoesAsync(3, "stays");
        Assert.Null(session.GoneAway);
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task A_connection_that_the_server_drops_is_a_stream_that_it_cancels()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var room = await StartAsync(options => options.TimeProvider = time);
        await using var session = await DialAsync(room);
        await session.OpenAsync(room.Server.Port, 1);
        var connection = await room.Connected.NextAsync();
        var closing = connection.DisconnectAsync(4001).AsTask();
        Assert.Equal(0x88, (await session.ReadFrameAsync(1)).First);
        time.Advance(TimeSpan.FromSeconds(6));
        await closing.Within();
        await session.UntilAsync(() => session.Resets.ContainsKey(1));
        Assert.Equal(Http2Session.Cancel, session.Resets[1]);
    }

    [Fact]
    public async Task Of_a_hundred_streams_one_that_takes_nothing_holds_up_no_other()
    {
        await using var room = await StartAsync();
        await using var session = await DialAsync(room);
        await session.OpenAsync(room.Server.Port, 1);
        var stalled = await room.Connected.NextAsync();
        for (var i = 1; i < MostStreams; i++)
            await session.OpenAsync(room.Server.Port, 2 * i + 1);
        await session.ConnectAsync(room.Server.Port, 2 * MostStreams + 1);
        await session.UntilAsync(() => session.Resets.ContainsKey(2 * MostStreams + 1));
        Assert.Equal(Http2Session.RefusedStream, session.Resets[2 * MostStreams + 1]);

        // Far more than the 65,535 bytes that a stream may have at first (RFC 9113 §6.9.2).
        const int Count = 10;
        var text = new string('x', 50_000);
        for (var i = 0; i < Count; i++)
            await stalled.SendSayAsync(new Say(text, i));
        for (var i = 1; i < MostStreams; i++)
            await session.EchoesAsync(2 * i + 1, "goes on");
        Assert.InRange(session.Count(1), 0, 65_535);

        await session.GiveWindowAsync(1, 1 << 30);
        for (var i = 0; i < Count; i++)
            Assert.Equal(HostileRoom.Say(text, i), await session.ReadTextAsync(1));
        await session.EchoesAsync(1, "too");
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task A_stream_whose_handler_takes_its_time_holds_up_no_other()
    {
        const int Count = 60;
        var gate = new TaskCompletionSource();
        var handled = new Seen<Up>();
        await using var room = await StartAsync(prepare: server => server.OnUp += async (_, message) =>
        {
            await gate.Task;
            handled.Add(message);
        });
        await using var session = await DialAsync(room);
        await session.OpenAsync(room.Server.Port, 1);
        await session.OpenAsync(room.Server.Port, 3);
        var frame = RawClient.Frame($$$"""{"channel":"up","message":{"text":"{{{new string('x', 10_000)}}}"}}""");
        for (var i = 0; i < Count; i++)
            await session.SendAsync(1, frame);
        await Wait.UntilAsync(() => room.Metrics["limits_exceeded ReceiveQueueBytes"], count => count == 1);
        await session.EchoesAsync(3, "goes on");
        Assert.Empty(handled.All);
        gate.SetResult();
        await handled.NextAsync(Count);
    }

    [Fact]
    public async Task A_server_that_stops_closes_every_stream_lets_them_end_and_says_goaway()
    {
        await using var room = await StartAsync();
        await using var session = await DialAsync(room);
        int[] streams = [1, 3, 5];
        foreach (var stream in streams)
            await session.OpenAsync(room.Server.Port, stream);
        await room.Connected.NextAsync(streams.Length);
        var stopping = room.Server.StopAsync();
        foreach (var stream in streams)
        {
            var (first, payload) = await session.ReadFrameAsync(stream);
            Assert.Equal((0x88, 1001), (first, (payload[0] << 8) | payload[1]));
            await session.SendAsync(stream, ClientFrame.Close(1001).Encode(), isEnd: true);
        }
        await session.ReadEndAsync();
        await stopping.Within();
        Assert.Equal(Http2Session.NoError, session.GoneAway);
        Assert.Equal(streams, session.Ended.Order());
        Assert.Empty(session.Resets);
        Assert.All(await room.Disconnected.NextAsync(streams.Length), one => Assert.True(one.Disconnect.WasClean));
        room.HasLoggedNothing();
    }

    [Theory]
    [InlineData(":path", null)]
    [InlineData(":scheme", null)]
    [InlineData(":path", "")]
    [InlineData(":path", "*")]
    [InlineData(":scheme", "http")]
    public async Task A_connect_that_lacks_a_part_of_its_target_opens_nothing_and_costs_no_other_stream(string header, string? value)
    {
        await using var room = await StartAsync();
        await using var session = await DialAsync(room);
        await session.OpenAsync(room.Server.Port, 1);
        await room.Connected.NextAsync();
        await session.ConnectAsync(room.Server.Port, 3, (header, value));
        await session.UntilAsync(() => session.Resets.ContainsKey(3));
        Assert.Equal(Http2Session.ProtocolError, session.Resets[3]);
        await session.EchoesAsync(1, "stays");
        Assert.Single(room.Connected.All);
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task A_connect_without_an_authority_is_let_in_and_fits_no_origin()
    {
        await using var room = await StartAsync();
        await using var session = await DialAsync(room);
        await session.ConnectAsync(room.Server.Port, 1, (":authority", null), ("origin", $"https://localhost:{room.Server.Port}"));
        await session.UntilAsync(() => session.Ended.Contains(1));
        Assert.Empty(room.Connected.All);
        await session.ConnectAsync(room.Server.Port, 3, (":authority", null));
        await session.ReadTextAsync(3);
        await session.EchoesAsync(3, "nobody's page");
    }

    private static byte[] Inflate(byte[] deflated)
    {
        using var input = new MemoryStream([.. deflated, 0, 0, 0xFF, 0xFF]);
        using var inflate = new System.IO.Compression.DeflateStream(input, System.IO.Compression.CompressionMode.Decompress);
        using var output = new MemoryStream();
        inflate.CopyTo(output);
        return output.ToArray();
    }
}
