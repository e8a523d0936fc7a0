using System.Text;
using TypedChannels.Tests.Connections;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "7692 §7.2.1")]
public sealed class MessageDeflaterTests : IDisposable
{
    private readonly CountingPool pool = new();

    // Nothing is left rented once the message is released.
    public void Dispose() => Assert.Equal(0, pool.Out);

    [Theory]
    [InlineData(9)]
    [InlineData(12)]
    [InlineData(15)]
    public void Compresses_so_that_inflating_gives_the_message_back(int windowBits)
    {
        foreach (var byteCount in new[] { 256, 1000, 65_535, 65_536, 2_000_000 })
        {
            var bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, byteCount).Select(i => (char)('a' + (i * i % 7)))));
            var message = EncodedMessage.FromBytes(Opcode.Text, bytes, pool);
            var deflated = message.Deflate(windowBits).ToArray();
            Assert.InRange(deflated.Length, 1, bytes.Length - 1);
            Assert.Equal(bytes, Deflated.Inflate(deflated));
            message.Release();
        }
    }

    [Fact]
    public void Refers_no_further_back_than_the_window_that_was_asked_for()
    {
        // What repeats lies 2,000 bytes apart: too far for a window of 512.
        var random = new byte[2000];
        new Random(1).NextBytes(random);
        var message = EncodedMessage.FromBytes(Opcode.Binary, [.. random, .. random, .. random, .. random], pool);
        Assert.True(message.Deflate(9).IsEmpty);
        Assert.InRange(message.Deflate(15).Length, 2000, 3000);
        message.Release();
    }

    [Fact]
    public void Leaves_alone_what_would_not_become_smaller()
    {
        var small = EncodedMessage.FromBytes(Opcode.Text, new byte[MessageDeflater.LeastByteCount - 1], pool);
        Assert.True(small.Deflate(15).IsEmpty);
        small.Release();

        var random = new byte[10_000];
        new Random(1).NextBytes(random);
        var message = EncodedMessage.FromBytes(Opcode.Binary, random, pool);
        Assert.True(message.Deflate(15).IsEmpty);
        message.Release();
    }

    [Fact]
    public void Compresses_a_message_once_for_all_that_it_is_sent_to()
    {
        var message = EncodedMessage.FromBytes(Opcode.Text, new byte[1000], pool);
        message.Deflate(15);
        var rented = pool.Out;
        Assert.True(message.Deflate(15).Overlaps(message.Deflate(15)));
        Assert.Equal(rented, pool.Out);
        Assert.False(message.Deflate(9).Overlaps(message.Deflate(15)));
        message.Release();
    }

    [Fact]
    public void Gives_every_array_back_however_many_compress_a_message_at_once()
    {
        for (var round = 0; round < 50; round++)
        {
            var bytes = Enumerable.Range(0, 3000).Select(i => (byte)('a' + (i * i % 7) + (round % 5))).ToArray();
            var message = EncodedMessage.FromBytes(Opcode.Text, bytes, pool);
            Parallel.For(0, 28, i =>
            {
                message.Retain();
                Assert.Equal(bytes, Deflated.Inflate(message.Deflate(MessageDeflater.MinWindowBits + (i % 7)).ToArray()));
                message.Release();
            });
            message.Release();
            Assert.Equal(0, pool.Out);
        }
    }
}
