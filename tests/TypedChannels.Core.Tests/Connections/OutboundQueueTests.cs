namespace TypedChannels.Tests.Connections;

public class OutboundQueueTests
{
    private readonly OutboundQueue queue = new(maxBytes: 1000);
    private readonly List<EncodedMessage> messages = [];

    [Fact]
    public void Takes_messages_up_to_its_bound_and_not_a_byte_more()
    {
        Assert.Equal(OutboundQueue.Outcome.Accepted, queue.TryEnqueue(Message(600)));
        Assert.Equal(OutboundQueue.Outcome.Accepted, queue.TryEnqueue(Message(400)));
        Assert.Equal(OutboundQueue.Outcome.Full, queue.TryEnqueue(Message(64)));
        Assert.Equal(1000, queue.Bytes);
        Assert.Equal([600, 400], TakeAll());
        Assert.Equal(0, queue.Bytes);
        AssertReleased();
    }

    [Fact]
    public void A_bound_of_all_that_there_is_does_not_overflow()
    {
        var endless = new OutboundQueue(int.MaxValue);
        var message = Message(64 * 1024 * 1024);
        for (var i = 0; i < 31; i++)
            Assert.Equal(OutboundQueue.Outcome.Accepted, endless.TryEnqueue(message));
        // One more would make 2 GiB.
        Assert.Equal(OutboundQueue.Outcome.Full, endless.TryEnqueue(message));
        Assert.Equal(31, endless.Clear());
        AssertReleased();
    }

    [Fact]
    public async Task Those_who_wait_are_admitted_in_order_as_room_comes()
    {
        queue.TryEnqueue(Message(600));
        queue.TryEnqueue(Message(400));
        var first = queue.EnqueueAsync(Message(700), TestContext.Current.CancellationToken).AsTask();
        var second = queue.EnqueueAsync(Message(100), TestContext.Current.CancellationToken).AsTask();
        // Whoever waits already goes first, even where there would be room.
        Assert.Equal(600, TakeOne());
        Assert.False(first.IsCompleted);
        Assert.False(second.IsCompleted);
        Assert.Equal(OutboundQueue.Outcome.Full, queue.TryEnqueue(Message(64)));
        Assert.Equal(400, TakeOne());
        Assert.True(await first.Soon());
        Assert.True(await second.Soon());
        Assert.Equal([700, 100], TakeAll());
        AssertReleased();
    }

    [Fact]
    public async Task A_wait_is_cancelled_and_its_message_is_not_sent()
    {
        using var cancellation = new CancellationTokenSource();
        queue.TryEnqueue(Message(1000));
        var waiting = queue.EnqueueAsync(Message(500), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        Assert.Equal(cancellation.Token, (await Assert.ThrowsAsync<TaskCanceledException>(() => waiting.Soon())).CancellationToken);
        Assert.Equal([1000], TakeAll());
        AssertReleased();
    }

    [Fact]
    public async Task A_cancelled_wait_gives_its_message_back_at_once()
    {
        using var cancellation = new CancellationTokenSource();
        queue.TryEnqueue(Message(1000));
        var waiting = queue.EnqueueAsync(Message(500), cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => waiting.Soon());
        messages[1].Release();
        Assert.Throws<ObjectDisposedException>(() => messages[1].Memory);
        messages.RemoveAt(1);
        Assert.Equal([1000], TakeAll());
        AssertReleased();
    }

    [Fact]
    public async Task A_cancelled_wait_holds_up_nobody()
    {
        using var cancellation = new CancellationTokenSource();
        queue.TryEnqueue(Message(600));
        var first = queue.EnqueueAsync(Message(500), cancellation.Token).AsTask();
        var second = queue.EnqueueAsync(Message(200), TestContext.Current.CancellationToken).AsTask();
        await cancellation.CancelAsync();
        Assert.True(await second.Soon());
        Assert.Equal(OutboundQueue.Outcome.Accepted, queue.TryEnqueue(Message(200)));
        await Assert.ThrowsAsync<TaskCanceledException>(() => first.Soon());
        Assert.Equal([600, 200, 200], TakeAll());
        AssertReleased();
    }

    [Fact]
    public async Task Closing_ends_every_wait_and_keeps_what_is_queued()
    {
        queue.TryEnqueue(Message(1000));
        var first = queue.EnqueueAsync(Message(500), TestContext.Current.CancellationToken).AsTask();
        var second = queue.EnqueueAsync(Message(100), TestContext.Current.CancellationToken).AsTask();
        queue.Close();
        Assert.False(await first.Soon());
        Assert.False(await second.Soon());
        Assert.False(await queue.EnqueueAsync(Message(64), TestContext.Current.CancellationToken));
        Assert.Equal(OutboundQueue.Outcome.Closed, queue.TryEnqueue(Message(64)));
        Assert.Equal([1000], TakeAll());
        AssertReleased();
    }

    [Fact]
    public void Clearing_drops_what_is_queued_and_tells_how_much()
    {
        queue.TryEnqueue(Message(500));
        queue.TryEnqueue(Message(500));
        _ = queue.EnqueueAsync(Message(500), TestContext.Current.CancellationToken).AsTask();
        Assert.Equal(2, queue.Clear());
        Assert.Equal(0, queue.Bytes);
        Assert.False(queue.TryDequeue(out _));
        AssertReleased();
    }

    private EncodedMessage Message(int cost)
    {
        var message = EncodedMessage.FromBytes(Opcode.Text, new byte[cost - ConnectionLimits.MessageOverheadBytes]);
        messages.Add(message);
        return message;
    }

    private int TakeOne()
    {
        Assert.True(queue.TryDequeue(out var message));
        var cost = message.Length + ConnectionLimits.MessageOverheadBytes;
        message.Release();
        return cost;
    }

    private List<int> TakeAll()
    {
        var all = new List<int>();
        while (queue.TryDequeue(out var message))
        {
            all.Add(message.Length + ConnectionLimits.MessageOverheadBytes);
            message.Release();
        }
        return all;
    }

    /// <summary>Once the test lets go too, nobody holds any of the messages.</summary>
    private void AssertReleased()
    {
        foreach (var message in messages)
        {
            message.Release();
            Assert.Throws<ObjectDisposedException>(() => message.Memory);
        }
        messages.Clear();
    }
}
