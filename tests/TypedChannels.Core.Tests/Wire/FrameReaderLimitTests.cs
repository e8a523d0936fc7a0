using System.Text;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §10.4")]
public class FrameReaderLimitTests
{
    private static readonly FrameReaderLimits Small = new(MaxMessageBytes: 1000, MaxFragments: 4);

    [Fact]
    public void Accepts_a_message_of_exactly_the_limit()
    {
        var text = Encoding.ASCII.GetBytes(new string('a', 1000));
        Reading.Gives(Small, ClientFrame.Text(text).Encode(), Seen.Text(text));
        var fragments = ClientFrame.Join(ClientFrame.Text(text[..600]).Unfinished(), ClientFrame.Continuation(text[600..]));
        Reading.Gives(Small, fragments, Seen.Text(text));
    }

    [Theory]
    // The earliest byte is the first of the length that makes every length it can still become too large.
    [InlineData(1001UL, 4)]
    [InlineData(1024UL, 3)]
    [InlineData(65_535UL, 3)]
    [InlineData(65_536UL, 8)]
    [InlineData(1UL << 31, 7)]
    [InlineData(1UL << 32, 6)]
    [InlineData(long.MaxValue, 3)]
    public void Rejects_a_larger_message_from_its_header_alone_with_1009(ulong length, int earliest)
    {
        var frame = ClientFrame.Text("") with { ClaimedLength = length };
        Reading.GivesAtByte(Small, earliest, frame.Encode(), Seen.Failure(1009, Violation.MessageTooBig));
    }

    [Fact]
    public void Rejects_a_length_of_seven_bits_over_the_limit_at_the_second_byte_with_1009()
    {
        var limits = new FrameReaderLimits(MaxMessageBytes: 10, MaxFragments: 4);
        Reading.GivesAtByte(limits, 2, ClientFrame.Text("eleven byte").Encode(), Seen.Failure(1009, Violation.MessageTooBig));
    }

    [Fact]
    public void Accepts_lengths_up_to_the_largest_array_and_allocates_nothing_for_them()
    {
        var limits = new FrameReaderLimits(int.MaxValue, MaxFragments: 4);
        var header = (ClientFrame.Text("") with { ClaimedLength = (ulong)Array.MaxLength }).Encode();
        Reading.Gives(limits, header);
        using var reader = new FrameReader(limits);
        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.Read(header, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        var tooLong = ClientFrame.Text("") with { ClaimedLength = (ulong)Array.MaxLength + 1 };
        Reading.Gives(limits, tooLong.Encode(), Seen.Failure(1009, Violation.MessageTooBig));
    }

    [Fact]
    public void Rejects_the_sum_of_fragments_from_the_header_that_exceeds_it_with_1009()
    {
        var fragment = Encoding.ASCII.GetBytes(new string('a', 400));
        var bytes = ClientFrame.Join(
            ClientFrame.Text(fragment).Unfinished(), ClientFrame.Continuation(fragment).Unfinished(), ClientFrame.Continuation(fragment));
        // 200 bytes are left, and the third length's first byte says 256 at least.
        var earliest = 2 * (8 + 400) + 3;
        Reading.GivesAtByte(Small, earliest, bytes, Seen.Failure(1009, Violation.MessageTooBig));
    }

    [Fact]
    public void Counts_each_message_anew()
    {
        var text = Encoding.ASCII.GetBytes(new string('a', 1000));
        ClientFrame[] fragmented =
        [
            ClientFrame.Text(text[..999]).Unfinished(), ClientFrame.Continuation([]).Unfinished(), ClientFrame.Continuation(text[999..]),
        ];
        var bytes = ClientFrame.Join([.. fragmented, ClientFrame.Text(text), .. fragmented, .. fragmented]);
        Assert.Equal(Enumerable.Repeat(Seen.Text(text), 4), Reading.Events(Small, [bytes]));
        Assert.Equal(Enumerable.Repeat(Seen.Text(text), 4), Reading.Events(Small, Reading.Chop(bytes, 1)));
        Assert.Equal(Enumerable.Repeat(Seen.Text(text), 4), Reading.Events(Small, Reading.Chop(bytes, 1003)));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("")]
    public void Rejects_one_fragment_too_many_at_its_first_byte_with_1008(string fragment)
    {
        var four = ClientFrame.Join([
            ClientFrame.Text(fragment).Unfinished(), .. Enumerable.Repeat(ClientFrame.Continuation(fragment).Unfinished(), 3)]);
        byte[] bytes = [.. four, .. ClientFrame.Continuation(fragment).Encode()];
        Reading.GivesAtByte(Small, four.Length + 1, bytes, Seen.Failure(1008, Violation.TooManyFragments));
    }

    [Fact]
    public void Accepts_as_many_fragments_as_the_limit_says()
    {
        var bytes = ClientFrame.Join(
            ClientFrame.Text("a").Unfinished(),
            ClientFrame.Continuation("b").Unfinished(),
            ClientFrame.Continuation("").Unfinished(),
            ClientFrame.Continuation("d"));
        Reading.Gives(Small, [.. bytes, .. bytes], Seen.Text("abd"), Seen.Text("abd"));
    }

    [Fact]
    public void Holds_memory_by_what_came_and_not_by_what_was_announced()
    {
        using var reader = new FrameReader(new FrameReaderLimits(MaxMessageBytes: 64 << 20, MaxFragments: 4, AcceptBinary: true));
        reader.Read((ClientFrame.Binary([]) with { ClaimedLength = 64 << 20 }).Encode(), out _);
        Assert.Equal(0, reader.HeldByteCount);
        for (var received = 4096; received <= 1 << 20; received += 4096)
        {
            Assert.Equal(WireEventKind.NeedMore, reader.Read(new byte[4096], out _).Kind);
            Assert.InRange(reader.HeldByteCount, received, 2 * received);
        }
    }
}
