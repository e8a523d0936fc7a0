using System.Text;

namespace TypedChannels.Tests.Wire;

/// <summary>Conformance group 5, and 6.1–6.2 and 10.1.1 as far as they are about fragments.</summary>
[Trait("RFC", "6455 §5.4")]
public class FrameReaderFragmentTests
{
    private static readonly ClientFrame First = ClientFrame.Text("fragment1").Unfinished();
    private static readonly ClientFrame Last = ClientFrame.Continuation("fragment2");

    [Fact]
    public void Joins_fragments() => Reading.Gives(ClientFrame.Join(First, Last), Seen.Text("fragment1fragment2"));

    [Fact]
    public void Joins_binary_fragments_that_are_no_text()
    {
        var bytes = ClientFrame.Join(ClientFrame.Binary([0xFF, 0xC0]).Unfinished(), ClientFrame.Continuation([0x80]));
        Reading.Gives(bytes, Seen.Binary([0xFF, 0xC0, 0x80]));
    }

    [Fact]
    public void Hands_out_a_ping_between_fragments_before_their_message()
    {
        Reading.Gives(ClientFrame.Join(First, ClientFrame.Ping("between"), Last), Seen.Ping("between"), Seen.Text("fragment1fragment2"));
    }

    [Fact]
    public void Hands_out_each_ping_between_fragments_when_it_comes()
    {
        var bytes = ClientFrame.Join(
            First,
            ClientFrame.Continuation("fragment2").Unfinished(),
            ClientFrame.Ping("first"),
            ClientFrame.Continuation("fragment3").Unfinished(),
            ClientFrame.Continuation("fragment4").Unfinished(),
            ClientFrame.Ping("second"),
            ClientFrame.Continuation("fragment5"));
        Reading.Gives(bytes, Seen.Ping("first"), Seen.Ping("second"), Seen.Text("fragment1fragment2fragment3fragment4fragment5"));
    }

    [Theory]
    [Trait("RFC", "6455 §5.5")]
    [InlineData("")]
    [InlineData("between")]
    public void Hands_out_a_ping_and_a_pong_between_every_two_fragments(string payload)
    {
        ClientFrame[] between = [ClientFrame.Ping(payload), ClientFrame.Pong(payload), ClientFrame.Ping(payload)];
        var parts = Enumerable.Range(0, 10).Select(i => (i == 0 ? First : ClientFrame.Continuation($"{i}")) with { IsFinal = i == 9 });
        var bytes = ClientFrame.Join(parts.SelectMany((part, i) => i == 0 ? [part] : between.Append(part)));
        Seen[] seen = [Seen.Ping(payload), Seen.Pong(payload), Seen.Ping(payload)];
        Reading.Gives(bytes, [.. Enumerable.Repeat(seen, 9).SelectMany(one => one), Seen.Text("fragment1123456789")]);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("", "middle frame payload", "")]
    [InlineData("first", "", "")]
    [InlineData("", "", "last")]
    public void Joins_empty_fragments(string first, string second, string third)
    {
        var bytes = ClientFrame.Join(
            ClientFrame.Text(first).Unfinished(), ClientFrame.Continuation(second).Unfinished(), ClientFrame.Continuation(third));
        Reading.Gives(bytes, Seen.Text(first + second + third));
    }

    [Fact]
    public void Joins_a_long_message_in_fragments_of_1300_bytes()
    {
        var text = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 65_536 / 8).Select(i => $"{i:D8}")));
        var chunks = text.Chunk(1300).ToArray();
        Assert.Equal(51, chunks.Length);
        var bytes = ClientFrame.Join(chunks.Select((chunk, i) => new ClientFrame((byte)(i == 0 ? 1 : 0), chunk) { IsFinal = i == 50 }));
        Reading.Gives(bytes, Seen.Text(text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rejects_continuation_with_nothing_to_continue_with_1002(bool isFinal)
    {
        var bytes = ClientFrame.Join(ClientFrame.Continuation("nothing") with { IsFinal = isFinal }, ClientFrame.Text("text"));
        Reading.GivesAtByte(1, bytes, Seen.Failure(1002, Violation.NothingToContinue));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Rejects_continuation_after_a_finished_message_with_1002(bool isFinal)
    {
        var message = ClientFrame.Join(First, Last);
        var more = ClientFrame.Join(ClientFrame.Continuation("more") with { IsFinal = isFinal }, ClientFrame.Text("text"));
        var failure = Seen.Failure(1002, Violation.NothingToContinue);
        Reading.GivesAtByte(message.Length + 1, [.. message, .. more], Seen.Text("fragment1fragment2"), failure);

        var whole = ClientFrame.Text("whole").Encode();
        Reading.GivesAtByte(whole.Length + 1, [.. whole, .. more], Seen.Text("whole"), failure);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public void Rejects_a_message_inside_a_fragmented_one_with_1002(byte opcode, bool isFinal)
    {
        var bytes = ClientFrame.Join(First, new ClientFrame(opcode, [65]) { IsFinal = isFinal });
        Reading.GivesAtByte(First.Encode().Length + 1, bytes, Seen.Failure(1002, Violation.MessageUnfinished));
    }

    [Fact]
    public void Drops_an_unfinished_message_at_a_violation()
    {
        var bytes = ClientFrame.Join(First, new ClientFrame(9, [1, 2, 3]).Unfinished(), Last);
        Reading.GivesAtByte(First.Encode().Length + 1, bytes, Seen.Failure(1002, Violation.FragmentedControl));
    }
}
