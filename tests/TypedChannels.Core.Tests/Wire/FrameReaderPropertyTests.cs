using CsCheck;

namespace TypedChannels.Tests.Wire;

public class FrameReaderPropertyTests
{
    private static readonly Gen<(ClientFrame[] Frames, Seen Seen)> TextMessage =
        from text in Gen.String[0, 300]
        from cuts in Gen.Int[0, 400].Array[0, 5]
        select Fragment(1, System.Text.Encoding.UTF8.GetBytes(text), cuts);

    private static readonly Gen<(ClientFrame[] Frames, Seen Seen)> BinaryMessage =
        from payload in Gen.Byte.Array[0, 300]
        from cuts in Gen.Int[0, 400].Array[0, 5]
        select Fragment(2, payload, cuts);

    private static readonly Gen<(byte[] Bytes, Seen[] Seen)> Conversation =
        from messages in Gen.OneOf(TextMessage, BinaryMessage).Array[0, 12]
        from keys in Gen.Byte.Array[4].Array[80]
        from pings in Gen.Int[0, 3].Array[80]
        select Encode(messages, keys, pings);

    [Fact]
    [Trait("RFC", "6455 §5.4")]
    public void Gives_the_same_messages_however_they_are_fragmented_and_chopped()
    {
        Gen.Select(Conversation, Gen.Int[1, 50].Array[1, 20]).Sample((conversation, sizes) =>
        {
            var inputs = Chop(conversation.Bytes, sizes);
            Assert.Equal(conversation.Seen, Reading.Events(Reading.Limits, inputs));
            Assert.Equal(conversation.Seen, Reading.Events(Reading.Limits, [conversation.Bytes]));
        });
    }

    [Fact]
    public void Says_the_same_of_random_bytes_however_they_are_chopped()
    {
        // The front of a frame now and then, so that not every run ends at its first byte.
        byte[] text = [0x81, 0x83, 0, 0, 0, 0];
        byte[] fragments = [0x01, 0x80, 0, 0, 0, 0, 0x80, 0x82, 9, 9, 9, 9];
        var piece = Gen.OneOf(Gen.Byte.Array[0, 10], Gen.Const(text), Gen.Const(fragments));
        Gen.Select(piece.Array[0, 10], Gen.Int[1, 7].Array[1, 10]).Sample((pieces, sizes) =>
        {
            byte[] bytes = [.. pieces.SelectMany(one => one)];
            Assert.Equal(Reading.Events(Reading.Limits, [bytes]), Reading.Events(Reading.Limits, Chop(bytes, sizes)));
        });
    }

    private static (ClientFrame[] Frames, Seen Seen) Fragment(byte opcode, byte[] payload, int[] cuts)
    {
        int[] ends = [.. cuts.Select(cut => Math.Min(cut, payload.Length)).Order(), payload.Length];
        var frames = new ClientFrame[ends.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            var part = payload[(i == 0 ? 0 : ends[i - 1])..ends[i]];
            frames[i] = new ClientFrame(i == 0 ? opcode : (byte)0, part) { IsFinal = i == ends.Length - 1 };
        }
        return (frames, opcode == 1 ? Seen.Text(payload) : Seen.Binary(payload));
    }

    // A ping after each third frame or so, inside messages too: it overtakes the message that it stands in.
    private static (byte[] Bytes, Seen[] Seen) Encode((ClientFrame[] Frames, Seen Seen)[] messages, byte[][] keys, int[] pings)
    {
        var frames = new List<ClientFrame>();
        var seen = new List<Seen>();
        foreach (var message in messages)
        {
            foreach (var frame in message.Frames)
            {
                frames.Add(frame with { Key = keys[frames.Count % keys.Length] });
                if (frame.IsFinal)
                    seen.Add(message.Seen);
                if (pings[frames.Count % pings.Length] > 0)
                    continue;
                frames.Add(ClientFrame.Ping($"ping {frames.Count}"));
                seen.Add(Seen.Ping($"ping {frames.Count - 1}"));
            }
        }
        return (ClientFrame.Join(frames), [.. seen]);
    }

    private static IEnumerable<byte[]> Chop(byte[] bytes, int[] sizes)
    {
        var start = 0;
        for (var i = 0; start < bytes.Length; i++)
        {
            var end = Math.Min(bytes.Length, start + sizes[i % sizes.Length]);
            yield return bytes[start..end];
            start = end;
        }
    }
}
