using CsCheck;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §5.3")]
public class MaskingTests
{
    private const uint Key = 0xD4C3B2A1;
    private static readonly byte[] KeyBytes = [0xA1, 0xB2, 0xC3, 0xD4];

    [Fact]
    public void Takes_each_byte_with_its_byte_of_the_key_at_any_length_and_offset()
    {
        for (var length = 0; length <= 200; length++)
        {
            for (var offset = 0; offset < 8; offset++)
            {
                var payload = Enumerable.Range(0, length).Select(i => (byte)(i * 7)).ToArray();
                byte[] expected = [.. payload.Select((b, i) => (byte)(b ^ KeyBytes[(i + offset) % 4]))];
                Masking.Apply(payload, Key, offset);
                Assert.Equal(expected, payload);
            }
        }
    }

    [Fact]
    public void Turns_the_key_by_offsets_beyond_32_bits()
    {
        byte[] payload = [0, 0, 0, 0];
        Masking.Apply(payload, Key, (1L << 40) + 3);
        Assert.Equal([0xD4, 0xA1, 0xB2, 0xC3], payload);
    }

    [Fact]
    public void Leaves_the_payload_as_it_is_with_key_0()
    {
        byte[] payload = [1, 2, 3, 4, 5];
        Masking.Apply(payload, 0, 2);
        Assert.Equal([1, 2, 3, 4, 5], payload);
    }

    [Fact]
    public void Touches_no_byte_around_the_payload()
    {
        var around = Enumerable.Repeat((byte)0x55, 120).ToArray();
        Masking.Apply(around.AsSpan(10, 101), Key, 1);
        Assert.All(around[..10].Concat(around[111..]), b => Assert.Equal(0x55, b));
    }

    [Fact]
    public void Masking_twice_is_no_masking_however_the_payload_is_cut()
    {
        Gen.Select(Gen.Byte.Array[0, 500], Gen.UInt, Gen.Int[0, 500]).Sample((payload, key, cut) =>
        {
            var masked = payload.ToArray();
            Masking.Apply(masked, key, 0);
            cut = Math.Min(cut, masked.Length);
            Masking.Apply(masked.AsSpan(0, cut), key, 0);
            Masking.Apply(masked.AsSpan(cut), key, cut);
            return masked.AsSpan().SequenceEqual(payload);
        });
    }
}
