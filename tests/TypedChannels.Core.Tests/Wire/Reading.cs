namespace TypedChannels.Tests.Wire;

/// <summary>Runs bytes through a reader whole, byte by byte, and split at each position, and demands the same of each way.</summary>
internal static class Reading
{
    public static readonly FrameReaderLimits Limits = new(MaxMessageBytes: 1 << 20, MaxFragments: 1024, AcceptBinary: true);

    // Splitting at each position costs the square of the length; above this, it is each position near both ends and some between.
    private const int MaxByteCountToSplitEverywhere = 2048;

    /// <summary>Demands these events and no others.</summary>
    public static void Gives(byte[] bytes, params Seen[] expected) => Gives(Limits, bytes, expected);

    public static void Gives(FrameReaderLimits limits, byte[] bytes, params Seen[] expected)
    {
        Assert.Equal(expected, Events(limits, [bytes]));
        Assert.Equal(expected, Events(limits, Chop(bytes, 1)));
        foreach (var position in SplitPositions(bytes.Length))
            Assert.Equal(expected, Events(limits, [bytes[..position], bytes[position..]]));
    }

    /// <summary>Demands that the last of these events comes with the byte of this number (the first is 1), and nothing after it.</summary>
    public static void GivesAtByte(int number, byte[] bytes, params Seen[] expected) => GivesAtByte(Limits, number, bytes, expected);

    public static void GivesAtByte(FrameReaderLimits limits, int number, byte[] bytes, params Seen[] expected)
    {
        Gives(limits, bytes, expected);
        Assert.Equal(expected, Events(limits, [bytes[..number]]));
        Assert.Equal(expected[..^1], Events(limits, [bytes[..(number - 1)]]));
        var byByte = Drive(limits, Chop(bytes, 1));
        Assert.Equal(number, byByte[^1].BytesGiven);
        foreach (var position in SplitPositions(bytes.Length))
        {
            var inTwo = Drive(limits, [bytes[..position], bytes[position..]]);
            Assert.Equal(position >= number ? position : bytes.Length, inTwo[^1].BytesGiven);
        }
    }

    public static Seen[] Events(FrameReaderLimits limits, IEnumerable<byte[]> inputs) =>
        [.. Drive(limits, inputs).Select(found => found.Seen)];

    public static IEnumerable<byte[]> Chop(byte[] bytes, int byteCount) => bytes.Chunk(byteCount);

    private static List<(Seen Seen, int BytesGiven)> Drive(FrameReaderLimits limits, IEnumerable<byte[]> inputs)
    {
        using var reader = new FrameReader(limits);
        var found = new List<(Seen, int)>();
        var bytesGiven = 0;
        foreach (var input in inputs)
        {
            // A copy: the reader unmasks in place.
            Span<byte> rest = input.ToArray();
            bytesGiven += rest.Length;
            while (true)
            {
                var one = reader.Read(rest, out var consumed);
                rest = rest[consumed..];
                if (one.Kind == WireEventKind.NeedMore)
                    break;
                found.Add((Seen.Of(one), bytesGiven));
            }
            Assert.True(rest.IsEmpty, "NeedMore, although input is left.");
        }
        return found;
    }

    private static IEnumerable<int> SplitPositions(int byteCount) => byteCount <= MaxByteCountToSplitEverywhere
        ? Enumerable.Range(0, byteCount + 1)
        : Enumerable.Range(0, 40).SelectMany(i => new[] { i, byteCount - i, (int)((long)byteCount * i / 40) }).Distinct();
}
