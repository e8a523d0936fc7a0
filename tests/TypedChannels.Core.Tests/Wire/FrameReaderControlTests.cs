using System.Text;

namespace TypedChannels.Tests.Wire;

/// <summary>Conformance group 2: pings and pongs.</summary>
[Trait("RFC", "6455 §5.5")]
public class FrameReaderControlTests
{
    [Theory]
    [InlineData("")]
    [InlineData("48656C6C6F2C20776F726C6421")]
    [InlineData("00FFFEFDFCFB00FF")]
    public void Hands_out_pings_and_pongs_with_their_payload(string payload)
    {
        var bytes = Convert.FromHexString(payload);
        Reading.Gives(new ClientFrame(9, bytes).Encode(), new Seen(WireEventKind.Ping, payload));
        Reading.Gives(new ClientFrame(10, bytes).Encode(), new Seen(WireEventKind.Pong, payload));
    }

    [Theory]
    [InlineData(124)]
    [InlineData(125)]
    public void Hands_out_a_control_frame_of_up_to_125_bytes(int byteCount)
    {
        var payload = Enumerable.Repeat((byte)0xFE, byteCount).ToArray();
        Reading.Gives(new ClientFrame(9, payload).Encode(), new Seen(WireEventKind.Ping, Convert.ToHexString(payload)));
    }

    [Theory]
    [InlineData(8, 126)]
    [InlineData(9, 126)]
    [InlineData(10, 126)]
    [InlineData(9, 65_536)]
    public void Rejects_control_frame_over_125_bytes_with_1002(byte opcode, int byteCount)
    {
        var frame = new ClientFrame(opcode, new byte[byteCount]);
        Reading.GivesAtByte(2, frame.Encode(), Seen.Failure(1002, Violation.LongControl));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Rejects_control_frame_with_a_long_form_of_a_short_length_with_1002(int lengthByteCount)
    {
        var frame = ClientFrame.Ping("short") with { LengthByteCount = lengthByteCount };
        Reading.GivesAtByte(2, frame.Encode(), Seen.Failure(1002, Violation.LongControl));
    }

    [Theory]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public void Rejects_fragmented_control_frame_with_1002(byte opcode)
    {
        var first = new ClientFrame(opcode, Encoding.ASCII.GetBytes("fragment1")).Unfinished();
        var bytes = ClientFrame.Join(first, ClientFrame.Continuation("fragment2"));
        Reading.GivesAtByte(1, bytes, Seen.Failure(1002, Violation.FragmentedControl));
    }

    [Fact]
    public void Hands_out_pings_in_order()
    {
        var payloads = Enumerable.Range(0, 10).Select(i => $"payload-{i}").ToArray();
        Reading.Gives(ClientFrame.Join(payloads.Select(ClientFrame.Ping)), [.. payloads.Select(Seen.Ping)]);
    }

    [Fact]
    public void Keeps_a_ping_apart_from_the_pong_before_it()
    {
        var bytes = ClientFrame.Join(ClientFrame.Pong("unsolicited"), ClientFrame.Ping("ping payload"), ClientFrame.Text(""));
        Reading.Gives(bytes, Seen.Pong("unsolicited"), Seen.Ping("ping payload"), Seen.Text(""));
    }

    [Fact]
    public void Does_not_count_control_frames_against_the_message_limits()
    {
        var limits = new FrameReaderLimits(MaxMessageBytes: 4, MaxFragments: 2);
        var bytes = ClientFrame.Join(
            ClientFrame.Text("ab").Unfinished(),
            ClientFrame.Ping("longer than four"),
            ClientFrame.Ping(""),
            ClientFrame.Pong("also"),
            ClientFrame.Continuation("cd"));
        Reading.Gives(limits, bytes, Seen.Ping("longer than four"), Seen.Ping(""), Seen.Pong("also"), Seen.Text("abcd"));
    }
}
