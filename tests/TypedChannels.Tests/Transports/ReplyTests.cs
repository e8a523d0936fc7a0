using System.IO.Pipelines;
using TypedChannels.Tests.Connections;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Transports;

/// <summary>What a handler sends to its own connection is written straight into the pipe, and nothing else may be seen of that.</summary>
public class ReplyTests
{
    private static readonly ConnectionLimits Limits = new() { PingInterval = Timeout.InfiniteTimeSpan };

    // The server reads inside the peer's send, so that all is handled when that returns.
    private Peer _peer = new(reading: PipeScheduler.Inline);

    [Fact]
    public async Task Replies_to_what_came_at_once_leave_together_and_in_order()
    {
        var rig = Reply();
        await _peer.SendNotesAsync("1", "2", "3");
        foreach (var text in (string[])["1", "2", "3"])
            Assert.Equal(Note.Envelope(text), await _peer.ReadTextAsync());
        Assert.Equal(3, rig.Metrics["messages note transmit"]);
        Assert.Equal(0, rig.Connection.Outbound.Bytes);
    }

    [Fact]
    public async Task Messages_leave_in_the_order_of_the_send_calls_whoever_calls_and_however_long_they_are()
    {
        var rig = new Rig(Limits);
        var longer = new string('x', FrameWriter.MaxWholeByteCount);
        rig.Handlers =
        [
            async _ =>
            {
                await rig.SendAsync("1");
                // Another thread's, which ends before the next begins.
                var other = new Thread(() => rig.SendAsync("2").AsTask().GetAwaiter().GetResult());
                other.Start();
                other.Join();
                await rig.SendAsync("3");
                await rig.SendAsync(longer);
                await rig.SendAsync("4");
            },
        ];
        _ = Run(rig);
        await _peer.SendNotesAsync("go", "go");
        for (var i = 0; i < 2; i++)
        {
            foreach (var text in (string[])["1", "2", "3", longer, "4"])
                Assert.Equal(Note.Envelope(text), await _peer.ReadTextAsync());
        }
    }

    [Fact]
    public async Task A_reply_leaves_when_its_handler_first_waits()
    {
        var rig = new Rig(Limits);
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Handlers = [async _ => { await rig.SendAsync("before"); await go.Task; await rig.SendAsync("after"); }];
        _ = Run(rig);
        await _peer.SendNotesAsync("go");
        Assert.Equal(Note.Envelope("before"), await _peer.ReadTextAsync());
        go.SetResult();
        Assert.Equal(Note.Envelope("after"), await _peer.ReadTextAsync());
    }

    [Fact]
    public async Task What_others_send_leaves_while_a_handler_that_has_replied_runs_on()
    {
        var rig = new Rig(Limits);
        using var go = new ManualResetEventSlim();
        rig.Handlers = [async _ => { await rig.SendAsync("reply"); go.Wait(TestContext.Current.CancellationToken); }];
        _ = Run(rig);
        var sending = Task.Run(() => _peer.SendNotesAsync("go"), TestContext.Current.CancellationToken);
        await Wait.UntilAsync(() => rig.Metrics["messages note transmit"], count => count == 1);
        await rig.SendAsync("other");
        Assert.Equal(Note.Envelope("reply"), await _peer.ReadTextAsync());
        Assert.Equal(Note.Envelope("other"), await _peer.ReadTextAsync());
        go.Set();
        await sending.Soon();
    }

    [Fact]
    public async Task A_connection_ends_though_a_handler_that_has_replied_blocks_its_thread_until_then()
    {
        var rig = new Rig(Limits);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        rig.Handlers =
        [
            async note =>
            {
                // The first waits, so that the second runs on another thread than the one that reads.
                if (note.Text == "1")
                    await first.Task;
                await rig.SendAsync(note.Text);
                if (note.Text == "2")
                    rig.Connection.Aborted.WaitHandle.WaitOne();
            },
        ];
        var running = Run(rig);
        await _peer.SendNotesAsync("1", "2");
        first.SetResult();
        await Wait.UntilAsync(() => rig.Metrics["messages note transmit"], count => count == 2);
        _peer.End();
        await running.Soon();
        await rig.Connection.Finished.Soon();
    }

    [Fact]
    public async Task A_reply_comes_before_the_close_that_its_handler_begins()
    {
        var rig = new Rig(Limits);
        rig.Handlers =
        [
            async _ =>
            {
                await rig.SendAsync("last");
                rig.Connection.BeginClose(CloseCode.Normal, "");
                await Assert.ThrowsAsync<ConnectionException>(async () => await rig.SendAsync("too late"));
            },
        ];
        var running = Run(rig);
        await _peer.SendNotesAsync("go");
        Assert.Equal(Note.Envelope("last"), await _peer.ReadTextAsync());
        Assert.Equal(1000, await _peer.ReadCloseAsync());
        await _peer.SendAsync(ClientFrame.Close(1000));
        _peer.End();
        await running.Soon();
        Assert.True(rig.Disconnect!.WasClean);
        Assert.Equal(0, rig.Buffers.Out);
    }

    [Fact]
    public async Task A_ping_is_answered_before_the_message_that_ends_after_it()
    {
        Reply();
        var last = Note.Bytes("2");
        await _peer.SendAsync(
            ClientFrame.Text(Note.Bytes("1")),
            ClientFrame.Text(last[..5]).Unfinished(),
            ClientFrame.Ping("p"),
            ClientFrame.Continuation(last[5..]));
        foreach (var text in (string[])[Note.Envelope("1"), "p", Note.Envelope("2")])
            Assert.Equal(text, (await _peer.ReadAsync())!.Text);
    }

    [Fact]
    public async Task Replies_that_the_peer_does_not_take_fill_the_queue_and_no_more()
    {
        _peer = new Peer(Peer.Blocked, PipeScheduler.Inline);
        var rig = new Rig(Limits with { SendQueueBytes = 1000, CloseTimeout = TimeSpan.FromSeconds(5) });
        var accepted = 0;
        rig.Handlers =
        [
            async _ =>
            {
                while (true)
                {
                    await rig.SendAsync("0123456789");
                    accepted++;
                }
            },
        ];
        var running = Run(rig);
        await _peer.SendNotesAsync("go");
        Assert.False(rig.Connection.IsAlive);
        // As much as the queue holds, and as much again before the pipe said that it is blocked.
        Assert.InRange(accepted, 5, 2 * 1000 / Note.Bytes("0123456789").Length);
        rig.Advance(TimeSpan.FromSeconds(5));
        await running.Soon();
        Assert.Equal(ChannelConnection.SlowConsumerCode, rig.Disconnect!.Code);
        Assert.Equal(accepted, rig.Metrics["messages note transmit"] + rig.Metrics["message.dropped transmit"]);
        Assert.Equal(0, rig.Buffers.Out);
    }

    [Fact]
    public async Task A_reply_that_the_pipe_refuses_is_counted_as_dropped()
    {
        var rig = new Rig(Limits);
        rig.Handlers = [async _ => { _peer.Output.Complete(); await rig.SendAsync("lost"); }];
        var running = Run(rig);
        await _peer.SendNotesAsync("go");
        _peer.End();
        await running.Soon();
        await rig.Connection.Finished.Soon();
        Assert.Equal(1, rig.Metrics["message.dropped transmit"]);
        Assert.Equal(0, rig.Buffers.Out);
    }

    [Fact]
    public async Task What_another_handler_sends_here_goes_by_the_queue()
    {
        var rig = Reply();
        var outer = new Rig(Limits).Open();
        outer.Handlers = [note => rig.SendAsync(note.Text)];
        outer.Receive("from outside");
        Assert.Equal(Note.Envelope("from outside"), await _peer.ReadTextAsync());
    }

    [Fact]
    public async Task A_message_costs_its_record_and_its_string_and_its_reply_nothing()
    {
        // With those that are sent to warm up, less than the thread is given back after.
        const int Count = 500;
        // Nobody listens: a listener's own allocations are none of ours.
        Reply().Metrics.Dispose();
        var text = new string('x', 40);
        var frames = ClientFrame.Join(Enumerable.Repeat(ClientFrame.Text(Note.Bytes(text)), 10)).ToArray();
        Send(100);
        // All on this thread: the pipe reads inline.
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        Send(Count);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var expected = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Count; i++)
            GC.KeepAlive(new Note(new string('x', text.Length)));
        expected = GC.GetAllocatedBytesForCurrentThread() - expected;
        Assert.Equal(expected, allocated);

        void Send(int count)
        {
            for (var i = 0; i < count / 10; i++)
            {
                _peer.SendAtOnce(frames);
                _peer.DropSent();
            }
        }
    }

    private Rig Reply()
    {
        var rig = new Rig(Limits) { Channel = DirectNote.Channel };
        rig.Handlers = [note => rig.Connection.Sending.SendAsync(DirectNote.Channel, note, CancellationToken.None)];
        _ = Run(rig);
        return rig;
    }

    private Task Run(Rig rig)
    {
        var transport = new PipeTransport(rig.Connection, _peer, rig.Limits);
        rig.Connection.Attach(transport);
        return transport.RunAsync();
    }
}
