using System.Buffers;
using System.IO.Compression;
using System.Text;
using CsCheck;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "7692 §7.2.2")]
public sealed class MessageInflaterTests
{
    private const int Limit = 1 << 20;

    private static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 300).Select(i => $"{{\"line\":{i}}},")));
    private static readonly byte[] Random = RandomBytes(5000);

    [Fact]
    public void Gives_back_what_a_client_compressed()
    {
        Gives(Text, Deflated.Flushed(Text));
        Gives(Random, Deflated.Flushed(Random));
        Gives([7], Deflated.Flushed([7]));
        Gives([0], Deflated.Flushed([0]));
        Gives([0], [.. Deflated.Stored([0]), 0]);
    }

    [Theory]
    [Trait("RFC", "7692 §7.2.3")]
    [InlineData("F248CDC9C90700")]
    [InlineData("000500FAFF48656C6C6F00")]
    [InlineData("F348CDC9C9070000")]
    [InlineData("F24805000000FFFFCAC9C90700")]
    public void Reads_the_examples_of_the_specification(string deflated) =>
        Gives("Hello"u8.ToArray(), Convert.FromHexString(deflated));

    [Fact]
    [Trait("RFC", "7692 §7.1.1")]
    public void Refuses_a_message_that_refers_back_to_the_one_before_it()
    {
        // The specification's second "Hello" of one window; and what an encoder makes that was never told to forget.
        Refuses(Violation.NotDeflate, Convert.FromHexString("F200110000"));
        using var output = new MemoryStream();
        using var deflate = new DeflateStream(output, CompressionLevel.Optimal);
        deflate.Write(Text);
        deflate.Flush();
        var length = (int)output.Length;
        deflate.Write(Text);
        deflate.Flush();
        var both = output.ToArray();
        Gives(Text, both[..(length - 4)]);
        Refuses(Violation.NotDeflate, both[length..^4]);
    }

    [Fact]
    public void Gives_an_empty_message_for_no_byte_and_for_an_empty_block()
    {
        Gives([], []);
        Gives([], [0]);
        Gives([], [3, 0, 0]);
    }

    [Fact]
    public void Joins_blocks_of_each_kind() =>
        Gives([.. Random, .. Text, .. Text, 1], [.. Deflated.Stored(Random), .. Flush(Text), .. Flush(Text), .. Deflated.Stored([1]), 0]);

    [Fact]
    public void Takes_a_final_block_at_the_end_with_and_without_the_byte_that_should_follow()
    {
        Gives(Text, [.. Deflated.Final(Text), 0]);
        Gives(Text, Deflated.Final(Text));
    }

    [Fact]
    public void Refuses_what_follows_a_final_block()
    {
        Refuses(Violation.NotDeflate, [.. Deflated.Final(Text), .. Deflated.Flushed(Text)]);
        Refuses(Violation.NotDeflate, [.. Deflated.Final(Text), 0, 0]);
        Refuses(Violation.NotDeflate, [3, 0, 1]);
    }

    [Fact]
    public void Refuses_a_message_that_ends_inside_a_block()
    {
        var whole = Deflated.Flushed(Text);
        Refuses(Violation.NotDeflate, whole[..(whole.Length / 2)]);
        Refuses(Violation.NotDeflate, Deflated.Stored(Random)[..1000]);
        // A final block with fixed codes, which goes on in whatever is added to it.
        Refuses(Violation.NotDeflate, [0x3B, 0x3B, 0x3B, 0x78]);
    }

    [Fact]
    public void Refuses_what_is_no_deflate()
    {
        Refuses(Violation.NotDeflate, [0xFF, 0x12, 0x33, 0x44]);
        // A stored block whose length is not confirmed.
        Refuses(Violation.NotDeflate, [0, 5, 0, 5, 0, 1, 2, 3, 4, 5]);
        // Fixed codes, length 3, distance 1, with nothing before it (RFC 1951 §3.2.6).
        Refuses(Violation.NotDeflate, [0b0000_0010, 0b0000_0010, 0]);
    }

    [Fact]
    public void Finds_the_end_wherever_it_lies_in_what_is_read_at_once()
    {
        // The framework's inflater reads 8 KiB at once.
        const int AtOnce = 8192;
        foreach (var byteCount in Enumerable.Range(AtOnce - 20, 40).Concat(Enumerable.Range(2 * AtOnce - 20, 40)))
        {
            var message = RandomBytes(byteCount);
            var stored = Deflated.Stored(message);
            Gives(message, [.. stored, 0]);
            byte[] final = [1, .. stored[1..]];
            Gives(message, final);
            Gives(message, [.. final, 0]);
            Refuses(Violation.NotDeflate, [.. final, 0, 0]);
            Refuses(Violation.NotDeflate, [.. final, 1]);
            Refuses(Violation.NotDeflate, stored[..^1]);
            Refuses(Violation.NotDeflate, final[..^10]);
        }
    }

    [Fact]
    public void Takes_a_message_as_large_as_the_limit_and_none_larger()
    {
        var bytes = new byte[10_000];
        Assert.Null(Inflate(Deflated.Flushed(bytes), 10_000, out var message));
        Assert.Equal(bytes, message);
        Assert.Same(Violation.MessageTooBig, Inflate(Deflated.Flushed(bytes), 9_999, out _));
    }

    [Fact]
    public void Stops_a_bomb_at_the_limit()
    {
        var bomb = Deflated.Flushed(new byte[100_000_000]);
        Assert.Same(Violation.MessageTooBig, Inflate(bomb, 64 * 1024, out var message));
        Assert.InRange(message.Length, 64 * 1024, 64 * 1024 + 1);
    }

    [Fact]
    public void Ends_with_as_many_empty_blocks_as_there_are()
    {
        byte[] blocks = [.. Enumerable.Repeat(Deflated.Stored([]), 65_536).SelectMany(block => block)];
        Gives([], [.. blocks, 0]);
    }

    [Fact]
    public void Never_throws_whatever_comes() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        var violation = Inflate(bytes, Limit, out _);
        Assert.True(violation is null || violation == Violation.NotDeflate || violation == Violation.MessageTooBig);
    });

    [Fact]
    public void Gives_back_any_message_at_any_level() => Gen.Select(
        Gen.Byte[0, 3].Array[0, 3000], Gen.Enum<CompressionLevel>()).Sample((message, level) => Gives(message, Deflated.Flushed(message, level)));

    private static void Gives(byte[] expected, byte[] deflated)
    {
        Assert.Null(Inflate(deflated, Limit, out var message));
        Assert.Equal(expected, message);
    }

    private static void Refuses(Violation expected, byte[] deflated) => Assert.Same(expected, Inflate(deflated, Limit, out _));

    private static Violation? Inflate(byte[] deflated, int limit, out byte[] message)
    {
        var output = PooledBufferWriter.Rent(ArrayPool<byte>.Shared);
        var violation = MessageInflater.Inflate(deflated, limit, output);
        message = output.Written.ToArray();
        output.Discard();
        return violation;
    }

    private static byte[] Flush(byte[] message) => [.. Deflated.Flushed(message), 0, 0, 0xFF, 0xFF];

    private static byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        new Random(1).NextBytes(bytes);
        return bytes;
    }
}
