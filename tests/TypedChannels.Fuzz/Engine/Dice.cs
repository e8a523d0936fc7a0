using System.Text;

namespace TypedChannels.Fuzz.Engine;

/// <summary>Chance that a seed decides: the same on every machine.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Chance that the input itself decides, so that it can be replayed without a seed.</summary>
    public static Dice Of(ReadOnlySpan<byte> input)
    {
        // FNV-1a.
        var hash = 14695981039346656037;
        foreach (var b in input)
            hash = (hash ^ b) * 1099511628211;
        return new Dice(hash);
    }

    /// <summary>From 0 up to and without the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>Once in so many times.</summary>
    public bool OneIn(int count) => Below(count) == 0;

    public byte Byte() => (byte)Next();

    public T Of<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    public byte[] Utf8(IReadOnlyList<string> choices) => Encoding.UTF8.GetBytes(Of(choices));

    /// <summary>Small numbers mostly, and now and then a large one below the bound.</summary>
    public int Small(int bound) => Below(Math.Min(bound, 1 << (1 + Below(12))));

    // SplitMix64.
    private ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
