using System.Text;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

[Trait("RFC", "6455 §5.5")]
public class ControlFrameTests
{
    [Fact]
    public async Task Ten_thousand_pings_are_answered_each_with_its_payload()
    {
        const int Count = 10_000, AtOnce = 10;
        await using var room = await Room.StartAsync(options => options.MaxControlFramesPerSecond = Count);
        await using var client = await room.JoinAsync();
        for (var i = 0; i < Count; i += AtOnce)
        {
            var pings = Enumerable.Range(i, AtOnce).SelectMany(number => RawClient.Frame(RawClient.Ping, Payload(number)));
            await client.WriteAsync([.. pings]);
            for (var number = i; number < i + AtOnce; number++)
            {
                var (opcode, payload) = await client.ReadFrameAsync();
                Assert.Equal((RawClient.Pong, number), (opcode, BitConverter.ToInt32(payload)));
                Assert.Equal(Payload(number), payload);
            }
        }
        await client.LeaveAsync();

        static byte[] Payload(int number) => [.. BitConverter.GetBytes(number), .. new byte[number % 122]];
    }

    [Theory]
    [InlineData(50_000, 400)]
    [InlineData(200_000, 100)]
    public async Task Ping_is_answered_before_the_messages_that_wait_while_its_sender_does_not_read(int length, int count)
    {
        await using var room = await Room.StartAsync(options => options.SendQueueBytes = 100 << 20);
        await using var client = await RawClient.OpenAsync(room.Server.Port, receiveBytes: 4096);
        await client.ReadReadyAsync();
        var connection = await room.Connected.NextAsync();
        var text = new string('x', length);
        for (var i = 0; i < count; i++)
            await connection.SendSayAsync(new Say(text, i));
        // What the kernel has taken no ping can pass; the rest waits here.
        Assert.InRange(room.Metrics["queue.usage transmit"], 1, count * (length + 1000L));
        await client.SendAsync(RawClient.Ping, Encoding.UTF8.GetBytes("passes"));
        // Behind the ping: what is no JSON is told when it has been read.
        await client.SendAsync("x");
        await room.Errors.NextAsync();
        var seen = new List<string>();
        while (seen.Count < count + 2)
            seen.Add(Encoding.UTF8.GetString((await client.ReadFrameAsync()).Payload));
        Assert.InRange(seen.IndexOf("passes"), 1, count - 1);
        Assert.Contains("InvalidJson", seen[^1], StringComparison.Ordinal);
    }

    [Theory]
    [Trait("RFC", "6455 §7.1.4")]
    [InlineData(4000)]
    [InlineData(1000)]
    public async Task Closes_that_cross_are_each_others_answers(int code)
    {
        await using var room = await Room.StartAsync();
        for (var i = 0; i < 50; i++)
        {
            await using var client = await room.JoinAsync();
            var connection = await room.Connected.NextAsync();
            var closing = connection.DisconnectAsync(4001, "ours").AsTask();
            await client.SendCloseAsync(code, "theirs");
            var seen = await client.ReadCloseAsync();
            // Whichever was first: nothing follows the one close frame of each side.
            Assert.Contains(seen, new[] { (4001, "ours"), (code, "") });
            Assert.Empty(await client.ReadAllAsync());
            await closing.ContinueWith(_ => { }, TaskScheduler.Default).Within();
            var disconnect = (await room.Disconnected.NextAsync()).Disconnect;
            Assert.Contains(disconnect, new[] { new Disconnect(4001, "ours", true), new Disconnect(code, "theirs", true) });
        }
        room.HasLoggedNothing();
    }
}
