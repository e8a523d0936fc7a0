namespace TypedChannels.Conformance;

/// <summary>How a case's bytes are cut into writes.</summary>
internal enum Chopping
{
    Whole,
    OneByte,
    Random,
    OneKilobyte,
}

internal static class Chopper
{
    public static IEnumerable<ReadOnlyMemory<byte>> Chop(byte[] bytes, Chopping chopping, Random random)
    {
        for (var start = 0; start < bytes.Length;)
        {
            var length = chopping switch
            {
                Chopping.Whole => bytes.Length,
                Chopping.OneByte => 1,
                Chopping.OneKilobyte => 1024,
                _ => 1 + (random.Next(4) == 0 ? random.Next(4096) : random.Next(16)),
            };
            length = Math.Min(length, bytes.Length - start);
            yield return bytes.AsMemory(start, length);
            start += length;
        }
    }
}
