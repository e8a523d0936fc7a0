namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §5.1")]
public class FrameReaderMaskingTests
{
    public static TheoryData<byte, int> EachOpcode()
    {
        var data = new TheoryData<byte, int>();
        foreach (var opcode in (byte[])[1, 2, 8, 9, 10])
        {
            foreach (var length in (int[])[0, 5, 126])
            {
                if (length < 126 || opcode < 8)
                    data.Add(opcode, length);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(EachOpcode))]
    public void Rejects_unmasked_client_frame_with_1002(byte opcode, int length)
    {
        // At the second byte: nothing waits for a masking key that never comes.
        var frame = new ClientFrame(opcode, new byte[length]) { IsMasked = false };
        Reading.GivesAtByte(2, frame.Encode(), Seen.Failure(1002, Violation.Unmasked));
    }

    [Fact]
    public void Rejects_unmasked_continuation_with_1002()
    {
        var first = ClientFrame.Text("a").Unfinished();
        var bytes = ClientFrame.Join(first, ClientFrame.Continuation("b") with { IsMasked = false });
        Reading.GivesAtByte(first.Encode().Length + 2, bytes, Seen.Failure(1002, Violation.Unmasked));
    }

    [Theory]
    [Trait("RFC", "6455 §5.3")]
    [InlineData("00000000")]
    [InlineData("FFFFFFFF")]
    [InlineData("00000001")]
    [InlineData("47455420")]
    [InlineData("80818283")]
    public void Unmasks_with_any_key(string key)
    {
        var frame = ClientFrame.Text("Each byte with its own byte of the key, é and 🙂 too.") with { Key = Convert.FromHexString(key) };
        Reading.Gives(frame.Encode(), Seen.Text(frame.Payload));
    }

    [Fact]
    [Trait("RFC", "6455 §5.3")]
    public void Takes_a_new_key_with_each_frame()
    {
        var bytes = ClientFrame.Join(
            ClientFrame.Text("one").Unfinished() with { Key = [1, 2, 3, 4] },
            ClientFrame.Ping("between") with { Key = [9, 8, 7, 6] },
            ClientFrame.Continuation("two") with { Key = [0, 0, 0, 0] },
            ClientFrame.Text("three") with { Key = [255, 254, 253, 252] });
        Reading.Gives(bytes, Seen.Ping("between"), Seen.Text("onetwo"), Seen.Text("three"));
    }

    [Fact]
    [Trait("RFC", "6455 §5.7")]
    public void Reads_the_example_of_the_specification()
    {
        Reading.Gives(Convert.FromHexString("818537FA213D7F9F4D5158"), Seen.Text("Hello"));
    }
}
