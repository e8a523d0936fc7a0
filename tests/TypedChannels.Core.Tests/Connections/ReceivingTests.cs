namespace TypedChannels.Tests.Connections;

/// <summary>How received messages come to their handlers.</summary>
public class ReceivingTests
{
    [Fact]
    public void A_message_is_handled_where_it_is_received_while_handlers_keep_up()
    {
        var rig = new Rig();
        var handled = rig.Record();
        rig.Open();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(rig.Receive($"{i}"));
            Assert.Equal(i + 1, handled.Count);
        }
        Assert.False(rig.Connection.IsHandling);
    }

    [Fact]
    public async Task Messages_are_handled_one_at_a_time_and_in_order_while_a_handler_is_slow()
    {
        var rig = new Rig();
        var began = new List<string>();
        var gates = Enumerable.Range(0, 5).Select(_ => new TaskCompletionSource()).ToArray();
        var ended = new TaskCompletionSource();
        rig.Handlers = [async note =>
        {
            began.Add(note.Text);
            await gates[began.Count - 1].Task;
            if (began.Count == 5)
                ended.SetResult();
        }];
        rig.Open();
        for (var i = 0; i < 5; i++)
            Assert.True(rig.Receive($"{i}"));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(i + 1, began.Count);
            Assert.Equal($"{i}", began[i]);
            Assert.True(rig.Connection.IsHandling);
            // Continues inline: nothing in between is asynchronous.
            gates[i].SetResult();
        }
        await ended.Task.Soon();
        Assert.False(rig.Connection.IsHandling);
    }

    [Fact]
    public void The_received_bytes_may_change_once_receive_has_returned()
    {
        var rig = new Rig();
        var gate = new TaskCompletionSource();
        var handled = new List<string>();
        rig.Handlers = [async note => { handled.Add(note.Text); await gate.Task; }];
        rig.Open();
        foreach (var text in (string[])["first", "second"])
        {
            var bytes = Note.Bytes(text);
            rig.Connection.Receive(Opcode.Text, bytes);
            bytes.AsSpan().Clear();
        }
        gate.SetResult();
        Assert.Equal(["first", "second"], handled);
    }

    [Fact]
    public async Task Nothing_is_handled_before_the_connect_events_handlers_have_run()
    {
        var gate = new TaskCompletionSource();
        var rig = new Rig { Opening = () => new ValueTask(gate.Task) };
        var handled = rig.Record();
        rig.Open();
        Assert.True(rig.Connection.IsHandling);
        rig.Receive("0");
        rig.Receive("1");
        Assert.Empty(handled);
        gate.SetResult();
        await Task.CompletedTask;
        Assert.Equal(["0", "1"], handled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_failing_connect_event_closes_with_1011(bool atOnce)
    {
        var rig = new Rig
        {
            Opening = atOnce ? () => throw new FormatException("secret") : async () => { await Task.Yield(); throw new FormatException("secret"); },
        };
        var handled = rig.Record();
        rig.Open();
        var (code, reason) = await rig.Transport.CloseBegun.Soon();
        Assert.Equal(CloseCode.InternalError, code);
        Assert.DoesNotContain("secret", reason, StringComparison.Ordinal);
        rig.Receive("0");
        Assert.Empty(handled);
    }

    [Fact]
    public async Task A_failing_dispatch_closes_with_1011()
    {
        var rig = new Rig().Open();
        rig.Connection.Receive(Opcode.Text, """{"channel":"throw"}"""u8);
        Assert.Equal(CloseCode.InternalError, (await rig.Transport.CloseBegun.Soon()).Code);
        Assert.False(rig.Connection.IsHandling);
    }

    [Fact]
    public async Task A_full_queue_says_so_and_tells_when_there_is_room()
    {
        var (rig, gates) = Filled();
        var room = rig.Connection.WaitForRoomAsync();
        Assert.False(room.IsCompleted);
        Assert.Same(room, rig.Connection.WaitForRoomAsync());
        gates[0].SetResult();
        await room.Soon();
        Assert.True(rig.Connection.WaitForRoomAsync().IsCompleted);
    }

    [Fact]
    public void There_is_room_as_long_as_the_queue_is_not_full()
    {
        var rig = new Rig();
        rig.Record();
        rig.Open();
        Assert.True(rig.Connection.WaitForRoomAsync().IsCompleted);
        rig.Receive("0");
        Assert.True(rig.Connection.WaitForRoomAsync().IsCompleted);
    }

    [Fact]
    public async Task Waiting_for_room_ends_when_this_side_closes()
    {
        var (rig, _) = Filled();
        var room = rig.Connection.WaitForRoomAsync();
        rig.Connection.BeginClose(CloseCode.Normal, "");
        await room.Soon();
        Assert.True(rig.Connection.WaitForRoomAsync().IsCompleted);
        // Dropped, so there is always room.
        Assert.True(rig.Receive("more"));
    }

    [Fact]
    public async Task Waiting_for_room_ends_when_reading_stops()
    {
        var (rig, _) = Filled();
        var room = rig.Connection.WaitForRoomAsync();
        rig.Connection.Abort();
        await room.Soon();
        Assert.True(rig.Connection.WaitForRoomAsync().IsCompleted);
    }

    [Fact]
    public void Empty_messages_fill_the_queue_too()
    {
        var gate = new TaskCompletionSource();
        var rig = new Rig(new ConnectionLimits { ReceiveQueueBytes = 640 }) { Opening = () => new ValueTask(gate.Task) };
        rig.Open();
        var count = 1;
        while (rig.Connection.Receive(Opcode.Text, []))
            count++;
        Assert.Equal(10, count);
    }

    [Fact]
    public async Task A_handler_may_wait_for_the_end_of_the_connection()
    {
        var rig = new Rig();
        rig.Handlers = [async _ => await Task.Delay(Timeout.Infinite, rig.Connection.Aborted)];
        rig.Open();
        rig.Receive("0");
        rig.Connection.TransportClosed(new Disconnect(1006, "", false));
        await rig.Connection.Finished.Soon();
        // It stopped because its connection is gone: no failure.
        Assert.Empty(rig.Errors);
    }

    /// <summary>A connection whose handler is held up and whose inbound queue is full.</summary>
    private static (Rig Rig, TaskCompletionSource[] Gates) Filled()
    {
        var rig = new Rig(new ConnectionLimits { ReceiveQueueBytes = 300 });
        var gates = Enumerable.Range(0, 20).Select(_ => new TaskCompletionSource()).ToArray();
        var next = 0;
        rig.Handlers = [_ => new ValueTask(gates[next++].Task)];
        rig.Open();
        Assert.True(rig.Receive("handled"));
        var count = 1;
        while (rig.Receive("queued"))
            count++;
        Assert.Equal(3, count);
        return (rig, gates);
    }

    [Fact]
    public async Task A_connection_whose_handling_fails_is_dropped_and_ends()
    {
        var rig = new Rig { Logged = _ => throw new InvalidOperationException("A logger fails.") };
        var go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var aborted = new TaskCompletionSource();
        rig.Handlers = [async _ => { await go.Task; throw new InvalidOperationException("A handler fails."); }];
        rig.Open();
        rig.Connection.Aborted.Register(() => aborted.TrySetResult());
        rig.Receive("0");
        go.SetResult();
        await rig.Transport.Aborted.Soon();
        rig.Connection.TransportClosed(new Disconnect(1006, "", false));
        await rig.Connection.Finished.Soon();
        await aborted.Task.Soon();
    }
}
