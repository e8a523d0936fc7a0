namespace TypedChannels.Tests.Connections;

public class SendingTests
{
    private static readonly int NoteBytes = Note.Bytes("0").Length + ConnectionLimits.MessageOverheadBytes;

    [Fact]
    public async Task Messages_are_queued_in_the_order_of_the_calls()
    {
        var rig = new Rig().Open();
        for (var i = 0; i < 5; i++)
            await rig.SendAsync($"{i}");
        Assert.Equal(Enumerable.Range(0, 5).Select(i => Note.Envelope($"{i}")), rig.Transport.Take());
    }

    [Theory]
    [InlineData(SlowConsumer.Disconnect)]
    [InlineData(SlowConsumer.Wait)]
    public async Task A_send_outside_a_batch_is_written_at_once(SlowConsumer policy)
    {
        var rig = new Rig(new ConnectionLimits { SlowConsumer = policy }).Open();
        for (var i = 1; i <= 3; i++)
        {
            await rig.SendAsync("x");
            Assert.Equal(i, rig.Transport.Wakes);
        }
    }

    [Fact]
    public async Task A_full_queue_cuts_a_slow_consumer_with_4408()
    {
        var rig = new Rig(new ConnectionLimits { SendQueueBytes = 2 * NoteBytes }).Open();
        await rig.SendAsync("0");
        await rig.SendAsync("1");
        await AssertFailsAsync(rig.SendAsync("2"), ConnectionErrors.QueueFull);
        Assert.Equal((CloseCode)4408, (await rig.Transport.CloseBegun.Soon()).Code);
        Assert.False(rig.Connection.IsAlive);
        await AssertFailsAsync(rig.SendAsync("3"), ConnectionErrors.NotAlive);
        // What was queued goes out before the close frame.
        Assert.Equal([Note.Envelope("0"), Note.Envelope("1")], rig.Transport.Take());
        Assert.Single(rig.Log, entry => entry.Text.Contains("4408", StringComparison.Ordinal));
        Assert.Equal(1, rig.Metrics["slow_consumers"]);
        Assert.Equal(1, rig.Metrics["limits_exceeded SendQueueBytes"]);
    }

    [Fact]
    public async Task A_side_that_does_not_cut_goes_on_after_a_full_queue()
    {
        var rig = new Rig(new ConnectionLimits { SendQueueBytes = NoteBytes, CutsSlowPeer = false }).Open();
        await rig.SendAsync("0");
        await AssertFailsAsync(rig.SendAsync("1"), ConnectionErrors.QueueFull);
        Assert.True(rig.Connection.IsAlive);
        rig.Transport.Take();
        await rig.SendAsync("2");
    }

    [Fact]
    public async Task The_wait_policy_waits_for_room()
    {
        var rig = Waiting(CancellationToken.None, out var waiting);
        Assert.Equal(Note.Envelope("0"), rig.Transport.TakeOne());
        await waiting.Soon();
        Assert.Equal([Note.Envelope("1")], rig.Transport.Take());
        Assert.True(rig.Connection.IsAlive);
    }

    [Fact]
    public async Task A_wait_for_room_can_be_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var rig = Waiting(cancellation.Token, out var waiting);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        Assert.Equal([Note.Envelope("0")], rig.Transport.Take());
        Assert.True(rig.Connection.IsAlive);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_wait_for_room_fails_when_the_connection_closes(bool here)
    {
        var rig = Waiting(CancellationToken.None, out var waiting);
        if (here)
            rig.Connection.BeginClose(CloseCode.Normal, "");
        else
            rig.Connection.Leave();
        await AssertFailsAsync(new ValueTask(waiting), ConnectionErrors.NotAlive);
    }

    [Fact]
    public async Task A_wait_inside_a_batch_has_the_queue_written_first()
    {
        var rig = new Rig(new ConnectionLimits { SendQueueBytes = NoteBytes, SlowConsumer = SlowConsumer.Wait });
        rig.Transport.Woken = () => rig.Transport.Take();
        rig.Handlers = [async _ => { await rig.SendAsync("1"); await rig.SendAsync("2"); }];
        rig.Open();
        rig.Receive("go");
        rig.Connection.TransportClosed(new Disconnect(1000, "", true));
        await rig.Connection.Finished.Soon();
        Assert.Empty(rig.Errors);
    }

    [Fact]
    public async Task What_cannot_wait_cuts_the_connection_under_the_wait_policy_too()
    {
        var rig = new Rig(new ConnectionLimits { SendQueueBytes = NoteBytes, SlowConsumer = SlowConsumer.Wait }).Open();
        await rig.SendAsync("0");
        Assert.Equal(ConnectionErrors.QueueFull, rig.Connection.Sending.Post(SystemMessages.Ready()));
        Assert.Equal((CloseCode)4408, (await rig.Transport.CloseBegun.Soon()).Code);
    }

    [Theory]
    [InlineData(SlowConsumer.Disconnect)]
    [InlineData(SlowConsumer.Wait)]
    public async Task A_message_longer_than_the_whole_queue_fails_alone(SlowConsumer policy)
    {
        var rig = new Rig(new ConnectionLimits { SendQueueBytes = NoteBytes, SlowConsumer = policy }).Open();
        await AssertFailsAsync(rig.SendAsync("00"), ConnectionErrors.MessageTooLarge);
        Assert.True(rig.Connection.IsAlive);
        await rig.SendAsync("0");
    }

    [Theory]
    [InlineData(SlowConsumer.Disconnect)]
    [InlineData(SlowConsumer.Wait)]
    public async Task A_send_after_the_close_fails_with_NotAlive(SlowConsumer policy)
    {
        var rig = new Rig(new ConnectionLimits { SlowConsumer = policy }).Open();
        rig.Connection.BeginClose(CloseCode.Normal, "");
        await AssertFailsAsync(rig.SendAsync("0"), ConnectionErrors.NotAlive);
        rig.Connection.TransportClosed(new Disconnect(1000, "", true));
        await AssertFailsAsync(rig.SendAsync("0"), ConnectionErrors.NotAlive);
    }

    [Fact]
    public async Task What_a_getter_throws_comes_in_the_task()
    {
        var rig = new Rig().Open();
        var channel = new ChannelDescriptor<Note>("note", ChannelDirection.Both, 0, new ThrowingCodec());
        var sending = rig.Connection.Sending.SendAsync(channel, new Note("x"), TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<FormatException>(async () => await sending);
        await Assert.ThrowsAsync<ArgumentNullException>(async () => await rig.Connection.Sending.SendAsync(Note.Channel, null!, TestContext.Current.CancellationToken));
        Assert.True(rig.SendUntilAsync("x", new CancellationToken(true)).AsTask().IsCanceled);
        Assert.Empty(rig.Transport.Take());
    }

    [Fact]
    public async Task What_was_not_sent_when_the_transport_ended_is_dropped_logged_and_told()
    {
        var rig = new Rig().Open();
        var message = SystemMessages.Ready();
        message.Retain();
        rig.Connection.Sending.Post(message);
        await rig.SendAsync("1");
        rig.Connection.TransportClosed(new Disconnect(1006, "", false), halfSent: 1);
        Assert.Contains(rig.Log, entry => entry.Text.Contains("2 queued messages not sent", StringComparison.Ordinal));
        await rig.Connection.Finished.Soon();
        Assert.Equal(3, rig.Disconnect!.Unsent);
        message.Release();
        Assert.Throws<ObjectDisposedException>(() => message.Memory);
    }

    private static Rig Waiting(CancellationToken cancellationToken, out Task waiting)
    {
        var rig = new Rig(new ConnectionLimits { SendQueueBytes = NoteBytes, SlowConsumer = SlowConsumer.Wait }).Open();
        Assert.True(rig.SendAsync("0").AsTask().IsCompletedSuccessfully);
        waiting = rig.SendUntilAsync("1", cancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);
        return rig;
    }

    private static async Task AssertFailsAsync(ValueTask sending, ConnectionErrors expected) =>
        Assert.Equal(expected, (await Assert.ThrowsAsync<ConnectionException>(() => sending.Soon())).Code);

    private sealed class ThrowingCodec : MessageCodec<Note>
    {
        public override void Write(System.Buffers.IBufferWriter<byte> output, Note message) => throw new FormatException();

        public override Note Read(ReadOnlySpan<byte> input) => throw new FormatException();
    }
}
