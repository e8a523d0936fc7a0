using TypedChannels.Fuzz.Engine;

namespace TypedChannels.Fuzz.Mutating;

/// <summary>One change to a row of frames, by what RFC 6455 §5 says of them.</summary>
/// <param name="changePayload">A change to what a frame carries.</param>
internal sealed class FrameMutator(Func<byte[], byte[], Dice, byte[]> changePayload)
{
    private static readonly byte[] Firsts = [0x81, 0x01, 0x80, 0x00, 0x82, 0x02, 0x88, 0x89, 0x8A, 0x09, 0x83, 0x8B, 0xC1, 0xA1, 0x91];

    private static readonly ulong[] Lengths =
        [0, 1, 2, 124, 125, 126, 127, 128, 199, 200, 201, 255, 256, 65_535, 65_536, 65_537, int.MaxValue, uint.MaxValue, long.MaxValue,
        ulong.MaxValue];

    private static readonly ushort[] Codes =
        [0, 999, 1000, 1001, 1004, 1005, 1006, 1007, 1011, 1014, 1015, 1016, 2999, 3000, 4000, 4408, 4999, 5000, 65_535];

    public byte[] Mutate(byte[] input, byte[] other, Dice dice)
    {
        var (frames, rest) = RawFrame.Split(input);
        if (frames.Count == 0 || dice.OneIn(12))
            return ByteMutator.Mutate(input, other, dice);
        var at = dice.Below(frames.Count);
        if (dice.OneIn(2))
            frames[at] = Change(frames[at], other, dice);
        else
            Rearrange(frames, at, other, dice);
        return RawFrame.Join(frames, dice.OneIn(8) ? [] : rest);
    }

    private RawFrame Change(RawFrame frame, byte[] other, Dice dice)
    {
        switch (dice.Below(12))
        {
            case 0:
                return frame with { First = dice.Of(Firsts) };
            case 1:
                return frame with { First = (byte)(frame.First ^ 0x80) };
            case 2:
                return frame with { First = (byte)(frame.First ^ (1 << dice.Below(8))) };
            case 3:
                return frame with { IsMasked = !frame.IsMasked };
            case 4:
                return frame with { Key = [dice.Byte(), dice.Byte(), dice.Byte(), dice.Byte()] };
            case 5:
                return frame with { LengthBytes = dice.Of([0, 2, 8]) };
            case 6:
                return frame with { Length = dice.Of(Lengths), LengthBytes = dice.Of([0, 2, 8]) };
            case 7:
                return frame with { Length = frame.Length + (dice.OneIn(2) ? 1 : ulong.MaxValue) };
            case 8:
                return frame.With(Utf8Pieces.Insert(frame.Payload, dice));
            case 9:
                // As long as a limit or a form of the length says, or a little off.
                var length = (int)Math.Min(3_000, dice.Of(Lengths));
                byte[] part = frame.Payload is [] ? [(byte)'x'] : frame.Payload;
                return frame.With([.. Enumerable.Repeat(part, length + 1).SelectMany(bytes => bytes).Take(length)]);
            case 10 when frame.Opcode == 8:
                var code = dice.Of(Codes);
                return frame.With([(byte)(code >> 8), (byte)code, .. frame.Payload.Skip(2)]);
            default:
                var source = RawFrame.Split(other).Frames;
                return frame.With(changePayload(frame.Payload, source.Count == 0 ? other : dice.Of(source).Payload, dice));
        }
    }

    private static void Rearrange(List<RawFrame> frames, int at, byte[] other, Dice dice)
    {
        var frame = frames[at];
        switch (dice.Below(8))
        {
            case 0:
                frames.RemoveAt(at);
                break;
            case 1:
                frames.InsertRange(at, Enumerable.Repeat(frame, 1 + dice.Small(20)));
                break;
            case 2:
                var to = dice.Below(frames.Count);
                (frames[at], frames[to]) = (frames[to], frame);
                break;
            case 3:
                // A message in fragments, cut anywhere, within a character too.
                var cut = dice.Below(frame.Payload.Length + 1);
                frames[at] = (frame with { First = (byte)(frame.First & 0x7F) }).With(frame.Payload[..cut]);
                frames.Insert(at + 1, (frame with { First = (byte)(frame.First & 0x80) }).With(frame.Payload[cut..]));
                break;
            case 4:
                byte[] payload = [.. frame.Payload.Take(125)];
                frames.Insert(at, new RawFrame { First = dice.Of<byte>([0x89, 0x8A]), Key = frame.Key }.With(payload));
                break;
            case 5:
                frames.Insert(at + dice.Below(2), new RawFrame { First = dice.Of(Firsts) });
                break;
            case 6:
                frames.RemoveRange(at, frames.Count - at);
                frames.AddRange(RawFrame.Split(other).Frames);
                break;
            default:
                frames.InsertRange(at, RawFrame.Split(other).Frames.Take(1 + dice.Below(4)));
                break;
        }
    }
}
