using System.Text;

namespace TypedChannels.Tests.Wire;

/// <summary>Conformance group 1, and how lengths are encoded.</summary>
[Trait("RFC", "6455 §5.2")]
public class FrameReaderLengthTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    public void Hands_out_a_message_of_any_length(int byteCount)
    {
        var text = Encoding.ASCII.GetBytes(new string('*', byteCount));
        Reading.Gives(ClientFrame.Text(text).Encode(), Seen.Text(text));
        var binary = Enumerable.Repeat((byte)0xFE, byteCount).ToArray();
        Reading.Gives(ClientFrame.Binary(binary).Encode(), Seen.Binary(binary));
    }

    [Theory]
    [InlineData(997)]
    [InlineData(1024)]
    [InlineData(64)]
    public void Joins_a_long_frame_that_comes_in_chops(int chopByteCount)
    {
        var text = Encoding.ASCII.GetBytes(new string('*', 65_536));
        var bytes = ClientFrame.Text(text).Encode();
        Assert.Equal([Seen.Text(text)], Reading.Events(Reading.Limits, Reading.Chop(bytes, chopByteCount)));
    }

    [Fact]
    public void Hands_out_each_of_many_frames_in_one_input()
    {
        var texts = Enumerable.Range(0, 300).Select(i => new string('x', i)).ToArray();
        var bytes = ClientFrame.Join(texts.Select(ClientFrame.Text));
        Assert.Equal(texts.Select(Seen.Text), Reading.Events(Reading.Limits, [bytes]));
        Assert.Equal(texts.Select(Seen.Text), Reading.Events(Reading.Limits, Reading.Chop(bytes, 1)));
        Assert.Equal(texts.Select(Seen.Text), Reading.Events(Reading.Limits, Reading.Chop(bytes, 7)));
    }

    [Theory]
    // The length is known to be small once its last byte but none is left to make it larger.
    [InlineData(2, 0, 4)]
    [InlineData(2, 125, 4)]
    [InlineData(8, 0, 8)]
    [InlineData(8, 125, 8)]
    [InlineData(8, 126, 8)]
    [InlineData(8, 65_535, 8)]
    public void Rejects_a_length_that_is_not_minimal_with_1002(int lengthByteCount, int length, int earliest)
    {
        var frame = ClientFrame.Text(new byte[length]) with { LengthByteCount = lengthByteCount };
        Reading.GivesAtByte(earliest, frame.Encode(), Seen.Failure(1002, Violation.LengthNotMinimal));
    }

    [Theory]
    [InlineData(1UL << 63)]
    [InlineData(ulong.MaxValue)]
    public void Rejects_a_length_with_its_top_bit_set_with_1002(ulong length)
    {
        var frame = ClientFrame.Text("") with { ClaimedLength = length };
        Reading.GivesAtByte(3, frame.Encode(), Seen.Failure(1002, Violation.LengthTopBit));
    }
}
