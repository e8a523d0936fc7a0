using TypedChannels.Fuzz.Engine;

namespace TypedChannels.Fuzz.Mutating;

/// <summary>One change that knows nothing of what the bytes mean.</summary>
internal static class ByteMutator
{
    private static readonly byte[] Edges = [0, 1, 0x7D, 0x7E, 0x7F, 0x80, 0xFE, 0xFF];

    public static byte[] Mutate(byte[] input, byte[] other, Dice dice)
    {
        if (input.Length == 0)
            return other.Length == 0 ? [dice.Byte()] : [.. Part(other, dice)];
        var at = dice.Below(input.Length);
        byte[] changed = [.. input];
        switch (dice.Below(8))
        {
            case 0:
                changed[at] ^= (byte)(1 << dice.Below(8));
                return changed;
            case 1:
                changed[at] = dice.OneIn(2) ? dice.Of(Edges) : dice.Byte();
                return changed;
            case 2:
                changed[at] += (byte)(dice.OneIn(2) ? 1 : 255);
                return changed;
            case 3:
                return [.. input[..at], .. input[Math.Min(input.Length, at + 1 + dice.Small(32))..]];
            case 4:
                return [.. input[..at], dice.Byte(), .. input[at..]];
            case 5:
                var part = Part(input, dice);
                return [.. input[..at], .. Enumerable.Repeat(part, 1 + dice.Small(4)).SelectMany(bytes => bytes), .. input[at..]];
            case 6:
                return [.. input[..at], .. Part(other, dice), .. input[at..]];
            default:
                return [.. input[..at], .. other[dice.Below(other.Length + 1)..]];
        }
    }

    private static byte[] Part(byte[] input, Dice dice)
    {
        if (input.Length == 0)
            return [];
        var start = dice.Below(input.Length);
        return input[start..Math.Min(input.Length, start + 1 + dice.Small(64))];
    }
}
