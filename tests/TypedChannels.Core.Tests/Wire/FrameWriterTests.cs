using System.Buffers;
using System.Text;

namespace TypedChannels.Tests.Wire;

public class FrameWriterTests
{
    private readonly ArrayBufferWriter<byte> output = new();

    private string Written => Convert.ToHexString(output.WrittenSpan);

    [Fact]
    [Trait("RFC", "6455 §5.7")]
    public void Writes_the_examples_of_the_specification()
    {
        WriteMessage(output, Opcode.Text, "Hello"u8);
        Assert.Equal("810548656C6C6F", Written);
        output.Clear();
        FrameWriter.WritePing(output, "Hello"u8);
        Assert.Equal("890548656C6C6F", Written);
        output.Clear();
        WriteMessage(output, Opcode.Binary, new byte[256]);
        Assert.Equal("827E0100" + new string('0', 512), Written);
        output.Clear();
        WriteMessage(output, Opcode.Binary, new byte[65_536]);
        Assert.StartsWith("827F0000000000010000", Written, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("RFC", "6455 §5.5.3")]
    public void Writes_a_pong_with_the_payload_of_its_ping()
    {
        FrameWriter.WritePong(output, [1, 2, 3]);
        Assert.Equal("8A03010203", Written);
    }

    [Fact]
    public void Writes_a_header_for_a_payload_to_come()
    {
        FrameWriter.WriteHeader(output, Opcode.Text, 300);
        Assert.Equal("817E012C", Written);
    }

    [Fact]
    [Trait("RFC", "6455 §5.5")]
    public void Refuses_a_control_payload_over_125_bytes()
    {
        FrameWriter.WritePing(output, new byte[125]);
        Assert.Equal(127, output.WrittenCount);
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.WritePing(output, new byte[126]));
        Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.WritePong(output, new byte[126]));
        Assert.Equal(127, output.WrittenCount);
    }

    [Theory]
    [Trait("RFC", "6455 §5.5.1")]
    [InlineData(1000, "", "880203E8")]
    [InlineData(1000, "bye", "880503E8627965")]
    [InlineData(4408, "", "88021138")]
    [InlineData(1005, "", "8800")]
    [InlineData(1005, "not sent", "8800")]
    public void Writes_a_close_frame(int code, string reason, string expected)
    {
        FrameWriter.WriteClose(output, (CloseCode)code, reason);
        Assert.Equal(expected, Written);
    }

    [Fact]
    [Trait("RFC", "6455 §5.5.1")]
    public void Replaces_a_lone_surrogate_in_a_reason()
    {
        FrameWriter.WriteClose(output, CloseCode.Normal, "a\ud800b");
        Assert.Equal("880703E861EFBFBD62", Written);
    }

    [Theory]
    [Trait("RFC", "6455 §5.5.1")]
    [InlineData("r", 123, 123)]
    [InlineData("r", 124, 123)]
    [InlineData("é", 62, 122)]
    [InlineData("€", 42, 123)]
    [InlineData("🙂", 31, 120)]
    public void Cuts_a_long_reason_between_two_characters(string character, int count, int expectedByteCount)
    {
        FrameWriter.WriteClose(output, CloseCode.Normal, string.Concat(Enumerable.Repeat(character, count)));
        Assert.Equal(2 + expectedByteCount, output.WrittenSpan[1]);
        Assert.Equal(4 + expectedByteCount, output.WrittenCount);
        var reason = Encoding.UTF8.GetString(output.WrittenSpan[4..]);
        Assert.Equal(string.Concat(Enumerable.Repeat(character, expectedByteCount / Encoding.UTF8.GetByteCount(character))), reason);
    }

    [Fact]
    [Trait("RFC", "6455 §7.4")]
    public void Refuses_each_code_that_must_not_be_sent()
    {
        for (var code = 0; code <= ushort.MaxValue; code++)
        {
            if (code == 1005 || ((CloseCode)code).IsValidOnTheWire)
                FrameWriter.WriteClose(output, (CloseCode)code, "");
            else
                Assert.Throws<ArgumentOutOfRangeException>(() => FrameWriter.WriteClose(output, (CloseCode)code, ""));
            output.Clear();
        }
    }

    private static void WriteMessage(ArrayBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        FrameWriter.WriteHeader(output, opcode, payload.Length);
        output.Write(payload);
    }
}
