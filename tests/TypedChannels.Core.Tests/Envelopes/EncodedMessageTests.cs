using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TypedChannels.Tests.Envelopes;

public class EncodedMessageTests
{
    [Fact]
    public void Writes_the_envelope_around_the_record()
    {
        var channel = new ChannelDescriptor<string>("say \"é\"", ChannelDirection.Both, 0, new RawCodec());
        var message = EncodedMessage.Encode(channel, """{"a":1}""");
        Assert.Equal("""{"channel":"say \"é\"","message":{"a":1}}""", Encoding.UTF8.GetString(message.Span));
        Assert.Equal(message.Length, message.Memory.Length);
        message.Release();
    }

    [Fact]
    public void Writes_a_record_of_any_size()
    {
        foreach (var length in (int[])[0, 1, 200, 256, 257, 4096, 100_000])
        {
            var text = "{\"a\":\"" + new string('x', length) + "\"}";
            var message = EncodedMessage.Encode(RawCodec.Channel, text);
            Assert.Equal("{\"channel\":\"raw\",\"message\":" + text + "}", Encoding.UTF8.GetString(message.Span));
            message.Release();
        }
    }

    [Fact]
    public void Keeps_its_bytes_until_the_last_holder_releases_them()
    {
        var message = EncodedMessage.Encode(RawCodec.Channel, "{}");
        message.Retain();
        message.Retain();
        message.Release();
        Assert.Equal(30, message.Memory.Length);
        message.Release();
        Assert.Equal(30, message.Memory.Length);
        message.Release();
        Assert.Throws<ObjectDisposedException>(() => message.Memory);
    }

    [Fact]
    public void Is_written_anew_after_a_codec_that_failed()
    {
        Assert.Throws<FormatException>(() => EncodedMessage.Encode(new ChannelDescriptor<string>("raw", ChannelDirection.Both, 0, new FailingCodec()), ""));
        var message = EncodedMessage.Encode(RawCodec.Channel, """{"after":1}""");
        Assert.Equal("""{"channel":"raw","message":{"after":1}}""", Encoding.UTF8.GetString(message.Span));
        message.Release();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("1")]
    public void Is_not_written_where_a_codec_writes_no_object(string message)
    {
        Assert.Throws<JsonException>(() => EncodedMessage.Encode(RawCodec.Channel, message));
        var next = EncodedMessage.Encode(RawCodec.Channel, "{}");
        Assert.Equal("""{"channel":"raw","message":{}}""", Encoding.UTF8.GetString(next.Span));
        next.Release();
    }

    [Fact]
    public void What_a_codec_throws_is_handed_to_a_caller_that_asks_for_it()
    {
        var channel = new ChannelDescriptor<string>("raw", ChannelDirection.Both, 0, new FailingCodec());
        Assert.IsType<FormatException>(EncodedMessage.TryEncode(channel, "", ArrayPool<byte>.Shared, out _));
        Assert.Null(EncodedMessage.TryEncode(RawCodec.Channel, "{}", ArrayPool<byte>.Shared, out var message));
        message.Release();
    }

    [Fact]
    public void Can_be_written_while_another_is_written_on_the_same_thread()
    {
        var inner = new List<string>();
        var channel = new ChannelDescriptor<string>("outer", ChannelDirection.Both, 0, new NestingCodec(inner));
        for (var i = 0; i < 2; i++)
        {
            var outer = EncodedMessage.Encode(channel, "{}");
            Assert.Equal("""{"channel":"outer","message":{}}""", Encoding.UTF8.GetString(outer.Span));
            outer.Release();
        }
        Assert.Equal(["""{"channel":"raw","message":{"inner":1}}""", """{"channel":"raw","message":{"inner":1}}"""], inner);
    }

    [Fact]
    public void The_writer_grows_to_what_is_asked_for()
    {
        var writer = PooledBufferWriter.Rent(ArrayPool<byte>.Shared);
        Assert.True(writer.GetSpan(10_000).Length >= 10_000);
        writer.Write("abc"u8);
        Assert.True(writer.GetMemory(100_000).Length >= 100_000);
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Advance(10_000_000));
        Assert.Throws<ArgumentOutOfRangeException>(() => writer.Advance(-1));
        var buffer = writer.Detach(out var length);
        Assert.Equal("abc"u8, buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(1025)]
    [InlineData(8192)]
    [InlineData(100_000)]
    public void An_array_handed_over_is_at_most_twice_as_long_as_what_was_written_or_1_KiB(int length)
    {
        var writer = PooledBufferWriter.Rent(ArrayPool<byte>.Shared);
        // As System.Text.Json's writer does for a string of ASCII.
        writer.GetSpan(3 * length)[..length].Fill((byte)'x');
        writer.Advance(length);

        var buffer = writer.Detach(out var written);

        Assert.Equal(length, written);
        Assert.Equal(-1, buffer.AsSpan(0, written).IndexOfAnyExcept((byte)'x'));
        Assert.InRange(buffer.Length, written, Math.Max(1024, 2 * length));
        ArrayPool<byte>.Shared.Return(buffer);
    }

    [Fact]
    public void Lending_a_JSON_writer_allocates_nothing()
    {
        var output = new ArrayBufferWriter<byte>(4096);
        long allocated = 0;
        for (var i = 0; i < 50; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var writer = WireJsonWriter.Rent(output);
            writer.WriteStringValue("é"u8);
            writer.Flush();
            WireJsonWriter.Return(writer);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal("\"é\""u8, output.WrittenSpan);
            output.ResetWrittenCount();
        }
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void An_error_answer_tells_the_code_and_the_channel_that_this_side_knows()
    {
        Assert.Equal(
            """{"channel":"_system:error","message":{"code":"InvalidMessage","channel":"say \"é\""}}""",
            Take(SystemMessages.Error(ConnectionErrors.InvalidMessage, "say \"é\"")));
        Assert.Equal("""{"channel":"_system:error","message":{"code":"UnknownChannel"}}""", Take(SystemMessages.Error(ConnectionErrors.UnknownChannel, null)));
        Assert.Equal("""{"channel":"_system:status:ready","message":{}}""", Take(SystemMessages.Ready()));

        static string Take(EncodedMessage message)
        {
            var text = Encoding.UTF8.GetString(message.Span);
            message.Release();
            return text;
        }
    }

    private sealed class RawCodec : MessageCodec<string>
    {
        public static readonly ChannelDescriptor<string> Channel = new("raw", ChannelDirection.Both, 0, new RawCodec());

        public override void Write(IBufferWriter<byte> output, string message) => output.Write(Encoding.UTF8.GetBytes(message));

        public override string Read(ReadOnlySpan<byte> input) => Encoding.UTF8.GetString(input);
    }

    private sealed class FailingCodec : MessageCodec<string>
    {
        public override void Write(IBufferWriter<byte> output, string message)
        {
            output.Write("half of it"u8);
            throw new FormatException();
        }

        public override string Read(ReadOnlySpan<byte> input) => "";
    }

    private sealed class NestingCodec(List<string> inner) : MessageCodec<string>
    {
        public override void Write(IBufferWriter<byte> output, string message)
        {
            var other = EncodedMessage.Encode(RawCodec.Channel, """{"inner":1}""");
            inner.Add(Encoding.UTF8.GetString(other.Span));
            other.Release();
            output.Write(Encoding.UTF8.GetBytes(message));
        }

        public override string Read(ReadOnlySpan<byte> input) => "";
    }
}
