using System.Text;
using TypedChannels.Tests.Wire;

namespace TypedChannels.Tests.Hostile;

/// <summary>Frames that each are right: too long, too many, too slow, or never the last.</summary>
public class FrameLimitTests : IClassFixture<UnobservedExceptions>
{
    private const int Limit = 64 * 1024;

    private static async Task ExceedsAsync(int code, string limit, byte[] input, Action<ServerOptions>? configure = null)
    {
        await using var room = await HostileRoom.StartAsync(configure);
        await room.ClosesAsync(input, code);
        Assert.Equal(1, room.Room.Metrics[$"limits_exceeded {limit}"]);
        Assert.Empty(room.Room.Log.Lines);
    }

    private static byte[] Many(int count, ClientFrame frame, ClientFrame? first = null) =>
        [.. first?.Encode() ?? [], .. Enumerable.Repeat(frame.Encode(), count).SelectMany(bytes => bytes)];

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(1L << 32)]
    [InlineData(1L << 31)]
    [InlineData(Limit + 1L)]
    public async Task F07_A_length_beyond_the_limit_is_refused_from_the_header_alone(long length)
    {
        await using var room = await HostileRoom.StartAsync();
        await using var attacker = await room.JoinAsync();
        await attacker.WriteAsync((ClientFrame.Text("") with { ClaimedLength = (ulong)length }).Encode()[..10]);
        Assert.Equal(1009, (await attacker.ReadCloseAsync()).Code);
        Assert.Equal(0, room.Room.Buffers.Out);
        room.Advance(6);
        await attacker.ReadEndAsync();
        await room.HasEndedAsync(1009);
        Assert.Equal(1, room.Room.Metrics["limits_exceeded MaxMessageBytes"]);
    }

    [Fact]
    public async Task F08_A_huge_message_that_is_really_sent_is_read_without_being_kept_and_cut_at_the_close_timeout()
    {
        await using var room = await HostileRoom.StartAsync();
        await using var attacker = await room.JoinAsync();
        await attacker.WriteAsync((ClientFrame.Text("") with { ClaimedLength = 256 << 20 }).Encode());
        Assert.Equal(1009, (await attacker.ReadCloseAsync()).Code);
        var piece = new byte[1 << 20];
        for (var i = 0; i < 16; i++)
        {
            await attacker.WriteAsync(piece);
            Assert.Equal(0, room.Room.Buffers.Out);
        }
        room.Advance(6);
        await attacker.ReadEndAsync();
        await room.HasEndedAsync(1009);
    }

    [Fact]
    public Task F09_Fragments_are_refused_at_the_header_that_exceeds_their_sum()
    {
        var piece = new byte[Limit / 8];
        Array.Fill(piece, (byte)'x');
        var more = ClientFrame.Continuation(piece).Unfinished();
        return ExceedsAsync(1009, "MaxMessageBytes", [.. Many(7, more, ClientFrame.Text(piece).Unfinished()), .. more.Encode()[..4]]);
    }

    [Fact]
    public async Task F10_A_header_that_comes_too_slowly_gets_1008()
    {
        await using var room = await HostileRoom.StartAsync(options => options.PingInterval = TimeSpan.FromDays(1));
        await using var attacker = await room.JoinAsync();
        var frame = ClientFrame.Text(new string('x', 1000)).Encode();
        await attacker.WriteAsync(frame[..1]);
        var close = attacker.ReadCloseAsync();
        room.Advance(29);
        await attacker.WriteAsync(frame[1..2]);
        await room.AdvanceUntilAsync(close);
        Assert.Equal(1008, (await close).Code);
        Assert.Equal(1, room.Room.Metrics["limits_exceeded MessageTimeout"]);
        room.Advance(6);
        await attacker.ReadEndAsync();
        await room.HasEndedAsync(1008);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10)]
    public async Task F11_F13_Pings_and_pongs_over_their_rate_get_1008(byte opcode)
    {
        // A megabyte; more of the same is read and dropped.
        await ExceedsAsync(1008, "MaxControlFramesPerSecond", Many(175_000, new ClientFrame(opcode, [])));
    }

    [Fact]
    public Task F12_Empty_messages_over_the_rate_get_1008() =>
        ExceedsAsync(1008, "MaxMessagesPerSecond", Many(175_000, ClientFrame.Text("")), options => options.MaxMessagesPerSecond = 50);

    [Fact]
    public Task F12_Empty_messages_without_a_rate_are_errors_and_too_many_of_these_get_1008() =>
        ExceedsAsync(1008, "MessageErrorLimit", Many(175_000, ClientFrame.Text("")));

    [Theory]
    [InlineData("x")]
    [InlineData("")]
    public Task F14_F15_Endless_continuations_get_1008_empty_or_not(string piece) =>
        ExceedsAsync(1008, "MaxFragments", Many(100_000, ClientFrame.Continuation(piece).Unfinished(), ClientFrame.Text("").Unfinished()));

    [Fact]
    public async Task F16_A_message_in_segments_of_a_byte_is_one_message_in_one_array()
    {
        await using var room = await HostileRoom.StartAsync();
        await using var client = await room.JoinAsync();
        var text = HostileRoom.Say(new string('x', 5000));
        foreach (var piece in RawClient.Frame(text).Chunk(1))
        {
            await client.WriteAsync(piece);
            Assert.InRange(room.Room.Buffers.Out, 0, 2);
        }
        Assert.Equal(text, await client.ReadTextAsync());
    }

    [Fact]
    public async Task F17_Messages_that_are_never_finished_hold_an_array_each_until_their_time_is_over()
    {
        const int Count = 100;
        await using var room = await HostileRoom.StartAsync(options => options.PingInterval = TimeSpan.FromDays(1));
        await using var attackers = await room.JoinAsync(Count);
        foreach (var attacker in attackers)
            await attacker.WriteAsync(ClientFrame.Text("x").Unfinished().Encode());
        await Wait.UntilAsync(() => room.Room.Buffers.Out, count => count == Count);
        room.Advance(30);
        foreach (var attacker in attackers)
        {
            var close = attacker.ReadCloseAsync();
            await room.AdvanceUntilAsync(close);
            Assert.Equal(1008, (await close).Code);
        }
        Assert.Equal(Count, room.Room.Metrics["limits_exceeded MessageTimeout"]);
        room.Advance(6);
        await room.HasEndedAsync(1008, Count);
        // The end is told a moment before the last array is given back.
        await Wait.UntilAsync(() => room.Room.Buffers.Out, count => count == 0);
    }

    [Fact]
    public async Task F18_A_ping_between_each_two_fragments_is_answered_and_the_fragments_are_still_counted()
    {
        await using var room = await HostileRoom.StartAsync(options => options.MaxFragments = 100);
        await using var attacker = await room.JoinAsync();
        await attacker.WriteAsync(ClientFrame.Text("").Unfinished().Encode());
        for (var i = 1; i < 100; i++)
        {
            await attacker.WriteAsync(ClientFrame.Join(ClientFrame.Ping($"{i}"), ClientFrame.Continuation("x").Unfinished()));
            var (opcode, payload) = await attacker.ReadFrameAsync();
            Assert.Equal((RawClient.Pong, $"{i}"), (opcode, Encoding.UTF8.GetString(payload)));
        }
        await attacker.WriteAsync(ClientFrame.Continuation("x").Unfinished().Encode());
        await room.IsClosedAsync(attacker, 1008);
        Assert.Equal(1, room.Room.Metrics["limits_exceeded MaxFragments"]);
    }
}
