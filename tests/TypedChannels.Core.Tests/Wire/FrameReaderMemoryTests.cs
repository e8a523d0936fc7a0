using System.Text;

namespace TypedChannels.Tests.Wire;

public class FrameReaderMemoryTests
{
    [Fact]
    public void Hands_out_a_whole_frame_where_it_lies()
    {
        using var reader = new FrameReader(Reading.Limits);
        var bytes = ClientFrame.Text("in place").Encode();
        var found = reader.Read(bytes, out _);
        Assert.True(found.Payload.Overlaps(bytes, out var offset));
        Assert.Equal(6, -offset);
    }

    [Theory]
    [InlineData("Chat, é, 🙂", 9)]
    [InlineData("", 1)]
    public void Allocates_nothing_for_whole_frames(string text, byte controlOpcode)
    {
        using var reader = new FrameReader(Reading.Limits);
        var control = new ClientFrame(controlOpcode == 9 ? (byte)9 : (byte)10, Encoding.UTF8.GetBytes(text));
        var bytes = ClientFrame.Join(ClientFrame.Text(text), ClientFrame.Binary([1, 2, 3]), control, ClientFrame.Text(text));
        Assert.Equal(4, ReadAll(reader, bytes.ToArray()));
        var input = bytes.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = ReadAll(reader, input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(4, count);
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Keeps_a_joined_message_until_the_next_read()
    {
        using var reader = new FrameReader(Reading.Limits);
        var bytes = ClientFrame.Join(
            ClientFrame.Text("first ").Unfinished(), ClientFrame.Continuation("message"), ClientFrame.Text("second"));
        var found = reader.Read(bytes, out var consumed);
        Assert.False(found.Payload.Overlaps(bytes));
        Assert.Equal("first message"u8, found.Payload);
        Assert.Equal("second"u8, reader.Read(bytes.AsSpan(consumed), out _).Payload);
    }

    [Fact]
    public void Consumes_exactly_up_to_the_end_of_each_event()
    {
        using var reader = new FrameReader(Reading.Limits);
        var text = ClientFrame.Text("text").Encode();
        var ping = ClientFrame.Ping("ping").Encode();
        byte[] bytes = [.. text, .. ping, 0x81];
        reader.Read(bytes, out var consumed);
        Assert.Equal(text.Length, consumed);
        reader.Read(bytes.AsSpan(text.Length), out consumed);
        Assert.Equal(ping.Length, consumed);
        reader.Read(bytes.AsSpan(text.Length + ping.Length), out consumed);
        Assert.Equal(1, consumed);
        Assert.Equal(WireEventKind.NeedMore, reader.Read([], out consumed).Kind);
        Assert.Equal(0, consumed);
    }

    [Fact]
    public void Shows_no_byte_of_a_rented_buffer_that_was_not_received()
    {
        // A marker in every pooled buffer of the size that the message will rent.
        var marked = new List<byte[]>();
        for (var i = 0; i < 16; i++)
        {
            marked.Add(System.Buffers.ArrayPool<byte>.Shared.Rent(64));
            marked[^1].AsSpan().Fill(0xAA);
        }
        foreach (var one in marked)
            System.Buffers.ArrayPool<byte>.Shared.Return(one);
        Reading.Gives(ClientFrame.Join(ClientFrame.Text("a").Unfinished(), ClientFrame.Continuation("b")), Seen.Text("ab"));
    }

    [Fact]
    public void Holds_memory_only_while_something_is_incomplete()
    {
        using var reader = new FrameReader(Reading.Limits);
        Assert.Equal(WireEventKind.NeedMore, reader.Read(ClientFrame.Text("first").Unfinished().Encode(), out _).Kind);
        Assert.InRange(reader.HeldByteCount, 5, 64);
        var ping = ClientFrame.Ping("ping").Encode();
        reader.Read(ping.AsSpan(0, 8), out _);
        Assert.InRange(reader.HeldByteCount, 5 + 4, 64 + 4);
        Assert.Equal(WireEventKind.Ping, reader.Read(ping.AsSpan(8), out _).Kind);
        Assert.Equal(WireEventKind.Text, reader.Read(ClientFrame.Continuation("last").Encode(), out _).Kind);
        reader.Read([], out _);
        Assert.Equal(0, reader.HeldByteCount);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(3)]
    public void Holds_nothing_after_a_close_or_a_violation(byte opcode)
    {
        using var reader = new FrameReader(Reading.Limits);
        reader.Read(ClientFrame.Text("unfinished").Unfinished().Encode(), out _);
        var end = reader.Read(new ClientFrame(opcode, [3, 232]).Encode(), out _);
        Assert.Equal(opcode == 8 ? WireEventKind.Close : WireEventKind.Violation, end.Kind);
        Assert.Equal(0, reader.HeldByteCount);
    }

    [Fact]
    public void Ignores_everything_once_disposed()
    {
        var reader = new FrameReader(Reading.Limits);
        reader.Read(ClientFrame.Text("unfinished").Unfinished().Encode(), out _);
        reader.Dispose();
        reader.Dispose();
        var bytes = ClientFrame.Continuation("late").Encode();
        Assert.Equal(WireEventKind.NeedMore, reader.Read(bytes, out var consumed).Kind);
        Assert.Equal(bytes.Length, consumed);
    }

    private static int ReadAll(FrameReader reader, Span<byte> rest)
    {
        var count = 0;
        while (reader.Read(rest, out var consumed).Kind != WireEventKind.NeedMore)
        {
            rest = rest[consumed..];
            count++;
        }
        return count;
    }
}
