namespace TypedChannels.Tests.Connections;

/// <summary>When what handlers send is written.</summary>
public class SendBatchTests
{
    [Fact]
    public void Sends_in_a_batch_are_flushed_once_at_its_end()
    {
        var rig = Echo();
        var batch = SendBatch.Begin();
        for (var i = 0; i < 10; i++)
            rig.Receive($"{i}");
        Assert.Equal(0, rig.Transport.Wakes);
        batch!.End();
        Assert.Equal(1, rig.Transport.Wakes);
        Assert.Equal(10, rig.Transport.Take().Count);
    }

    [Fact]
    public void Each_connection_of_a_batch_is_flushed_once()
    {
        var rigs = Enumerable.Range(0, 5).Select(_ => Echo()).ToArray();
        var batch = SendBatch.Begin();
        for (var i = 0; i < 3; i++)
        {
            foreach (var rig in rigs)
                rig.Receive($"{i}");
        }
        batch!.End();
        Assert.All(rigs, rig => Assert.Equal(1, rig.Transport.Wakes));
    }

    [Fact]
    public void A_batch_inside_a_batch_is_the_same()
    {
        var rig = Echo();
        var batch = SendBatch.Begin();
        Assert.Null(SendBatch.Begin());
        rig.Receive("0");
        Assert.Equal(0, rig.Transport.Wakes);
        batch!.End();
        Assert.Equal(1, rig.Transport.Wakes);
        var next = SendBatch.Begin();
        Assert.Same(batch, next);
        rig.Receive("0");
        next!.End();
        Assert.Equal(2, rig.Transport.Wakes);
    }

    [Fact]
    public void A_send_outside_a_batch_is_flushed_at_once()
    {
        var rig = Echo();
        rig.Receive("0");
        Assert.Equal(1, rig.Transport.Wakes);
        SendBatch.FlushCurrent();
        Assert.Equal(1, rig.Transport.Wakes);
    }

    [Fact]
    public void What_was_sent_is_flushed_when_a_handler_suspends()
    {
        var rig = new Rig();
        var gate = new TaskCompletionSource();
        rig.Handlers = [async note => { await rig.SendAsync(note.Text); await gate.Task; await rig.SendAsync("after"); }];
        rig.Open();
        var batch = SendBatch.Begin();
        rig.Receive("0");
        Assert.Equal(1, rig.Transport.Wakes);
        batch!.End();
        Assert.Equal(1, rig.Transport.Wakes);
        gate.SetResult();
        Assert.Equal(2, rig.Transport.Wakes);
    }

    [Fact]
    public void Past_64_KiB_a_connection_is_flushed_past_the_batch()
    {
        var rig = new Rig();
        var big = new string('x', 40_000);
        rig.Handlers = [_ => rig.SendAsync(big)];
        rig.Open();
        var batch = SendBatch.Begin();
        rig.Receive("0");
        Assert.Equal(0, rig.Transport.Wakes);
        rig.Receive("1");
        Assert.Equal(1, rig.Transport.Wakes);
        batch!.End();
    }

    [Fact]
    public void What_the_connect_event_sends_is_flushed_once()
    {
        Rig rig = null!;
        rig = new Rig { Opening = async () => { await rig.SendAsync("1"); await rig.SendAsync("2"); } };
        rig.Open();
        Assert.Equal(1, rig.Transport.Wakes);
    }

    [Fact]
    public void Queued_messages_share_a_flush_too()
    {
        var gate = new TaskCompletionSource();
        Rig rig = null!;
        rig = new Rig { Opening = () => new ValueTask(gate.Task) };
        rig.Handlers = [note => rig.SendAsync(note.Text)];
        rig.Open();
        for (var i = 0; i < 10; i++)
            rig.Receive($"{i}");
        gate.SetResult();
        Assert.Equal(1, rig.Transport.Wakes);
        Assert.Equal(10, rig.Transport.Take().Count);
    }

    [Fact]
    public void A_queue_that_never_empties_does_not_hold_back_what_its_handlers_sent()
    {
        var other = new Rig().Open();
        var gate = new TaskCompletionSource();
        var rig = new Rig { Opening = () => new ValueTask(gate.Task) };
        var handledCount = 0;
        rig.Handlers = [async note =>
        {
            if (handledCount++ == 0)
                await other.SendAsync("early");
            // The peer sends as fast as its messages are handled.
            if (other.Transport.Wakes == 0 && handledCount < 10_000)
                rig.Receive("more");
        }];
        rig.Open();
        rig.Receive("first");
        gate.SetResult();
        Assert.InRange(handledCount, 2, 1_000);
        Assert.Equal(1, other.Transport.Wakes);
    }

    [Fact]
    public void A_transport_that_flushes_the_batch_while_it_is_woken_loses_no_wake_up()
    {
        var rigs = Enumerable.Range(0, 4).Select(_ => new Rig().Open()).ToArray();
        var batch = SendBatch.Begin();
        Send(rigs[0]);
        Send(rigs[1]);
        rigs[1].Transport.Woken = () =>
        {
            // As a reader that runs inside the write would: its handler sends, suspends, and another sends.
            Send(rigs[2]);
            SendBatch.FlushCurrent();
            Send(rigs[3]);
        };
        SendBatch.FlushCurrent();
        batch!.End();
        Assert.All(rigs, rig => Assert.True(rig.Transport.Wakes > 0));
        Assert.All(rigs, rig => Assert.Null(rig.Connection.Batch));

        static void Send(Rig rig) => Assert.Null(rig.Connection.Sending.Post(SystemMessages.Ready()));
    }

    [Fact]
    public async Task Two_threads_batches_wake_a_connection_that_both_send_on()
    {
        var rig = new Rig().Open();
        for (var i = 0; i < 200; i++)
        {
            var before = rig.Transport.Wakes;
            using var bothSent = new Barrier(2);
            await Task.WhenAll(Task.Run(Send, TestContext.Current.CancellationToken), Task.Run(Send, TestContext.Current.CancellationToken)).Soon();
            Assert.InRange(rig.Transport.Wakes - before, 1, 2);
            Assert.Null(rig.Connection.Batch);

            void Send()
            {
                var batch = SendBatch.Begin();
                rig.Connection.Sending.Post(SystemMessages.Ready());
                bothSent.SignalAndWait(TestContext.Current.CancellationToken);
                batch!.End();
            }
            rig.Transport.Take();
        }
    }

    private static Rig Echo()
    {
        var rig = new Rig();
        rig.Handlers = [note => rig.SendAsync(note.Text)];
        return rig.Open();
    }
}
