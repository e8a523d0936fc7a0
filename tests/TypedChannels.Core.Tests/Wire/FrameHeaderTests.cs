namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §5.2")]
public class FrameHeaderTests
{
    [Theory]
    [InlineData(0, "8100")]
    [InlineData(125, "817D")]
    [InlineData(126, "817E007E")]
    [InlineData(65_535, "817EFFFF")]
    [InlineData(65_536, "817F0000000000010000")]
    [InlineData(int.MaxValue, "817F000000007FFFFFFF")]
    public void Formats_the_length_minimally(int payloadByteCount, string expected)
    {
        var output = new byte[FrameHeader.MaxByteCount];
        var byteCount = FrameHeader.Format(output, Opcode.Text, isFinal: true, payloadByteCount);
        Assert.Equal(expected, Convert.ToHexString(output, 0, byteCount));

        var header = new FrameHeader(output.AsSpan(0, byteCount));
        Assert.True(header.IsComplete);
        Assert.False(header.IsLengthNotMinimal);
        Assert.Equal((ulong)payloadByteCount, header.LeastPayloadBytes);
        Assert.Equal((ulong)payloadByteCount, header.MostPayloadBytes);
        Assert.Equal(byteCount, header.ByteCount);
    }

    [Fact]
    public void Reads_every_bit_of_the_first_two_bytes()
    {
        for (var first = 0; first < 256; first++)
        {
            var header = new FrameHeader([(byte)first]);
            Assert.Equal(first >= 128, header.IsFinal);
            Assert.Equal((first & 0x30) != 0, header.HasReservedBits);
            Assert.Equal((first & 0x40) != 0, header.IsDeflated);
            Assert.Equal(first % 16, (int)header.Opcode);
            Assert.False(header.HasSecondByte);
            Assert.False(header.IsComplete);
        }
        for (var second = 0; second < 256; second++)
        {
            var header = new FrameHeader([0x81, (byte)second]);
            Assert.Equal(second >= 128, header.IsMasked);
            Assert.Equal(second % 128 > 125, header.HasLongLength);
            Assert.Equal(2 + (second % 128) switch { 126 => 2, 127 => 8, _ => 0 } + (second >= 128 ? 4 : 0), header.ByteCount);
            Assert.Equal(second < 126, header.IsComplete);
        }
    }

    [Theory]
    [InlineData("81", 0, ulong.MaxValue)]
    [InlineData("8185", 5, 5)]
    [InlineData("81FE", 0, 0xFFFF)]
    [InlineData("81FE12", 0x1200, 0x12FF)]
    [InlineData("81FE1234", 0x1234, 0x1234)]
    [InlineData("81FF", 0, ulong.MaxValue)]
    [InlineData("81FF01", 0x0100_0000_0000_0000, 0x01FF_FFFF_FFFF_FFFF)]
    [InlineData("81FF01020304050607", 0x0102_0304_0506_0700, 0x0102_0304_0506_07FF)]
    [InlineData("81FF0102030405060708", 0x0102_0304_0506_0708, 0x0102_0304_0506_0708)]
    public void Narrows_the_length_with_each_byte(string bytes, ulong least, ulong most)
    {
        var header = new FrameHeader(Convert.FromHexString(bytes));
        Assert.Equal(least, header.LeastPayloadBytes);
        Assert.Equal(most, header.MostPayloadBytes);
        Assert.False(header.IsComplete);
    }

    [Fact]
    public void Reads_the_key_with_its_first_byte_lowest_and_nothing_beyond()
    {
        var header = new FrameHeader([0x81, 0x85, 1, 2, 3, 4, 99, 99]);
        Assert.True(header.IsComplete);
        Assert.Equal(0x04030201u, header.MaskingKey);
        Assert.Equal(6, header.ByteCount);
    }
}
