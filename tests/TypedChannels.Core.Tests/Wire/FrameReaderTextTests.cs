using System.Text;

namespace TypedChannels.Tests.Wire;

/// <summary>Conformance group 6: text is UTF-8, and is refused at its first bad byte.</summary>
[Trait("RFC", "6455 §8.1")]
public class FrameReaderTextTests
{
    private const int HeaderByteCount = 6;
    private static readonly byte[] Greek = Convert.FromHexString("CEBAE1BDB9CF83CEBCCEB5");
    private static readonly byte[] BeyondUnicode = Convert.FromHexString("F4908080");
    private static readonly Seen NotUtf8 = Seen.Failure(1007, Violation.TextNotUtf8);

    public static TheoryData<string, string, bool> EachCase()
    {
        var data = new TheoryData<string, string, bool>();
        foreach (var (name, payload, isValid) in Utf8Cases.All)
            data.Add(name, payload, isValid);
        return data;
    }

    [Theory]
    [MemberData(nameof(EachCase))]
    public void Accepts_valid_text_and_rejects_other_with_1007(string name, string payload, bool isValid)
    {
        Assert.NotEmpty(name);
        var text = Convert.FromHexString(payload);
        var frame = ClientFrame.Text(text).Encode();
        if (isValid)
            Reading.Gives(frame, Seen.Text(text));
        else
            Reading.GivesAtByte(HeaderByteCount + (Utf8Cases.FirstBadByte(text) ?? text.Length), frame, NotUtf8);
    }

    [Theory]
    [MemberData(nameof(EachCase))]
    public void Checks_text_in_fragments_of_one_byte(string name, string payload, bool isValid)
    {
        Assert.NotEmpty(name);
        var text = Convert.FromHexString(payload);
        var frames = text.Select((b, i) => new ClientFrame((byte)(i == 0 ? 1 : 0), [b]) { IsFinal = i == text.Length - 1 });
        var bytes = ClientFrame.Join(frames);
        if (isValid)
            Reading.Gives(bytes, Seen.Text(text));
        else
            Reading.GivesAtByte((Utf8Cases.FirstBadByte(text) ?? text.Length) * (HeaderByteCount + 1), bytes, NotUtf8);
    }

    [Theory]
    [MemberData(nameof(EachCase))]
    public void Rejects_the_first_bad_byte_of_an_unfinished_frame(string name, string payload, bool isValid)
    {
        Assert.NotEmpty(name);
        var text = Convert.FromHexString(payload);
        var frame = ClientFrame.Text(text) with { ClaimedLength = (ulong)text.Length + 1 };
        if (isValid || Utf8Cases.FirstBadByte(text) is not { } bad)
            Reading.Gives(frame.Encode());
        else
            Reading.GivesAtByte(HeaderByteCount + bad, frame.Encode(), NotUtf8);
    }

    [Theory]
    [InlineData("Hello-µ@ßöäüàá-UTF-8!!")]
    [InlineData("κόσμε")]
    [InlineData("🙂🙃")]
    public void Joins_text_cut_anywhere_into_two_fragments(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            var fragments = ClientFrame.Join(ClientFrame.Text(bytes[..cut]).Unfinished(), ClientFrame.Continuation(bytes[cut..]));
            Reading.Gives(fragments, Seen.Text(text));
        }
    }

    [Fact]
    public void Rejects_a_surrogate_after_valid_text()
    {
        byte[] text = [.. Greek, 0xED, 0xA0, 0x80, .. "edited"u8];
        Reading.GivesAtByte(HeaderByteCount + Greek.Length + 2, ClientFrame.Text(text).Encode(), NotUtf8);
    }

    [Fact]
    public void Rejects_what_no_fourth_byte_can_mend_in_the_fragment_that_brings_it()
    {
        var first = ClientFrame.Text(Greek).Unfinished().Encode();
        var edited = ClientFrame.Continuation("edited").Encode();
        byte[] bytes = [.. first, .. ClientFrame.Continuation(BeyondUnicode).Unfinished().Encode(), .. edited];
        Reading.GivesAtByte(first.Length + HeaderByteCount + 2, bytes, NotUtf8);

        // The same cut in the middle of the sequence.
        var cut = ClientFrame.Text([.. Greek, .. BeyondUnicode[..1]]).Unfinished().Encode();
        bytes = [.. cut, .. ClientFrame.Continuation(BeyondUnicode[1..2]).Unfinished().Encode(), .. edited];
        Reading.GivesAtByte(cut.Length + HeaderByteCount + 1, bytes, NotUtf8);
    }

    [Fact]
    public void Rejects_text_whose_last_sequence_is_cut_at_the_end_of_the_message()
    {
        var first = ClientFrame.Text([0xE2, 0x82]).Unfinished().Encode();
        byte[] bytes = [.. first, .. ClientFrame.Continuation("").Encode()];
        Reading.GivesAtByte(bytes.Length, bytes, NotUtf8);
    }

    [Fact]
    public void Does_not_mix_a_ping_into_a_cut_sequence()
    {
        var bytes = ClientFrame.Join(
            ClientFrame.Text([0xE2, 0x82]).Unfinished(), new ClientFrame(9, [0xAC, 0xFF]), ClientFrame.Continuation([0xAC]));
        Reading.Gives(bytes, new Seen(WireEventKind.Ping, "ACFF"), Seen.Text("€"));
    }

    [Fact]
    public void Does_not_check_binary()
    {
        Reading.Gives(ClientFrame.Binary([0xFF, 0xFE, 0xC0]).Encode(), Seen.Binary([0xFF, 0xFE, 0xC0]));
    }

    [Fact]
    public void Checks_text_after_binary_anew()
    {
        var bytes = ClientFrame.Join(
            ClientFrame.Binary([0xE2]).Unfinished(),
            ClientFrame.Continuation([0x82]),
            ClientFrame.Text("text").Unfinished(),
            ClientFrame.Continuation([0xAC]));
        Reading.GivesAtByte(bytes.Length, bytes, Seen.Binary([0xE2, 0x82]), NotUtf8);
    }
}
