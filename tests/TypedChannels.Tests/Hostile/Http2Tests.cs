using TypedChannels.Tests.Hosting;
using static TypedChannels.Tests.Hostile.Http2Client;

namespace TypedChannels.Tests.Hostile;

/// <summary>HTTP/2 in frames of our own. Kestrel speaks it: these tests hold what it does with what is wrong, or too much.</summary>
public class Http2Tests : IClassFixture<UnobservedExceptions>
{
    private readonly SslOptions _ssl = Certificates.Make();

    private Task<Room> StartAsync(Action<ServerOptions>? configure = null) => Room.StartAsync(options =>
    {
        options.Ssl = _ssl;
        configure?.Invoke(options);
    });

    /// <summary>Another client comes, is let in, and gets its ready message.</summary>
    private async Task ServesAsync(Room room, int kestrelsLines = 0)
    {
        await using var honest = await DialAsync(room.Server.Port, _ssl);
        await honest.WriteAsync(Frame(Headers, EndHeaders, 1, Connect(room.Server.Port)));
        Assert.Equal("status 200", await honest.ReadAnswerAsync(1));
        Assert.InRange(room.Log.Lines.Count, 0, kestrelsLines);
    }

    private async Task AnswersAsync(string answer, Func<int, byte[]> block)
    {
        await using var room = await StartAsync();
        await using (var client = await DialAsync(room.Server.Port, _ssl))
        {
            await client.WriteAsync(Frame(Headers, EndHeaders, 1, block(room.Server.Port)));
            Assert.Equal(answer, await client.ReadAnswerAsync(1));
        }
        Assert.Empty(room.Connected.All);
        await ServesAsync(room);
    }

    [Fact]
    public Task H23_A_connect_without_a_protocol_is_refused() =>
        AnswersAsync("status 404", port => Connect(port, (":protocol", null), (":scheme", null), (":path", null)));

    [Theory]
    [InlineData(":protocol", "foo", "status 405")]
    [InlineData(":path", "/elsewhere", "status 404")]
    [InlineData(":method", "GET", "reset 1")]
    [InlineData("sec-websocket-version", "12", "status 426")]
    public Task H23_A_connect_that_is_no_handshake_is_refused(string header, string value, string answer) =>
        AnswersAsync(answer, port => Connect(port, (header, value)));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task H23_A_connect_whose_body_ends_is_a_connection_that_is_lost(bool atOnce)
    {
        await using var room = await StartAsync();
        await using (var client = await DialAsync(room.Server.Port, _ssl))
        {
            var block = atOnce ? Connect(room.Server.Port) : Connect(room.Server.Port, ("content-length", "5"));
            await client.WriteAsync(Frame(Headers, atOnce ? EndHeaders | EndStream : EndHeaders, 1, block));
            Assert.Equal("status 200", await client.ReadAnswerAsync(1));
            if (!atOnce)
                await client.WriteAsync(Frame(Data, 0, 1, RawClient.Frame("longer than it said")));
            Assert.Equal(new Disconnect(1006, "", false), (await room.Disconnected.NextAsync()).Disconnect);
        }
        await ServesAsync(room);
    }

    [Fact]
    public async Task H24_Rapid_resets_end_the_connection()
    {
        await using var room = await StartAsync();
        await using (var client = await DialAsync(room.Server.Port, _ssl))
        {
            var answer = client.ReadAnswerAsync(int.MaxValue);
            await FloodAsync(client, answer, i =>
                [.. Frame(Headers, EndHeaders, 2 * i + 1, Connect(room.Server.Port)), .. Frame(Reset, 0, 2 * i + 1, [0, 0, 0, 8])]);
            Assert.Contains(await answer, new[] { "goaway 11", "end" });
        }
        await ServesAsync(room, kestrelsLines: 1);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(16_000)]
    public async Task H24_Endless_continuations_end_the_connection(int byteCount)
    {
        await using var room = await StartAsync();
        var header = Block(Enumerable.Range(0, byteCount / 100).Select(i => ($"x-{i:d4}", new string('x', 90))));
        await using (var client = await DialAsync(room.Server.Port, _ssl))
        {
            var answer = client.ReadAnswerAsync(int.MaxValue);
            await client.WriteAsync(Frame(Headers, 0, 1, Connect(room.Server.Port)));
            await FloodAsync(client, answer, _ => Frame(Continuation, 0, 1, header));
            Assert.Contains(await answer, new[] { "goaway 1", "end" });
        }
        await ServesAsync(room);
    }

    [Fact]
    public async Task H24_Empty_continuations_have_the_time_of_a_request()
    {
        await using var room = await StartAsync(options => options.HandshakeTimeout = TimeSpan.FromMilliseconds(500));
        await using (var client = await DialAsync(room.Server.Port, _ssl))
        {
            var answer = client.ReadAnswerAsync(int.MaxValue);
            await client.WriteAsync(Frame(Headers, 0, 1, Connect(room.Server.Port)));
            await FloodAsync(client, answer, _ => Frame(Continuation, 0, 1, []));
            Assert.Contains(await answer, new[] { "goaway 1", "goaway 2", "end" });
        }
        await ServesAsync(room);
    }

    [Theory]
    [InlineData(Settings, 0)]
    [InlineData(Ping, 8)]
    public async Task H24_Settings_and_pings_are_each_answered_to_who_reads(int type, int byteCount)
    {
        const int Count = 5000;
        await using var room = await StartAsync();
        await using (var client = await DialAsync(room.Server.Port, _ssl))
        {
            var writing = client.WriteAsync([.. Enumerable.Repeat(Frame(type, 0, 0, new byte[byteCount]), Count)]);
            // The client's first settings are acknowledged too.
            for (var answers = type == Settings ? -1 : 0; answers < Count;)
            {
                var frame = await client.ReadFrameAsync();
                if (frame.Type == type && frame.Flags == Ack)
                    answers++;
            }
            await writing;
        }
        await ServesAsync(room);
    }

    [Fact]
    public async Task H24_A_stream_whose_window_stays_closed_is_dropped_when_its_pong_does_not_come()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var room = await StartAsync(options => options.TimeProvider = time);
        // SETTINGS_INITIAL_WINDOW_SIZE: 0.
        await using (var client = await DialAsync(room.Server.Port, _ssl, 0, 4, 0, 0, 0, 0))
        {
            await client.WriteAsync(Frame(Headers, EndHeaders, 1, Connect(room.Server.Port)));
            Assert.Equal("status 200", await client.ReadAnswerAsync(1));
            await room.Connected.NextAsync();
            time.Advance(TimeSpan.FromSeconds(15));
            time.Advance(TimeSpan.FromSeconds(10));
            Assert.Equal(new Disconnect(1006, "", false), (await room.Disconnected.NextAsync()).Disconnect);
            Assert.StartsWith("reset ", await client.ReadAnswerAsync(1), StringComparison.Ordinal);
        }
        await ServesAsync(room);
    }

    /// <summary>Writes until the server has had enough.</summary>
    private static async Task FloodAsync(Http2Client client, Task<string> answer, Func<int, byte[]> frames)
    {
        try
        {
            for (var i = 0; !answer.IsCompleted; i++)
            {
                Assert.True(i < 1_000_000, "The server takes everything.");
                await client.WriteAsync(frames(i));
            }
        }
        catch (IOException)
        {
            // It has ended the connection while more was coming.
        }
    }
}
