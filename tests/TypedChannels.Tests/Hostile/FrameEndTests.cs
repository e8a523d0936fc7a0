using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Hostile;

/// <summary>Frames around the end of a connection, and valid frames in masses.</summary>
public class FrameEndTests : IClassFixture<UnobservedExceptions>
{
    private static string Up(int number) => $$$"""{"channel":"up","message":{"text":"{{{number}}}"}}""";

    [Fact]
    public async Task F23_What_comes_behind_a_close_is_ignored()
    {
        var handled = new Seen<string>();
        await using var room = await HostileRoom.StartAsync(prepare: server => server.OnUp += (_, message) =>
        {
            handled.Add(message.Text);
            return default;
        });
        await using var attacker = await room.JoinAsync();
        await attacker.WriteAsync(
        [
            .. RawClient.Frame(Up(1)),
            .. ClientFrame.Close(1000).Encode(),
            .. ClientFrame.Join(ClientFrame.Text(Up(2)), ClientFrame.Ping("p"), ClientFrame.Close(4000), new ClientFrame(3, [])),
        ]);
        var seen = attacker.ReadAllAsync();
        await room.AdvanceUntilAsync(seen);
        Assert.Equal(new byte[] { 0x88, 2, 3, 0xE8 }, await seen);
        Assert.Equal(new Disconnect(1000, "", true), (await room.Room.Disconnected.NextAsync()).Disconnect);
        Assert.Equal(["1"], handled.All);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task F25_F26_A_peer_that_goes_in_the_middle_is_gone_and_nothing_of_its_message_is_handled(bool reset)
    {
        var whole = RawClient.Frame(Up(1));
        byte[][] fronts = [whole[..1], whole[..5], whole[..20], ClientFrame.Join(ClientFrame.Text(Up(1)).Unfinished())];
        await using var room = await HostileRoom.StartAsync(
            prepare: server => server.OnUp += (_, _) => throw new InvalidOperationException("handled"));
        foreach (var front in fronts)
        {
            await using var attacker = await room.JoinAsync();
            await attacker.WriteAsync(front);
            if (reset)
                attacker.Kill();
            else
                attacker.EndSending();
            await room.HasEndedAsync(1006);
        }
        Assert.Empty(room.Room.Errors.All);
        Assert.Empty(room.Room.Log.Lines);
    }

    [Fact]
    public async Task F28_Thousands_of_frames_in_one_write_are_handled_in_order_while_others_are_served()
    {
        const int Count = 20_000;
        var next = 0;
        var all = new TaskCompletionSource();
        await using var room = await HostileRoom.StartAsync(prepare: server => server.OnUp += (_, message) =>
        {
            Assert.Equal($"{next++}", message.Text);
            if (next == Count)
                all.SetResult();
            return default;
        });
        await using var honest = await room.JoinAsync();
        await using var attacker = await room.JoinAsync();
        var writing = attacker.WriteAsync([.. Enumerable.Range(0, Count).SelectMany(i => RawClient.Frame(Up(i)))]);
        for (var i = 0; i < 100; i++)
            await HostileRoom.EchoesAsync(honest);
        await writing;
        await all.Task.Within();
        Assert.Empty(room.Room.Errors.All);
    }

    [Fact]
    public async Task F29_Who_sends_more_than_is_handled_is_held_back_by_TCP_at_the_bound_of_its_queue()
    {
        const int Count = 400, Length = 50_000;
        var gate = new TaskCompletionSource();
        var handled = 0;
        await using var room = await HostileRoom.StartAsync(prepare: server => server.OnUp += async (_, _) =>
        {
            await gate.Task;
            handled++;
        });
        await using var sender = await room.JoinAsync();
        var frame = RawClient.Frame($$$"""{"channel":"up","message":{"text":"{{{new string('x', Length)}}}"}}""");
        var writing = sender.WriteAsync([.. Enumerable.Repeat(frame, Count).SelectMany(bytes => bytes)]);
        await Wait.UntilAsync(() => room.Room.Metrics["limits_exceeded ReceiveQueueBytes"], count => count == 1);
        var inbound = room.Room.Metrics["queue.usage receive"];
        Assert.InRange(inbound, 256 * 1024, 256 * 1024 + Length + 200);
        // Twenty megabytes are more than the buffers of both sockets take.
        Assert.False(writing.IsCompleted);
        await room.ServesAsync();
        gate.SetResult();
        await writing;
        await Wait.UntilAsync(() => Volatile.Read(ref handled), count => count == Count);
    }
}
