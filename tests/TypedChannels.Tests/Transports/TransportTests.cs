using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Transports;

/// <summary>What every supplier of messages does.</summary>
public abstract class TransportTests
{
    internal static ConnectionLimits Limits { get; } = new() { PingInterval = Timeout.InfiniteTimeSpan, MaxMessageBytes = 20_000 };

    internal Peer Peer { get; set; } = new();

    [Fact]
    public async Task A_message_comes_to_its_handler()
    {
        var rig = new Rig(Limits);
        var handled = Queue(rig);
        _ = Run(rig);
        await Peer.SendNotesAsync("hello");
        Assert.Equal("hello", await handled.Reader.ReadAsync(TestContext.Current.CancellationToken).Soon());
    }

    [Fact]
    public async Task What_is_written_is_counted_by_channel_in_messages_and_bytes()
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        var texts = new[] { "", "é", new string('x', 9000) };
        foreach (var text in texts)
            await rig.SendAsync(text);
        foreach (var text in texts)
            Assert.Equal(Note.Envelope(text), await Peer.ReadTextAsync());
        await Wait.UntilAsync(() => rig.Metrics["messages note transmit"], count => count == texts.Length);
        Assert.Equal(texts.Sum(text => Note.Bytes(text).Length), rig.Metrics["message.io note transmit"]);
        Assert.Equal(0, rig.Metrics["message.dropped"]);
        Peer.End();
        await running.Soon();
    }

    [Fact]
    public async Task A_message_may_come_in_fragments_with_a_ping_between()
    {
        var rig = new Rig(Limits);
        var handled = Queue(rig);
        _ = Run(rig);
        var text = new string('é', 5000);
        var bytes = Note.Bytes(text);
        await Peer.SendAsync(
            ClientFrame.Text(bytes[..3]).Unfinished(),
            ClientFrame.Continuation(bytes[3..6001]).Unfinished(),
            ClientFrame.Ping("p"),
            ClientFrame.Continuation(bytes[6001..]));
        Assert.Equal(text, await handled.Reader.ReadAsync(TestContext.Current.CancellationToken).Soon());
        Assert.Equal("p", (await Peer.ReadAsync())!.Text);
    }

    [Fact]
    public async Task Bytes_may_come_one_at_a_time()
    {
        var rig = new Rig(Limits);
        rig.Handlers = [note => rig.SendAsync(note.Text)];
        var running = Run(rig);
        await SendSlowlyAsync(ClientFrame.Text(Note.Bytes("é🙂")));
        Assert.Equal(Note.Envelope("é🙂"), await Peer.ReadTextAsync());
        await SendSlowlyAsync(ClientFrame.Ping("p"));
        Assert.Equal("p", (await Peer.ReadAsync())!.Text);
        await SendSlowlyAsync(ClientFrame.Text(Note.Bytes("2")), ClientFrame.Close(1000, "bye"));
        Assert.Equal(Note.Envelope("2"), await Peer.ReadTextAsync());
        Assert.Equal(1000, await Peer.ReadCloseAsync());
        await running.Soon();
        Assert.Equal(new Disconnect(1000, "bye", true), rig.Disconnect);

        async Task SendSlowlyAsync(params IEnumerable<ClientFrame> frames)
        {
            foreach (var b in ClientFrame.Join(frames))
                await Peer.SendBytesAsync([b]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public async Task A_message_sent_is_one_text_frame(int length)
    {
        var rig = new Rig(Limits);
        _ = Run(rig);
        await rig.SendAsync(new string('x', length));
        Assert.Equal(Note.Envelope(new string('x', length)), await Peer.ReadTextAsync());
    }

    [Fact]
    public async Task Messages_keep_their_order_both_ways()
    {
        var rig = new Rig(Limits);
        rig.Handlers = [async note => { if (note.Text.EndsWith('7')) await Task.Yield(); await rig.SendAsync(note.Text); }];
        _ = Run(rig);
        var sending = Peer.SendNotesAsync(Enumerable.Range(0, 2000).Select(i => $"{i}"));
        for (var i = 0; i < 2000; i++)
            Assert.Equal(Note.Envelope($"{i}"), await Peer.ReadTextAsync());
        await sending.Soon();
    }

    [Fact]
    public async Task A_ping_is_answered_while_a_handler_takes_a_minute()
    {
        var rig = new Rig(Limits);
        var began = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        rig.Handlers = [async _ => { began.SetResult(); await gate.Task; await rig.SendAsync("done"); }];
        _ = Run(rig);
        await Peer.SendNotesAsync("x");
        await began.Task.Soon();
        rig.Advance(TimeSpan.FromMinutes(1));
        await Peer.SendAsync(ClientFrame.Ping("are you there?"));
        Assert.Equal(new ServerFrame(10, "are you there?"u8.ToArray()).Text, (await Peer.ReadAsync())!.Text);
        gate.SetResult();
        Assert.Equal(Note.Envelope("done"), await Peer.ReadTextAsync());
    }

    [Fact]
    public async Task Closing_inside_a_handler_completes()
    {
        var rig = new Rig(Limits);
        var closed = new TaskCompletionSource();
        rig.Handlers = [async _ => { await rig.Connection.CloseAsync(4000, "enough"); closed.SetResult(); }];
        var running = Run(rig);
        await Peer.SendNotesAsync("x", "dropped");
        Assert.Equal(4000, await Peer.ReadCloseAsync());
        await Peer.SendAsync(ClientFrame.Close(4000));
        await closed.Task.Soon();
        await running.Soon();
        await rig.Connection.Finished.Soon();
        Assert.Equal(new Disconnect(4000, "enough", true), rig.Disconnect);
    }

    [Theory]
    [InlineData(1000, "")]
    [InlineData(1001, "going away")]
    [InlineData(1011, "")]
    [InlineData(3000, "é")]
    [InlineData(4999, "own")]
    public async Task The_peers_close_is_answered_with_its_code_and_reported_clean(int code, string reason)
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        await Peer.SendAsync(ClientFrame.Close(code, reason));
        Assert.Equal(code, await Peer.ReadCloseAsync());
        await running.Soon();
        Assert.Equal(new Disconnect(code, reason, true), rig.Disconnect);
    }

    [Fact]
    public async Task What_came_before_the_peers_close_is_handled_and_what_it_sends_is_not_sent()
    {
        var rig = new Rig(Limits);
        var gate = new TaskCompletionSource();
        var handled = new List<string>();
        rig.Handlers = [async note => { handled.Add(note.Text); await gate.Task; }];
        var running = Run(rig);
        await Peer.SendNotesAsync("0", "1", "2");
        await Peer.SendAsync(ClientFrame.Close(1000));
        Assert.Equal(1000, await Peer.ReadCloseAsync());
        await running.Soon();
        Assert.Null(rig.Disconnect);
        gate.SetResult();
        await rig.Connection.Finished.Soon();
        Assert.Equal(["0", "1", "2"], handled);
    }

    [Fact]
    public async Task An_end_without_a_close_frame_is_1006_and_not_clean()
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        Peer.End();
        await running.Soon();
        Assert.Equal(new Disconnect(1006, "", false), rig.Disconnect);
    }

    [Fact]
    public async Task A_reset_is_an_ordinary_end()
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        Peer.End(new IOException("reset"));
        await running.Soon();
        Assert.Equal(new Disconnect(1006, "", false), rig.Disconnect);
    }

    [Fact]
    public async Task Our_close_comes_after_what_is_queued_and_is_clean_with_the_peers()
    {
        var rig = new Rig(Limits);
        var handled = rig.Record();
        var running = Run(rig);
        for (var i = 0; i < 3; i++)
            await rig.SendAsync($"{i}");
        rig.Connection.BeginClose(CloseCode.GoingAway, "bye");
        for (var i = 0; i < 3; i++)
            Assert.Equal(Note.Envelope($"{i}"), await Peer.ReadTextAsync());
        Assert.Equal(1001, await Peer.ReadCloseAsync());
        await Peer.SendNotesAsync("late");
        await Peer.SendAsync(ClientFrame.Close(1001));
        await running.Soon();
        Assert.Equal(new Disconnect(1001, "bye", true), rig.Disconnect);
        Assert.Empty(handled);
    }

    [Fact]
    public async Task A_peer_that_does_not_answer_our_close_is_cut_at_the_timeout()
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        using var sweeper = new Sweeper(rig.Time, Limits.SweepInterval);
        sweeper.Add(rig.Connection);
        rig.Connection.BeginClose(CloseCode.Normal, "bye");
        Assert.Equal(1000, await Peer.ReadCloseAsync());
        rig.Time.Advance(Limits.CloseTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(running.IsCompleted);
        rig.Time.Advance(Limits.SweepInterval);
        await running.Soon();
        Assert.Equal(new Disconnect(1000, "bye", false), rig.Disconnect);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public async Task Too_large_a_message_closes_with_1009_and_what_follows_is_dropped(int fragmentCount)
    {
        var rig = new Rig(Limits);
        var handled = rig.Record();
        var running = Run(rig);
        var part = new byte[20_001 / fragmentCount + 1];
        part.AsSpan().Fill((byte)'x');
        await Peer.SendNotesAsync("before");
        for (var i = 0; i < fragmentCount - 1; i++)
            await Peer.SendAsync((i == 0 ? ClientFrame.Text(part) : ClientFrame.Continuation(part)).Unfinished());
        await Peer.SendAsync(fragmentCount == 1 ? ClientFrame.Text(part) : ClientFrame.Continuation(part));
        await Peer.SendNotesAsync("after");
        Assert.Equal(1009, await Peer.ReadCloseAsync());
        await Peer.SendNotesAsync("after");
        await Peer.SendAsync(ClientFrame.Text("after"u8.ToArray()).Unfinished(), ClientFrame.Continuation(part), ClientFrame.Close(1009));
        Peer.End();
        await running.Soon();
        Assert.Equal((1009, false), (rig.Disconnect!.Code, rig.Disconnect.WasClean));
        Assert.Equal(["before"], handled);
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task A_message_of_exactly_the_limit_is_taken()
    {
        var rig = new Rig(Limits);
        var handled = Queue(rig);
        _ = Run(rig);
        var text = new string('x', Limits.MaxMessageBytes - Note.Bytes("").Length);
        await Peer.SendNotesAsync(text);
        Assert.Equal(text, await handled.Reader.ReadAsync(TestContext.Current.CancellationToken).Soon());
    }

    [Fact]
    public async Task A_binary_message_closes_with_1003_and_what_follows_is_dropped()
    {
        var rig = new Rig(Limits);
        var handled = rig.Record();
        var running = Run(rig);
        await Peer.SendAsync(ClientFrame.Binary([1, 2, 3]), ClientFrame.Text(Note.Bytes("after")));
        Assert.Equal(1003, await Peer.ReadCloseAsync());
        await Peer.SendNotesAsync("after");
        Peer.End();
        await running.Soon();
        Assert.Equal((1003, false), (rig.Disconnect!.Code, rig.Disconnect.WasClean));
        Assert.Empty(handled);
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_closes_with_1007()
    {
        var rig = new Rig(Limits);
        var handled = rig.Record();
        var running = Run(rig);
        await Peer.SendAsync(ClientFrame.Text([(byte)'{', 0xFF]));
        Assert.Equal(1007, await Peer.ReadCloseAsync());
        Peer.End();
        await running.Soon();
        Assert.False(rig.Disconnect!.WasClean);
        Assert.Empty(handled);
    }

    [Fact]
    public async Task An_abort_ends_the_connection_at_once()
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        rig.Connection.Abort();
        await running.Soon();
        Assert.Equal(new Disconnect(1006, "", false), rig.Disconnect);
        rig.Connection.Abort();
    }

    [Fact]
    public async Task An_abort_ends_a_connection_that_waits_for_room()
    {
        var rig = new Rig(Limits with { ReceiveQueueBytes = 1 });
        var began = new TaskCompletionSource();
        rig.Handlers = [async _ => { began.TrySetResult(); await Task.Delay(Timeout.Infinite, rig.Connection.Aborted); }];
        var running = Run(rig);
        await Peer.SendNotesAsync("0", "1", "2", "3");
        await began.Task.Soon();
        rig.Connection.Abort();
        await running.Soon();
        await rig.Connection.Finished.Soon();
    }

    [Fact]
    public async Task A_full_inbound_queue_loses_nothing()
    {
        var rig = new Rig(Limits with { ReceiveQueueBytes = 200 });
        var gate = new TaskCompletionSource();
        rig.Handlers = [async note => { await gate.Task; await rig.SendAsync(note.Text); }];
        _ = Run(rig);
        await Peer.SendNotesAsync(Enumerable.Range(0, 50).Select(i => $"{i}"));
        gate.SetResult();
        for (var i = 0; i < 50; i++)
            Assert.Equal(Note.Envelope($"{i}"), await Peer.ReadTextAsync());
    }

    [Fact]
    public async Task Both_sides_may_close_at_once()
    {
        for (var i = 0; i < 50; i++)
        {
            Peer = new Peer();
            var rig = new Rig(Limits);
            var running = Run(rig);
            await rig.SendAsync("x");
            await Task.WhenAll(
                Task.Run(() => rig.Connection.BeginClose(CloseCode.Normal, ""), TestContext.Current.CancellationToken),
                Peer.SendAsync(ClientFrame.Close(1000)));
            Assert.Equal(Note.Envelope("x"), await Peer.ReadTextAsync());
            Assert.Equal(1000, await Peer.ReadCloseAsync());
            await running.Soon();
            Assert.Equal(new Disconnect(1000, "", true), rig.Disconnect);
        }
    }

    [Fact]
    public async Task Several_threads_may_send_while_another_closes()
    {
        for (var round = 0; round < 20; round++)
        {
            Peer = new Peer(new System.IO.Pipelines.PipeOptions(pauseWriterThreshold: 500, resumeWriterThreshold: 100));
            var rig = new Rig(Limits);
            var running = Run(rig);
            var accepted = new int[3];
            var senders = Enumerable.Range(0, accepted.Length).Select(sender => Task.Run(async () =>
            {
                for (var i = 0; i < 300 && rig.Connection.IsAlive; i++)
                {
                    try
                    {
                        await rig.SendAsync($"{sender}:{i}");
                        accepted[sender]++;
                    }
                    catch (ConnectionException)
                    {
                        return;
                    }
                }
            })).ToArray();
            var received = new List<string>();
            ServerFrame? frame;
            while ((frame = await Peer.ReadAsync()) is { Opcode: 1 })
            {
                received.Add(frame.Text);
                if (received.Count == 100)
                    rig.Connection.BeginClose(CloseCode.GoingAway, "");
            }
            Assert.Equal(1001, frame?.CloseCode);
            await Peer.SendAsync(ClientFrame.Close(1001));
            await running.Soon();
            await Task.WhenAll(senders).Soon();
            Assert.True(rig.Disconnect!.WasClean);
            for (var sender = 0; sender < accepted.Length; sender++)
            {
                var own = received.Where(text => text.StartsWith(Note.Envelope($"{sender}:")[..^3], StringComparison.Ordinal));
                Assert.Equal(Enumerable.Range(0, accepted[sender]).Select(i => Note.Envelope($"{sender}:{i}")), own);
            }
        }
    }

    /// <summary>Carries the rig's connection to its end.</summary>
    internal abstract Task Run(Rig rig);

    /// <summary>Where the handlers put what they handle.</summary>
    internal static System.Threading.Channels.Channel<string> Queue(Rig rig)
    {
        var queue = System.Threading.Channels.Channel.CreateUnbounded<string>();
        rig.Handlers = [note => queue.Writer.WriteAsync(note.Text)];
        return queue;
    }
}
