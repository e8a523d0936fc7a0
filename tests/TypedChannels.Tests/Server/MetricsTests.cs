using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Hosting;

namespace TypedChannels.Tests.Server;

public class MetricsTests
{
    [Fact]
    public async Task Connections_handshakes_and_close_codes_are_counted_and_the_connections_return_to_none()
    {
        await using var room = await Room.StartAsync();
        await using var first = await room.JoinAsync();
        await using var second = await room.JoinAsync();
        Assert.Equal(2, room.Metrics["active_connections"]);
        Assert.Equal(2, room.Metrics["handshakes accepted"]);
        await first.LeaveAsync();
        await second.LeaveAsync(4711);
        await room.Disconnected.NextAsync();
        await room.Disconnected.NextAsync();
        Assert.Equal(0, room.Metrics["active_connections"]);
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
    public async Task Handshake_that_fails_is_counted_and_one_that_its_client_gives_up()
    {
        var entered = new TaskCompletionSource();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.Deciding = handshake =>
            {
                if (!handshake.Query.ContainsKey("wait"))
                    return handshake.Query.ContainsKey("props") ? default : throw new InvalidOperationException("on purpose");
                entered.SetResult();
                return new ValueTask(new TaskCompletionSource().Task.WaitAsync(handshake.RequestAborted));
            };
            server.MakingProps = _ => throw new InvalidOperationException("on purpose");
        });
        foreach (var path in new[] { "/", "/?props" })
        {
            await using var client = await RawClient.DialAsync(room.Server.Port);
            await client.WriteAsync(RawClient.Handshake(room.Server.Port, path));
            Assert.StartsWith("HTTP/1.1 500 ", await client.ReadResponseAsync(), StringComparison.Ordinal);
        }
        await using (var client = await RawClient.DialAsync(room.Server.Port))
        {
            await client.WriteAsync(RawClient.Handshake(room.Server.Port, "/?wait"));
            await entered.Task.Within();
        }
        await Wait.UntilAsync(() => room.Metrics["handshakes aborted"], count => count == 1);
        Assert.Equal(2, room.Metrics["handshakes failed"]);
        Assert.Equal(0, room.Metrics["handshakes accepted"]);
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
        Assert.Equal(1, room.Metrics["message.errors InvalidJson"]);
        Assert.Equal(1, room.Metrics["message.errors InvalidEnvelope"]);
        Assert.Equal(1, room.Metrics["message.errors UnknownChannel"]);
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
        await Wait.UntilAsync(() => room.Metrics["queue.usage receive"], bytes => bytes == 2 * (39 + 64));
        gate.SetResult();
        await Wait.UntilAsync(() => room.Metrics["queue.usage receive"], bytes => bytes == 0);
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

    [Fact]
    public async Task Messages_and_bytes_are_counted_by_channel_in_both_directions()
    {
        await using var room = await Room.StartAsync(prepare: server =>
            server.OnUp += (connection, message) => connection.SendDownAsync(new Down(message.Text + message.Text)));
        await using var client = await room.JoinAsync();
        long received = 0, sent = 0;
        var texts = new[] { "", "é🙂", new string('x', 3000) };
        foreach (var text in texts)
        {
            var up = $$$"""{ "channel" : "up", "message" : {"text":"{{{text}}}"} }""";
            await client.SendAsync(up);
            received += Encoding.UTF8.GetByteCount(up);
            sent += Encoding.UTF8.GetByteCount(await client.ReadTextAsync());
        }
        Assert.Equal(texts.Length, room.Metrics["messages up receive"]);
        Assert.Equal(received, room.Metrics["message.io up receive"]);
        Assert.Equal(texts.Length, room.Metrics["messages down transmit"]);
        Assert.Equal(sent, room.Metrics["message.io down transmit"]);
        Assert.Equal(1, room.Metrics["messages _system:status:ready transmit"]);
        Assert.Equal(47, room.Metrics["message.io _system:status:ready transmit"]);
    }

    [Fact]
    public async Task What_is_emitted_counts_once_for_each_receiver()
    {
        await using var room = await Room.StartAsync();
        await using var first = await room.JoinAsync();
        await using var second = await room.JoinAsync();
        await using var third = await room.JoinAsync();
        for (var i = 0; i < 4; i++)
            await room.Server.EmitDownAsync(new Down("to all"));
        foreach (var client in new[] { first, second, third })
        {
            for (var i = 0; i < 4; i++)
                Assert.Equal("""{"channel":"down","message":{"text":"to all"}}""", await client.ReadTextAsync());
        }
        Assert.Equal(4 * 3, room.Metrics["messages down transmit"]);
        Assert.Equal(4 * 3 * 46, room.Metrics["message.io down transmit"]);
    }

    [Fact]
    public async Task A_compressed_message_counts_with_the_length_that_its_receiver_reads()
    {
        await using var room = await Room.StartAsync(options => options.Compression = MessageCompression.Deflate);
        await using var client = await RawClient.OpenAsync(room.Server.Port, headers: "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        await client.ReadReadyAsync();
        await room.Server.EmitDownAsync(new Down(new string('x', 10_000)));
        await Wait.UntilAsync(() => room.Metrics["messages down transmit"], count => count == 1);
        Assert.Equal(10_000 + """{"channel":"down","message":{"text":""}}""".Length, room.Metrics["message.io down transmit"]);
    }

    [Fact]
    public async Task What_is_refused_counts_as_received_and_as_an_error_of_its_channel()
    {
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += (_, _) => default);
        await using var client = await room.JoinAsync();
        string[] texts =
        [
            "{", """{"channel":"nowhere"}""", """{"channel":"_system:nothing"}""", """{"channel":"up","message":{}}""",
            """{"channel":"lonely","message":{"text":""}}""",
            $$$"""{"channel":"small","message":{"text":"{{{new string('x', 80)}}}"}}""",
        ];
        foreach (var text in texts)
            await client.SendAsync(text);
        await Wait.UntilAsync(() => room.Metrics["message.errors"], count => count == texts.Length);
        Assert.Equal(3, room.Metrics["messages _OTHER receive"]);
        Assert.Equal(texts[..3].Sum(text => text.Length), room.Metrics["message.io _OTHER receive"]);
        Assert.Equal(1, room.Metrics["message.errors InvalidMessage up"]);
        Assert.Equal(1, room.Metrics["message.errors NoHandler lonely"]);
        Assert.Equal(1, room.Metrics["message.errors MessageTooLarge small"]);
        Assert.Equal(texts[5].Length, room.Metrics["message.io small receive"]);
        Assert.Empty(room.Metrics.Durations("handler.duration"));
    }

    [Fact]
    public async Task A_name_made_up_at_run_time_is_no_label()
    {
        await using var room = await Room.StartAsync(prepare: server => server.On(
            "room:1", Contracts.ChannelJsonContext.Default.Say, (connection, message) => connection.SendAsync("room:2")));
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"room:1","message":{"text":"x"}}""");
        Assert.Equal("""{"channel":"room:2","message":{}}""", await client.ReadTextAsync());
        Assert.Equal(1, room.Metrics["messages _OTHER receive"]);
        Assert.Equal(1, room.Metrics["messages _OTHER transmit"]);
        await Wait.UntilAsync(() => room.Metrics.Durations("handler.duration _OTHER").Length, count => count == 1);
    }

    [Fact]
    public async Task Handlers_are_timed_by_channel_and_those_that_fail_apart()
    {
        var clock = new FakeTimeProvider();
        await using var room = await Room.StartAsync(options => options.TimeProvider = clock, server =>
        {
            server.OnUp += async (connection, message) =>
            {
                clock.Advance(TimeSpan.FromMilliseconds(30));
                await Task.Yield();
                clock.Advance(TimeSpan.FromMilliseconds(20));
                if (message.Text == "fails")
                    throw new InvalidOperationException("It was told to.");
                await connection.SendDownAsync(new Down("done"));
            };
            server.OnSay += (_, _) =>
            {
                clock.Advance(TimeSpan.FromSeconds(2));
                throw new InvalidOperationException("It fails at once.");
            };
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"works"}}""");
        await client.ReadTextAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"fails"}}""");
        await client.ReadTextAsync();
        await client.SendAsync("""{"channel":"say","message":{"text":""}}""");
        await client.ReadTextAsync();
        await Wait.UntilAsync(() => room.Metrics.Durations("handler.duration").Length, count => count == 3);
        Assert.Equal([0.05, 0.05], room.Metrics.Durations("handler.duration up").Select(seconds => Math.Round(seconds, 6)));
        Assert.Equal(0.05, Assert.Single(room.Metrics.Durations("handler.duration up HandlerFailed")), 6);
        Assert.Equal(2, Assert.Single(room.Metrics.Durations("handler.duration say HandlerFailed")), 6);
    }

    [Fact]
    public async Task Handshakes_and_connections_are_timed()
    {
        var clock = new FakeTimeProvider();
        await using var room = await Room.StartAsync(options => options.TimeProvider = clock, server => server.Deciding = handshake =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            if (handshake.Query.ContainsKey("no"))
                handshake.Refuse(401);
            return default;
        });
        await using var refused = await RawClient.DialAsync(room.Server.Port);
        await refused.WriteAsync(RawClient.Handshake(room.Server.Port, "/?no"));
        await refused.ReadResponseAsync();
        await using var client = await room.JoinAsync();
        clock.Advance(TimeSpan.FromSeconds(7));
        await client.LeaveAsync();
        await room.Disconnected.NextAsync();
        Assert.Equal(1, Assert.Single(room.Metrics.Durations("handshake.duration refused")), 6);
        Assert.Equal(1, Assert.Single(room.Metrics.Durations("handshake.duration accepted")), 6);
        Assert.Equal(7, Assert.Single(room.Metrics.Durations("connection.duration 1000")), 6);
    }

    [Fact]
    public async Task In_an_application_the_meters_are_its_factorys_and_told_apart_by_the_servers_name()
    {
        await using var app = await Application.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(new Greeter());
                builder.Services.AddChannels<RoomServer>();
                builder.Services.AddChannels<GreetingServer>();
            },
            web =>
            {
                web.MapChannels<RoomServer>("/room");
                web.MapChannels<RoomServer>("/again");
                web.MapChannels<GreetingServer>("/greeting");
            });
        using var metrics = new MetricSink(app.Services.GetRequiredService<IMeterFactory>());
        await using var room = await RawClient.OpenAsync(app.Port, "/room");
        await room.ReadReadyAsync();
        await using var greeting = await RawClient.OpenAsync(app.Port, "/greeting");
        await greeting.ReadReadyAsync();
        Assert.Equal(2, metrics["handshakes accepted"]);
        Assert.Equal([typeof(GreetingServer).FullName, typeof(RoomServer).FullName], metrics.MeterTags.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_started_again_counts_on()
    {
        await using var room = await Room.StartAsync();
        await (await room.JoinAsync()).DisposeAsync();
        await room.Disconnected.NextAsync();
        await room.Server.StopAsync();
        await room.Server.StartAsync();
        await using var client = await room.JoinAsync();
        Assert.Equal(2, room.Metrics["handshakes accepted"]);
        Assert.Equal(1, room.Metrics["active_connections"]);
    }
}
