namespace TypedChannels.Tests.Wire;

/// <summary>Conformance group 7.</summary>
[Trait("RFC", "6455 §5.5.1")]
public class FrameReaderCloseTests
{
    private const int HeaderByteCount = 6;

    [Fact]
    public void Hands_out_a_close_without_a_payload_as_1005() => Reading.Gives(ClientFrame.Close([]).Encode(), Seen.Close(1005));

    [Fact]
    public void Rejects_a_payload_of_one_byte_at_the_header_with_1002()
    {
        Reading.GivesAtByte(2, ClientFrame.Close([0x03]).Encode(), Seen.Failure(1002, Violation.CloseOfOneByte));
    }

    [Fact]
    [Trait("RFC", "6455 §7.4")]
    public void Accepts_each_code_that_may_be_sent_and_rejects_all_others_with_1002()
    {
        for (var code = 0; code <= ushort.MaxValue; code++)
        {
            var isValid = code is 1000 or 1001 or 1002 or 1003 or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
            if (isValid)
                Reading.Gives(ClientFrame.Close(code).Encode(), Seen.Close(code));
            else
                Reading.GivesAtByte(HeaderByteCount + 2, ClientFrame.Close(code).Encode(), Seen.Failure(1002, Violation.CloseCodeInvalid));
        }
    }

    [Theory]
    [Trait("RFC", "6455 §7.4")]
    [InlineData(125, true)]
    [InlineData(126, false)]
    public void Judges_each_code_alike_in_a_payload_of_125_bytes_and_none_in_a_longer_one(int byteCount, bool isShortEnough)
    {
        var reason = new string('r', byteCount - 2);
        for (var code = 0; code <= ushort.MaxValue; code++)
        {
            var isValid = code is 1000 or 1001 or 1002 or 1003 or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
            var expected = !isShortEnough ? Seen.Failure(1002, Violation.LongControl)
                : isValid ? Seen.Close(code, reason) : Seen.Failure(1002, Violation.CloseCodeInvalid);
            Assert.Equal([expected], Reading.Events(Reading.Limits, [ClientFrame.Close(code, reason).Encode()]));
        }
    }

    [Fact]
    public void Rejects_an_invalid_code_before_the_reason_has_come()
    {
        var frame = ClientFrame.Close(1005, "reason").Encode();
        Reading.GivesAtByte(HeaderByteCount + 2, frame, Seen.Failure(1002, Violation.CloseCodeInvalid));
    }

    [Fact]
    public void Hands_out_a_reason_of_every_length_up_to_123_bytes()
    {
        for (var byteCount = 0; byteCount <= 123; byteCount++)
        {
            var reason = new string('r', byteCount);
            Reading.Gives(ClientFrame.Close(1000, reason).Encode(), Seen.Close(1000, reason));
        }
        Reading.GivesAtByte(2, ClientFrame.Close(1000, new string('r', 124)).Encode(), Seen.Failure(1002, Violation.LongControl));
    }

    [Theory]
    [InlineData("Hello World!")]
    [InlineData("grüße 🙂")]
    public void Hands_out_the_reason(string reason) => Reading.Gives(ClientFrame.Close(4000, reason).Encode(), Seen.Close(4000, reason));

    public static TheoryData<string> EachInvalidText() =>
        [.. Utf8Cases.All.Where(one => !one.IsValid).Select(one => one.Payload)];

    [Theory]
    [MemberData(nameof(EachInvalidText))]
    public void Rejects_a_reason_that_is_not_UTF_8_at_its_first_bad_byte_with_1007(string payload)
    {
        var reason = Convert.FromHexString(payload);
        var frame = ClientFrame.Close([0x03, 0xE8, .. reason]).Encode();
        var earliest = HeaderByteCount + 2 + (Utf8Cases.FirstBadByte(reason) ?? reason.Length);
        Reading.GivesAtByte(earliest, frame, Seen.Failure(1007, Violation.CloseReasonNotUtf8));
    }

    [Theory]
    [Trait("RFC", "6455 §7.1.4")]
    [InlineData("text")]
    [InlineData("ping")]
    [InlineData("close")]
    [InlineData("garbage")]
    public void Ignores_everything_after_a_close(string what)
    {
        var after = what switch
        {
            "text" => ClientFrame.Text("late").Encode(),
            "ping" => ClientFrame.Ping("late").Encode(),
            "close" => ClientFrame.Close(1001).Encode(),
            _ => [0xFF, 0x00, 0xFF, 0x7F, 0x12],
        };
        Reading.Gives([.. ClientFrame.Close(1000, "done").Encode(), .. after], Seen.Close(1000, "done"));
    }

    [Theory]
    [Trait("RFC", "6455 §7.1.7")]
    [InlineData("text")]
    [InlineData("close")]
    [InlineData("garbage")]
    public void Ignores_everything_after_a_violation(string what)
    {
        var after = what switch
        {
            "text" => ClientFrame.Text("late").Encode(),
            "close" => ClientFrame.Close(1000).Encode(),
            _ => [0xFF, 0x00, 0xFF, 0x7F, 0x12],
        };
        var unmasked = (ClientFrame.Text("unmasked") with { IsMasked = false }).Encode();
        Reading.Gives([.. unmasked, .. after], Seen.Failure(1002, Violation.Unmasked));
    }

    [Fact]
    public void Hands_out_a_close_inside_a_fragmented_message_and_drops_the_message()
    {
        var bytes = ClientFrame.Join(ClientFrame.Text("first").Unfinished(), ClientFrame.Close(1000), ClientFrame.Continuation("last"));
        Reading.Gives(bytes, Seen.Close(1000));
    }

    [Fact]
    public void Hands_out_the_message_before_a_close()
    {
        Reading.Gives(ClientFrame.Join(ClientFrame.Text("text"), ClientFrame.Close(1000)), Seen.Text("text"), Seen.Close(1000));
    }
}
