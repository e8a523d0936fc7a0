namespace TypedChannels.Tests.Wire;

/// <summary>What permessage-deflate changes for frames.</summary>
[Trait("RFC", "7692 §6")]
public class FrameReaderDeflateTests
{
    private const int Rsv1 = 4;

    private static readonly FrameReaderLimits Agreed = Reading.Limits with { AcceptDeflated = true };

    // It is handed out as it is, so it need not be deflate, nor UTF-8.
    private static readonly byte[] Payload = [0xFF, 1, 2, 0xC0];

    [Fact]
    public void Hands_out_a_compressed_message_as_compressed()
    {
        Reading.Gives(Agreed, (ClientFrame.Text(Payload) with { ReservedBits = Rsv1 }).Encode(), Seen.Deflated(Seen.Text(Payload)));
        Reading.Gives(Agreed, (ClientFrame.Binary(Payload) with { ReservedBits = Rsv1 }).Encode(), Seen.Deflated(Seen.Binary(Payload)));
        Reading.Gives(Agreed, (ClientFrame.Text([]) with { ReservedBits = Rsv1 }).Encode(), Seen.Deflated(Seen.Text("")));
    }

    [Fact]
    public void Takes_the_bit_of_the_first_fragment_for_the_whole_message()
    {
        var bytes = ClientFrame.Join(
            ClientFrame.Text(Payload).Unfinished() with { ReservedBits = Rsv1 },
            ClientFrame.Ping("between"),
            ClientFrame.Continuation(Payload),
            ClientFrame.Text("plain"));
        Reading.Gives(Agreed, bytes, Seen.Ping("between"), Seen.Deflated(Seen.Text([.. Payload, .. Payload])), Seen.Text("plain"));
    }

    [Fact]
    public void Rejects_the_bit_on_a_continuation()
    {
        var first = ClientFrame.Text(Payload).Unfinished() with { ReservedBits = Rsv1 };
        var bytes = ClientFrame.Join(first, ClientFrame.Continuation(Payload) with { ReservedBits = Rsv1 });
        Reading.GivesAtByte(Agreed, first.Encode().Length + 1, bytes, Seen.Failure(1002, Violation.ReservedBits));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void Rejects_the_bit_on_a_control_frame(byte opcode) => Reading.GivesAtByte(
        Agreed, 1, (new ClientFrame(opcode, []) with { ReservedBits = Rsv1 }).Encode(), Seen.Failure(1002, Violation.ReservedBits));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    public void Rejects_the_other_bits_even_where_compression_is_agreed(int bits) => Reading.GivesAtByte(
        Agreed, 1, (ClientFrame.Text("a") with { ReservedBits = bits }).Encode(), Seen.Failure(1002, Violation.ReservedBits));

    [Fact]
    public void Checks_plain_text_as_before_where_compression_is_agreed() => Reading.Gives(
        Agreed, ClientFrame.Text([(byte)'a', 0xFF]).Encode(), Seen.Failure(1007, Violation.TextNotUtf8));
}
