using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Transports;

public sealed class PipeTransportTests : TransportTests
{
    private static readonly ConnectionLimits Pinging = new() { PingInterval = TimeSpan.FromSeconds(15), PingTimeout = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task A_close_without_a_code_is_answered_without_one()
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        await Peer.SendAsync(ClientFrame.Close([]));
        Assert.Null(await Peer.ReadCloseAsync());
        await running.Soon();
        Assert.Equal(new Disconnect(1005, "", true), rig.Disconnect);
    }

    [Fact]
    public async Task A_silent_peer_is_pinged_and_lives_by_its_pong()
    {
        var rig = new Rig(Pinging);
        _ = Run(rig);
        for (var i = 0; i < 3; i++)
        {
            rig.Advance(Pinging.PingInterval);
            Assert.Equal(9, (await Peer.ReadAsync())!.Opcode);
            // The ping behind the pong shows that the pong was read.
            await Peer.SendAsync(ClientFrame.Pong(""), ClientFrame.Ping("read"));
            Assert.Equal("read", (await Peer.ReadAsync())!.Text);
        }
        Assert.Equal(0, Peer.AbortCount);
    }

    [Fact]
    public async Task A_dead_peer_is_aborted()
    {
        var rig = new Rig(Pinging);
        var running = Run(rig);
        rig.Advance(Pinging.PingInterval);
        rig.Advance(Pinging.PingTimeout);
        await running.Soon();
        Assert.Equal(1, Peer.AbortCount);
        Assert.Equal(new Disconnect(1006, "", false), rig.Disconnect);
        Assert.True(rig.Connection.Aborted.IsCancellationRequested);
    }

    [Fact]
    public async Task A_peer_that_sends_without_end_gives_the_thread_that_reads_it_back()
    {
        Peer = new Peer(reading: System.IO.Pipelines.PipeScheduler.Inline);
        var rig = new Rig(Limits);
        var (sending, here, all) = (0, 0, 0);
        var allHandled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Handlers = [_ =>
        {
            if (Environment.CurrentManagedThreadId == Volatile.Read(ref sending))
                here++;
            if (++all == 100)
                allHandled.TrySetResult();
            return default;
        }];
        _ = Run(rig);
        var kilobyte = ClientFrame.Join([ClientFrame.Text(Note.Bytes(new string('x', 1024)))]);
        sending = Environment.CurrentManagedThreadId;
        for (var i = 0; i < 100; i++)
            Peer.SendAtOnce(kilobyte);
        Volatile.Write(ref sending, 0);
        Assert.InRange(here, 1, 99);
        await allHandled.Task.Soon();
    }

    [Fact]
    public async Task A_pongs_time_does_not_run_while_reading_is_held_back()
    {
        // The server reads inside the peer's send, so that it has paused when that returns.
        Peer = new Peer(reading: System.IO.Pipelines.PipeScheduler.Inline);
        var rig = new Rig(Pinging with { ReceiveQueueBytes = 1 });
        var gate = new TaskCompletionSource();
        rig.Handlers = [async note => { await gate.Task; await rig.SendAsync(note.Text); }];
        _ = Run(rig);
        rig.Advance(Pinging.PingInterval);
        Assert.Equal(9, (await Peer.ReadAsync())!.Opcode);
        await Peer.SendAsync(ClientFrame.Text(Note.Bytes("0")), ClientFrame.Text(Note.Bytes("1")), ClientFrame.Pong(""));
        for (var i = 0; i < 60; i++)
            rig.Advance(TimeSpan.FromMinutes(1));
        gate.SetResult();
        Assert.Equal(Note.Envelope("0"), await Peer.ReadTextAsync());
        Assert.Equal(Note.Envelope("1"), await Peer.ReadTextAsync());
        Assert.Equal(0, Peer.AbortCount);
    }

    [Fact]
    public async Task A_pongs_time_does_not_run_while_a_handler_holds_the_thread_that_reads()
    {
        Peer = new Peer(reading: System.IO.Pipelines.PipeScheduler.Inline);
        var rig = new Rig(Pinging);
        rig.Handlers = [_ =>
        {
            for (var i = 0; i < 60; i++)
                rig.Advance(TimeSpan.FromMinutes(1));
            return default;
        }];
        var running = Run(rig);
        rig.Advance(Pinging.PingInterval);
        Assert.Equal(9, (await Peer.ReadAsync())!.Opcode);
        await Peer.SendNotesAsync("0");
        // Of the ten seconds that the pong had, none has passed.
        rig.Advance(Pinging.PingTimeout - TimeSpan.FromMilliseconds(1));
        Assert.Equal(0, Peer.AbortCount);
        await Peer.SendAsync(ClientFrame.Pong(""));
        // Without a pong that is due the next ping comes once the handler has ended, and has its whole time.
        await Peer.SendNotesAsync("1");
        rig.Advance(TimeSpan.Zero);
        Assert.Equal(9, (await Peer.ReadAsync())!.Opcode);
        rig.Advance(Pinging.PingTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(running.IsCompleted);
        rig.Advance(TimeSpan.FromMilliseconds(1));
        await running.Soon();
        Assert.Equal(1, Peer.AbortCount);
    }

    [Fact]
    public async Task A_messages_time_does_not_run_while_a_handler_holds_the_thread_that_reads()
    {
        Peer = new Peer(reading: System.IO.Pipelines.PipeScheduler.Inline);
        var rig = new Rig(Limits);
        rig.Handlers = [async note =>
        {
            if (note.Text == "holds")
                rig.Advance(TimeSpan.FromHours(1));
            else
                await rig.SendAsync(note.Text);
        }];
        _ = Run(rig);
        var (first, second) = (Note.Bytes("holds"), Note.Bytes("half"));
        await Peer.SendAsync(ClientFrame.Text(first[..5]).Unfinished());
        await Peer.SendAsync(ClientFrame.Continuation(first[5..]), ClientFrame.Text(second[..5]).Unfinished());
        rig.Advance(rig.Limits.MessageTimeout - TimeSpan.FromMilliseconds(1));
        await Peer.SendAsync(ClientFrame.Continuation(second[5..]));
        Assert.Equal(Note.Envelope("half"), await Peer.ReadTextAsync());
    }

    [Fact]
    public async Task Pongs_behind_a_blocked_pipe_are_bounded_and_the_last_ping_is_answered()
    {
        Peer = new Peer(Peer.Blocked);
        var rig = new Rig(Limits);
        _ = Run(rig);
        await rig.SendAsync("blocks");
        for (var i = 0; i < 1000; i++)
            await Peer.SendAsync(ClientFrame.Ping($"{i}"));
        // Handled behind all pings.
        var handled = Queue(rig);
        await Peer.SendNotesAsync("x");
        await handled.Reader.ReadAsync(TestContext.Current.CancellationToken).Soon();
        Assert.Equal(Note.Envelope("blocks"), await Peer.ReadTextAsync());
        var count = 0;
        string last;
        do
        {
            last = (await Peer.ReadAsync())!.Text;
            count++;
        }
        while (last != "999");
        Assert.InRange(count, 1, 40);
    }

    [Fact]
    public async Task A_violations_close_frame_comes_after_what_was_queued()
    {
        Peer = new Peer(Peer.Blocked);
        var rig = new Rig(Limits);
        rig.Handlers = [note => rig.SendAsync(note.Text)];
        var running = Run(rig);
        await Peer.SendNotesAsync("0", "1", "2");
        await Peer.SendAsync(ClientFrame.Text(Note.Bytes("unmasked")) with { IsMasked = false });
        for (var i = 0; i < 3; i++)
            Assert.Equal(Note.Envelope($"{i}"), await Peer.ReadTextAsync());
        Assert.Equal(1002, await Peer.ReadCloseAsync());
        Peer.End();
        await running.Soon();
        Assert.Equal((1002, false), (rig.Disconnect!.Code, rig.Disconnect.WasClean));
    }

    [Fact]
    public async Task A_blocked_pipe_never_blocks_a_send()
    {
        Peer = new Peer(Peer.Blocked);
        var rig = new Rig(Limits);
        var running = Run(rig);
        for (var i = 0; i < 100; i++)
            Assert.True(rig.SendAsync($"{i}").AsTask().IsCompletedSuccessfully);
        Assert.True(rig.Connection.Outbound.Bytes > 0);
        for (var i = 0; i < 100; i++)
            Assert.Equal(Note.Envelope($"{i}"), await Peer.ReadTextAsync());
        await rig.SendAsync("blocks");
        rig.Connection.Abort();
        await running.Soon();
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_dropped_though_reading_is_paused_for_a_send_that_waits()
    {
        Peer = new Peer(Peer.Blocked, System.IO.Pipelines.PipeScheduler.Inline);
        var limits = Limits with { SendQueueBytes = 200, ReceiveQueueBytes = 1, SlowConsumer = SlowConsumer.Wait };
        var rig = new Rig(limits);
        rig.Handlers = [async note =>
        {
            for (var i = 0; i < 100; i++)
                await rig.SendAsync($"{i}");
        }];
        var running = Run(rig);
        await Peer.SendNotesAsync("0", "1", "2");
        rig.Advance(limits.PingInterval + limits.PingTimeout - TimeSpan.FromTicks(1));
        Assert.False(running.IsCompleted);
        rig.Advance(TimeSpan.FromTicks(1));
        await running.Soon();
        await rig.Connection.Finished.Soon();
        Assert.Equal((1006, false), (rig.Disconnect!.Code, rig.Disconnect.WasClean));
    }

    [Fact]
    public async Task A_peer_that_takes_a_long_message_slowly_is_not_taken_for_dead()
    {
        // As Kestrel's pipe is: what is beyond 64 KiB blocks.
        Peer = new Peer(new System.IO.Pipelines.PipeOptions(
            readerScheduler: System.IO.Pipelines.PipeScheduler.Inline, writerScheduler: System.IO.Pipelines.PipeScheduler.Inline,
            pauseWriterThreshold: 64 * 1024, resumeWriterThreshold: 32 * 1024));
        var rig = new Rig(Limits);
        var running = Run(rig);
        var text = new string('x', 500_000);
        await rig.SendAsync(text);
        var taken = 0;
        while (taken < text.Length)
        {
            await Peer.SendAsync(ClientFrame.Pong(""));
            taken += await Peer.TakeAsync(16 * 1024);
            rig.Advance(TimeSpan.FromSeconds(2));
        }
        Assert.False(running.IsCompleted);
        Assert.True(rig.Connection.IsAlive);
        await Peer.SendAsync(ClientFrame.Close(1000));
        await running.Soon();
        Assert.Equal(1000, rig.Disconnect!.Code);
    }

    [Fact]
    public async Task A_lost_peer_is_told_to_a_handler_that_waits_for_it_though_the_inbound_queue_is_full()
    {
        Peer = new Peer(reading: System.IO.Pipelines.PipeScheduler.Inline);
        var rig = new Rig(Limits with { ReceiveQueueBytes = 1 });
        var handled = new List<string>();
        rig.Handlers = [async note =>
        {
            await Task.Delay(Timeout.Infinite, rig.Connection.Aborted).ContinueWith(_ => { }, TaskScheduler.Default);
            handled.Add(note.Text);
        }];
        using var lost = new CancellationTokenSource();
        var running = Run(rig, lost.Token);
        await Peer.SendNotesAsync("0", "1", "2");
        Peer.End();
        Assert.False(running.IsCompleted);
        await lost.CancelAsync();
        await running.Soon();
        await rig.Connection.Finished.Soon();
        Assert.Equal((1006, false), (rig.Disconnect!.Code, rig.Disconnect.WasClean));
        Assert.Equal(["0", "1", "2"], handled);
    }

    [Fact]
    public async Task A_lost_peer_whose_handler_never_ends_is_given_up_after_the_close_timeout()
    {
        Peer = new Peer(reading: System.IO.Pipelines.PipeScheduler.Inline);
        var rig = new Rig(Limits with { ReceiveQueueBytes = 1 });
        rig.Handlers = [_ => new ValueTask(new TaskCompletionSource().Task)];
        using var lost = new CancellationTokenSource();
        var running = Run(rig, lost.Token);
        await Peer.SendNotesAsync("0", "1", "2");
        await lost.CancelAsync();
        Assert.False(rig.Connection.IsAlive);
        rig.Advance(Limits.CloseTimeout);
        await running.Soon();
        rig.Advance(Limits.CloseTimeout);
        await rig.Connection.Finished.Soon();
        Assert.Equal(1006, rig.Disconnect!.Code);
    }

    [Fact]
    public async Task A_slow_consumer_is_cut_at_the_close_timeout()
    {
        Peer = new Peer(Peer.Blocked);
        var rig = new Rig(Limits with { SendQueueBytes = 200 });
        var running = Run(rig);
        await Assert.ThrowsAsync<ConnectionException>(async () =>
        {
            for (var i = 0; i < 100; i++)
                await rig.SendAsync($"{i}");
        });
        rig.Advance(Limits.CloseTimeout);
        await running.Soon();
        Assert.Equal((4408, false), (rig.Disconnect!.Code, rig.Disconnect.WasClean));
        Assert.Equal(0, rig.Connection.Outbound.Bytes);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_sent_is_cut_at_the_timeout_and_not_clean()
    {
        // The server reads inside the peer's send, so that its deadline runs when that returns.
        Peer = new Peer(Peer.Blocked, System.IO.Pipelines.PipeScheduler.Inline);
        var rig = new Rig(Limits);
        var running = Run(rig);
        await rig.SendAsync("blocks");
        await Peer.SendAsync(ClientFrame.Close(1000));
        Assert.False(running.IsCompleted);
        rig.Advance(Limits.CloseTimeout);
        await running.Soon();
        Assert.Equal(new Disconnect(1000, "", false), rig.Disconnect);
        Assert.Equal(1, Peer.AbortCount);
    }

    [Fact]
    public async Task A_peer_that_closes_without_reading_our_answer_has_closed_cleanly()
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        Peer.StopReading();
        await Peer.SendAsync(ClientFrame.Close(1000));
        Peer.End();
        await running.Soon();
        Assert.Equal(new Disconnect(1000, "", true), rig.Disconnect);
    }

    [Fact]
    public async Task An_abort_after_the_end_does_not_touch_what_carried_the_bytes()
    {
        var rig = new Rig(Limits);
        var running = Run(rig);
        Peer.End();
        await running.Soon();
        rig.Connection.Abort();
        Assert.Equal(0, Peer.AbortCount);
    }

    [Fact]
    public async Task Each_message_that_was_queued_is_counted_as_sent_or_as_dropped()
    {
        const int Count = 50;
        Peer = new Peer(Peer.Blocked);
        var rig = new Rig(Limits with { SendQueueBytes = 4 * 1024 * 1024 });
        var running = Run(rig);
        for (var i = 0; i < Count; i++)
            await rig.SendAsync(new string('x', 15_000));
        Peer.End();
        rig.Connection.Abort();
        await running.Soon();
        Assert.InRange(rig.Metrics["message.dropped transmit"], 1, Count);
        Assert.Equal(Count, rig.Metrics["messages note transmit"] + rig.Metrics["message.dropped transmit"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Pongs_that_can_never_be_written_are_not_kept(bool closed)
    {
        var sender = new PipeFrameSender(Peer.Output, new OutboundQueue(100), TimeProvider.System);
        if (closed)
        {
            sender.SendClose(CloseCode.Normal, "");
        }
        else
        {
            Peer.StopReading();
            sender.SendPing();
        }
        long allocated = 0;
        for (var i = 0; i < 100; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            sender.AddPong("0123456789"u8);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void A_message_that_the_pipe_refuses_is_released()
    {
        var queue = new OutboundQueue(1000);
        var sender = new PipeFrameSender(Peer.Output, queue, TimeProvider.System);
        var message = SystemMessages.Ready();
        queue.TryEnqueue(message);
        message.Release();
        Peer.Output.Complete();
        sender.Wake();
        Assert.Throws<ObjectDisposedException>(() => message.Memory);
        Assert.True(sender.StopAsync().IsCompleted);
        Assert.True(sender.CloseFlushed.IsCompleted);
    }

    internal override Task Run(Rig rig) => Run(rig, CancellationToken.None);

    private Task Run(Rig rig, CancellationToken lost)
    {
        Peer.Lost = lost;
        var transport = new PipeTransport(rig.Connection, Peer, rig.Limits);
        rig.Connection.Attach(transport);
        return transport.RunAsync();
    }
}
