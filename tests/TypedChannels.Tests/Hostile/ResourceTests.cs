using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Hostile;

/// <summary>Peers that take nothing, or a little, or vanish; and a server that is short of threads or time.</summary>
public class ResourceTests : IClassFixture<UnobservedExceptions>
{
    private static readonly string Large = new('x', 60_000);

    private static Task<HostileRoom> StartWaitingAsync(Action<RoomServer>? prepare = null) =>
        HostileRoom.StartAsync(options => options.SlowConsumer = SlowConsumer.Wait, prepare);

    /// <summary>A client that does not read, for which so much is sent that the last sends wait.</summary>
    private static async Task<Stalled> StallAsync(HostileRoom room)
    {
        var client = await RawClient.OpenAsync(room.Port, receiveBytes: 4096);
        await client.ReadReadyAsync();
        var connection = await room.Room.Connected.NextAsync();
        // Some 24 MB: far more than the queue and the buffers of both sockets take.
        var sends = Enumerable.Range(0, 400).Select(i => connection.SendSayAsync(new Say(Large, i)).AsTask()).ToArray();
        Assert.False(sends[^1].IsCompleted);
        return new Stalled(client, connection, sends);
    }

    [Fact]
    public async Task R02_Who_reads_a_byte_now_and_then_and_answers_pings_is_dropped_all_the_same()
    {
        var handled = new Seen<string>();
        await using var room = await StartWaitingAsync(server => server.OnUp += (_, message) =>
        {
            handled.Add(message.Text);
            return default;
        });
        await using var stalled = await StallAsync(room);
        for (var i = 0; i < 5; i++)
        {
            room.Advance(4.5);
            await stalled.Client.Stream.ReadExactlyAsync(new byte[1]).Within();
            // What is handled behind a pong shows that the pong was read.
            await stalled.Client.SendAsync(RawClient.Pong, []);
            await stalled.Client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
            await handled.NextAsync();
            Assert.True(stalled.Connection.IsAlive);
        }
        // Before it would even be pinged again.
        room.Advance(7.5);
        await room.HasEndedAsync(1006);
        Assert.Equal(1, room.Room.Metrics["limits_exceeded PingTimeout"]);
    }

    [Fact]
    public async Task R03_Who_stalls_holds_no_more_than_its_queue_and_the_others_get_everything()
    {
        const int Count = 10, Reading = 5, Bound = 100_000;
        await using var room = await HostileRoom.StartAsync(options => options.SendQueueBytes = Bound);
        room.MostLogLines = Count;
        await using var stalled = await room.JoinAsync(Count, receiveBytes: 4096);
        var cut = await room.Room.Connected.NextAsync(Count);
        await using var reading = await room.JoinAsync(Reading);
        await room.Room.Connected.NextAsync(Reading);
        for (var i = 0; cut.Any(connection => connection.IsAlive); i++)
        {
            await room.Room.Server.EmitSayAsync(new Say(Large, i));
            foreach (var client in reading)
                Assert.Equal(HostileRoom.Say(Large, i), await client.ReadTextAsync());
            Assert.InRange(room.Room.Metrics["queue.usage transmit"], 0, (Count + Reading) * Bound);
        }
        room.Advance(6);
        await room.HasEndedAsync(4408, Count);
        Assert.Equal(Count, room.Room.Metrics["limits_exceeded SendQueueBytes"]);
        foreach (var client in reading)
            await HostileRoom.EchoesAsync(client);
    }

    [Fact]
    public async Task R04_Who_has_the_smallest_window_and_does_not_read_is_cut()
    {
        await using var room = await HostileRoom.StartAsync();
        await using var attacker = await RawClient.OpenAsync(room.Port, receiveBytes: 1);
        var connection = await room.Room.Connected.NextAsync();
        while (connection.IsAlive)
            await room.Room.Server.EmitSayAsync(new Say(Large));
        room.Advance(6);
        await room.HasEndedAsync(4408);
        await attacker.ReadEndAsync();
    }

    [Fact]
    public async Task R04_A_window_that_closes_and_opens_loses_nothing()
    {
        await using var room = await StartWaitingAsync();
        await using var flapping = await StallAsync(room);
        // Each message is some dozen windows.
        for (var i = 0; i < flapping.Sends.Length; i++)
            Assert.Equal(HostileRoom.Say(Large, i), await flapping.Client.ReadTextAsync());
        await Task.WhenAll(flapping.Sends).Within();
    }

    [Fact]
    public async Task R05_Who_vanishes_with_data_queued_is_dropped_after_ping_interval_and_timeout()
    {
        await using var room = await StartWaitingAsync();
        await using var stalled = await StallAsync(room);
        room.Advance(24.75);
        Assert.True(stalled.Connection.IsAlive);
        await room.AdvanceUntilAsync(room.HasEndedAsync(1006));
        Assert.Equal(0, room.Room.Metrics["queue.usage transmit"]);
        Assert.Equal(1, room.Room.Metrics["limits_exceeded PingTimeout"]);
    }

    [Fact]
    public async Task R07_Who_breaks_a_rule_and_reads_no_close_is_dropped_at_the_close_timeout()
    {
        await using var room = await StartWaitingAsync();
        await using var stalled = await StallAsync(room);
        await stalled.Client.WriteAsync((ClientFrame.Text("x") with { IsMasked = false }).Encode());
        await room.AdvanceUntilAsync(room.HasEndedAsync(1002));
        Assert.Equal(1, room.Room.Metrics["limits_exceeded CloseTimeout"]);
    }

    [Fact]
    public async Task R09_Handlers_that_block_their_threads_hold_up_messages_pings_and_closes_of_nobody_else()
    {
        using var gate = new ManualResetEventSlim();
        var blocked = 0;
        await using var room = await HostileRoom.StartAsync(prepare: server => server.OnUp += (_, _) =>
        {
            Interlocked.Increment(ref blocked);
            gate.Wait(Wait.Bound);
            return default;
        });
        var count = Environment.ProcessorCount + 2;
        await using var attackers = await room.JoinAsync(count);
        try
        {
            foreach (var attacker in attackers)
                await attacker.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
            await Wait.UntilAsync(() => Volatile.Read(ref blocked), number => number == count);
            await using var honest = await room.JoinAsync();
            await HostileRoom.EchoesAsync(honest);
            await honest.SendAsync(RawClient.Ping, [1]);
            Assert.Equal(RawClient.Pong, (await honest.ReadFrameAsync()).Opcode);
            await honest.LeaveAsync();
        }
        finally
        {
            gate.Set();
        }
    }

    [Fact]
    public async Task R11_A_wall_clock_that_is_set_disconnects_nobody()
    {
        var (room, clock) = await StartLeapingAsync();
        await using var _ = room;
        await using var client = await room.JoinAsync();
        foreach (var hours in new[] { 1, -1, 0 })
        {
            clock.Wall = TimeSpan.FromHours(hours);
            room.Advance(1);
            await HostileRoom.EchoesAsync(client);
        }
        Assert.Equal(1, room.Room.Metrics["active_connections"]);
    }

    [Fact]
    public async Task R11_A_process_that_was_stopped_for_a_minute_gives_a_due_pong_its_time_again()
    {
        var (room, clock) = await StartLeapingAsync();
        await using var _ = room;
        await using var client = await room.JoinAsync();
        await room.Room.Connected.NextAsync();
        room.Advance(15);
        Assert.Equal(RawClient.Ping, (await client.ReadFrameAsync()).Opcode);
        clock.Stopped = TimeSpan.FromMinutes(1);
        room.Advance(0.25);
        await client.SendAsync(RawClient.Pong, []);
        await HostileRoom.EchoesAsync(client);
        room.Advance(14);
        await HostileRoom.EchoesAsync(client);
        Assert.Empty(room.Room.Disconnected.All);
    }

    private static async Task<(HostileRoom Room, LeapingClock Clock)> StartLeapingAsync()
    {
        LeapingClock clock = null!;
        var room = await HostileRoom.StartAsync(options => options.TimeProvider = clock = new LeapingClock(options.TimeProvider!));
        return (room, clock);
    }

    private sealed record Stalled(RawClient Client, RoomConnection Connection, Task[] Sends) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            // Those that waited have failed with the connection.
            await Task.WhenAll(Sends.Select(send => send.ContinueWith(task => task.Exception, TaskScheduler.Default))).Within();
        }
    }
}
