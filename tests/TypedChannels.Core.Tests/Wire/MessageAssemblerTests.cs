using System.Buffers;

namespace TypedChannels.Tests.Wire;

[Trait("RFC", "6455 §5.4")]
public sealed class MessageAssemblerTests : IDisposable
{
    private readonly MessageAssembler assembler = new(new FrameReaderLimits(MaxMessageBytes: 100, MaxFragments: 3), ArrayPool<byte>.Shared);

    public void Dispose() => assembler.Dispose();

    [Fact]
    public void Is_open_from_the_first_unfinished_frame_to_the_final_one()
    {
        Assert.False(assembler.IsOpen);
        assembler.Announce(Opcode.Binary, isFinal: false, 1);
        Assert.True(assembler.IsOpen);
        assembler.Announce(Opcode.Continuation, isFinal: false, 1);
        Assert.True(assembler.IsOpen);
        Assert.Equal(Opcode.Binary, assembler.Opcode);
        assembler.Announce(Opcode.Continuation, isFinal: true, 1);
        Assert.False(assembler.IsOpen);
    }

    [Fact]
    public void Counts_what_headers_announce_before_it_comes()
    {
        Assert.False(assembler.Exceeds(100));
        Assert.True(assembler.Exceeds(101));
        assembler.Announce(Opcode.Text, isFinal: false, 60);
        Assert.False(assembler.Exceeds(40));
        Assert.True(assembler.Exceeds(41));
        Assert.True(assembler.Exceeds(ulong.MaxValue));
    }

    [Fact]
    public void Is_full_after_as_many_frames_as_the_limit_says()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.False(assembler.IsFull);
            assembler.Announce(i == 0 ? Opcode.Text : Opcode.Continuation, isFinal: false, 0);
        }
        Assert.True(assembler.IsFull);
    }

    [Fact]
    public void Joins_what_is_appended_and_begins_anew()
    {
        assembler.Announce(Opcode.Text, isFinal: true, 100);
        for (byte i = 0; i < 100; i++)
            assembler.Append([i]);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (byte)i), assembler.Complete().ToArray());
        Assert.False(assembler.Exceeds(100));
        assembler.ReleaseDelivered();
        Assert.Equal(0, assembler.Complete().Length);
    }

    [Fact]
    public void Holds_nothing_for_empty_fragments()
    {
        assembler.Announce(Opcode.Text, isFinal: true, 0);
        assembler.Append([]);
        Assert.True(assembler.Complete().IsEmpty);
        assembler.ReleaseDelivered();
        assembler.Dispose();
        assembler.Dispose();
    }

    [Fact]
    public void Lets_a_compressed_message_be_a_little_longer_than_the_limit_up_to_its_last_frame()
    {
        Assert.False(assembler.Exceeds(176, isDeflated: true));
        Assert.True(assembler.Exceeds(177, isDeflated: true));
        assembler.Announce(Opcode.Text, isFinal: false, 100, isDeflated: true);
        Assert.True(assembler.IsDeflated);
        Assert.False(assembler.Exceeds(76));
        Assert.True(assembler.Exceeds(77));
        assembler.Announce(Opcode.Continuation, isFinal: true, 76);
        assembler.Complete();
        Assert.False(assembler.IsDeflated);
        Assert.True(assembler.Exceeds(101));
    }
}
