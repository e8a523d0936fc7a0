namespace TypedChannels.Fuzz.Engine;

/// <summary>The same bytes in pieces, each an array of its own, so that nobody can reach beyond it.</summary>
internal static class Chop
{
    /// <summary>Whole, byte by byte, and two ways between.</summary>
    public static IEnumerable<IEnumerable<byte[]>> Ways(byte[] input)
    {
        yield return Whole(input);
        yield return input.Chunk(1);
        var dice = Dice.Of(input);
        yield return Randomly(input, dice, 3);
        yield return Randomly(input, dice, 40);
    }

    public static IEnumerable<byte[]> Whole(byte[] input) => [[.. input]];

    public static IEnumerable<byte[]> Randomly(byte[] input, Dice dice, int longest)
    {
        for (var start = 0; start < input.Length;)
        {
            var end = Math.Min(input.Length, start + 1 + dice.Below(longest));
            yield return input[start..end];
            start = end;
        }
    }
}
