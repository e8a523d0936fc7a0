using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

public class SlowConsumerTests
{
    private static readonly string Large = new('x', 60_000);

    [Fact]
    public async Task Client_that_does_not_read_is_cut_with_4408_and_the_others_get_everything()
    {
        var time = new FakeTimeProvider();
        await using var room = await Room.StartAsync(options => options.TimeProvider = time);
        await using var slow = await RawClient.OpenAsync(room.Server.Port, receiveBytes: 4096);
        var cut = await room.Connected.NextAsync();
        await using var fast = await room.JoinAsync();
        await room.Connected.NextAsync();

        var sent = 0;
        while (cut.IsAlive)
        {
            await room.Server.EmitSayAsync(new Say(Large, sent++));
            Assert.Contains($"\"number\":{sent - 1}}}", await fast.ReadTextAsync(), StringComparison.Ordinal);
        }
        // Its close frame waits behind what it does not read; the close timeout ends that.
        time.Advance(TimeSpan.FromSeconds(6));
        var told = await room.Disconnected.NextAsync();
        Assert.Same(cut, told.Connection);
        Assert.Equal(4408, told.Disconnect.Code);
        Assert.False(told.Disconnect.WasClean);

        await room.Server.EmitTickAsync();
        Assert.Equal("""{"channel":"tick","message":{}}""", await fast.ReadTextAsync());
        Assert.Contains("4408", Assert.Single(room.Log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_to_a_client_that_does_not_read_fails_with_QueueFull_and_cuts_it()
    {
        var time = new FakeTimeProvider();
        await using var room = await Room.StartAsync(options => options.TimeProvider = time);
        await using var slow = await RawClient.OpenAsync(room.Server.Port, receiveBytes: 4096);
        var connection = await room.Connected.NextAsync();
        var failure = await Assert.ThrowsAsync<ConnectionException>(async () =>
        {
            while (true)
                await connection.SendSayAsync(new Say(Large));
        });
        Assert.Equal(ConnectionErrors.QueueFull, failure.Code);
        Assert.False(connection.IsAlive);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(4408, (await room.Disconnected.NextAsync()).Disconnect.Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(64)]
    public async Task Emit_of_what_fits_into_no_queue_is_refused_and_cuts_nobody(int over)
    {
        const int QueueBytes = 4096, OverheadBytes = 64;
        await using var room = await Room.StartAsync(options => options.SendQueueBytes = QueueBytes);
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        var frameBytes = """{"channel":"say","message":{"text":"","number":0}}""".Length;
        var message = new Say(new string('x', QueueBytes - OverheadBytes - frameBytes + over));

        if (over == 0)
        {
            await room.Server.EmitSayAsync(message);
            Assert.Equal(QueueBytes - OverheadBytes, (await client.ReadTextAsync()).Length);
            return;
        }
        var failure = await Assert.ThrowsAsync<ConnectionException>(async () => await room.Server.EmitSayAsync(message));
        Assert.Equal(ConnectionErrors.MessageTooLarge, failure.Code);
        Assert.True(connection.IsAlive);
        await client.LeaveAsync();
    }

    [Fact]
    public async Task Slow_client_that_reads_again_gets_the_close_frame()
    {
        var time = new FakeTimeProvider();
        await using var room = await Room.StartAsync(options => options.TimeProvider = time);
        await using var slow = await RawClient.OpenAsync(room.Server.Port, receiveBytes: 4096);
        var connection = await room.Connected.NextAsync();
        while (connection.IsAlive)
            await room.Server.EmitSayAsync(new Say(Large));
        Assert.Equal((4408, "Slow consumer."), await slow.CloseBackAsync());
        Assert.Equal(new Disconnect(4408, "Slow consumer.", true), (await room.Disconnected.NextAsync()).Disconnect);
    }

    [Fact]
    public async Task With_Wait_a_send_waits_for_room_and_an_emit_still_cuts()
    {
        var time = new FakeTimeProvider();
        await using var room = await Room.StartAsync(options => (options.TimeProvider, options.SlowConsumer) = (time, SlowConsumer.Wait));
        await using var slow = await RawClient.OpenAsync(room.Server.Port, receiveBytes: 4096);
        await slow.ReadReadyAsync();
        var connection = await room.Connected.NextAsync();
        // Some 24 MB: far more than the queue and the buffers of both sockets take.
        var sends = new List<Task>();
        while (sends.Count < 400)
            sends.Add(connection.SendSayAsync(new Say(Large, sends.Count)).AsTask());
        Assert.False(sends[^1].IsCompleted);
        Assert.True(connection.IsAlive);

        // Who gives up waiting sends nothing.
        using var enough = new CancellationTokenSource();
        var given = connection.SendSayAsync(new Say(Large, -1), enough.Token).AsTask();
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);

        for (var i = 0; i < sends.Count; i++)
            Assert.Contains($"\"number\":{i}}}", await slow.ReadTextAsync(), StringComparison.Ordinal);
        await Task.WhenAll(sends).Within();

        while (connection.IsAlive)
            await room.Server.EmitSayAsync(new Say(Large));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(4408, (await room.Disconnected.NextAsync()).Disconnect.Code);
    }
}
