namespace TypedChannels.Tests.Wire;

/// <summary>Conformance groups 3 (reserved bits) and 4 (opcodes).</summary>
[Trait("RFC", "6455 §5.2")]
public class FrameReaderOpcodeTests
{
    public static TheoryData<byte, int> EachOpcodeWithEachReservedBits()
    {
        var data = new TheoryData<byte, int>();
        for (byte opcode = 0; opcode < 16; opcode++)
        {
            for (var bits = 1; bits < 8; bits++)
                data.Add(opcode, bits);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(EachOpcodeWithEachReservedBits))]
    public void Rejects_reserved_bits_with_1002(byte opcode, int reservedBits)
    {
        var frame = new ClientFrame(opcode, [1, 2, 3]) { ReservedBits = reservedBits };
        Reading.GivesAtByte(1, frame.Encode(), Seen.Failure(1002, Violation.ReservedBits));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Hands_out_what_came_before_reserved_bits_and_nothing_after(int reservedBits)
    {
        var first = ClientFrame.Text("first");
        var bytes = ClientFrame.Join(first, ClientFrame.Text("second") with { ReservedBits = reservedBits }, ClientFrame.Ping(""));
        Reading.GivesAtByte(first.Encode().Length + 1, bytes, Seen.Text("first"), Seen.Failure(1002, Violation.ReservedBits));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    [InlineData(15)]
    public void Rejects_reserved_opcode_with_1002(byte opcode)
    {
        Reading.GivesAtByte(1, new ClientFrame(opcode, []).Encode(), Seen.Failure(1002, Violation.ReservedOpcode));
        Reading.GivesAtByte(1, new ClientFrame(opcode, [1, 2, 3]).Encode(), Seen.Failure(1002, Violation.ReservedOpcode));

        var first = ClientFrame.Text("first");
        var bytes = ClientFrame.Join(first, new ClientFrame(opcode, [1]), ClientFrame.Ping(""));
        Reading.GivesAtByte(first.Encode().Length + 1, bytes, Seen.Text("first"), Seen.Failure(1002, Violation.ReservedOpcode));
    }

    [Fact]
    [Trait("RFC", "6455 §7.4.1")]
    public void Rejects_binary_with_1003_where_only_text_is_accepted()
    {
        var limits = Reading.Limits with { AcceptBinary = false };
        Reading.GivesAtByte(limits, 1, ClientFrame.Binary([1, 2]).Encode(), Seen.Failure(1003, Violation.BinaryRefused));
        Reading.GivesAtByte(limits, 1, ClientFrame.Binary([]).Unfinished().Encode(), Seen.Failure(1003, Violation.BinaryRefused));
        Reading.Gives(limits, ClientFrame.Text("text").Encode(), Seen.Text("text"));
    }
}
