using System.Text;
using CsCheck;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §8.1")]
public class Utf8ValidatorTests
{
    [Fact]
    public void Agrees_with_the_runtime_on_every_sequence_of_up_to_3_bytes()
    {
        var bytes = new byte[3];
        for (var first = 0; first < 256; first++)
        {
            bytes[0] = (byte)first;
            Compare(bytes.AsSpan(0, 1));
            for (var second = 0; second < 256; second++)
            {
                bytes[1] = (byte)second;
                Compare(bytes.AsSpan(0, 2));
                for (var third = 0; third < 256; third++)
                {
                    bytes[2] = (byte)third;
                    Compare(bytes);
                }
            }
        }
    }

    [Fact]
    public void Agrees_with_the_runtime_at_the_edges_of_4_bytes()
    {
        byte[] edges = [0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5, 0xFF];
        foreach (var first in edges)
            foreach (var second in edges)
                foreach (var third in edges)
                    foreach (var fourth in edges)
                        Compare([first, second, third, fourth]);
    }

    [Fact]
    public void Accepts_every_scalar_value_in_any_two_pieces()
    {
        var bytes = new byte[4];
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.TryCreate(value, out var rune))
                continue;
            var sequence = bytes.AsSpan(0, rune.EncodeToUtf8(bytes));
            for (var cut = 0; cut <= sequence.Length; cut++)
            {
                var validator = new Utf8Validator();
                Assert.True(validator.Append(sequence[..cut]));
                Assert.Equal(cut == 0 || cut == sequence.Length, validator.IsComplete);
                Assert.True(validator.Append(sequence[cut..]));
                Assert.True(validator.IsComplete);
            }
        }
    }

    [Fact]
    public void Says_the_same_of_random_bytes_in_any_pieces()
    {
        // Valid text with a byte changed now and then: random bytes would hardly ever get beyond the first.
        var almostText = from text in Gen.String[0, 60]
                         from at in Gen.Int[0, 200]
                         from b in Gen.Byte
                         select Spoil(Encoding.UTF8.GetBytes(text), at, b);
        Gen.Select(almostText, Gen.Int[1, 9].Array[1, 5]).Sample((bytes, sizes) =>
        {
            var validator = new Utf8Validator();
            var bad = Utf8Cases.FirstBadByte(bytes) ?? int.MaxValue;
            for (int start = 0, i = 0; start < bytes.Length; i++)
            {
                var end = Math.Min(bytes.Length, start + sizes[i % sizes.Length]);
                Assert.Equal(end < bad, validator.Append(bytes.AsSpan(start..end)));
                if (end >= bad)
                    return;
                start = end;
            }
            Assert.Equal(System.Text.Unicode.Utf8.IsValid(bytes), validator.IsComplete);
        });
    }

    private static byte[] Spoil(byte[] bytes, int at, byte b)
    {
        if (at < bytes.Length)
            bytes[at] = b;
        return bytes;
    }

    private static void Compare(ReadOnlySpan<byte> bytes)
    {
        var whole = new Utf8Validator();
        var isAccepted = whole.Append(bytes);
        var byByte = new Utf8Validator();
        var isAcceptedByByte = true;
        foreach (var b in bytes)
            isAcceptedByByte = isAcceptedByByte && byByte.Append([b]);
        var expected = Utf8Cases.FirstBadByte(bytes) is null;
        if (isAccepted != expected || isAcceptedByByte != expected)
            Assert.Fail($"{Convert.ToHexString(bytes)}: expected {expected}, whole {isAccepted}, byte by byte {isAcceptedByByte}");
    }
}
