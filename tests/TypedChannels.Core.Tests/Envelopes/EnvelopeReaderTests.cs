using System.Text;

namespace TypedChannels.Tests.Envelopes;

public class EnvelopeReaderTests
{
    [Theory]
    [InlineData("""{"channel":"chat","message":{"a":1}}""")]
    [InlineData("""{"message":{"a":1},"channel":"chat"}""")]
    [InlineData(""" { "message" : {"a":1} , "channel" : "chat" } """)]
    [InlineData("\t\r\n{\"channel\":\"chat\"\n,\"message\":{\"a\":1}}\r\n")]
    public void Reads_channel_and_message_in_either_order(string text) => AssertRead(text, "chat", """{"a":1}""");

    [Theory]
    [InlineData("""{"id":7,"channel":"chat","message":{"a":1}}""")]
    [InlineData("""{"channel":"chat","id":{"channel":"other","message":[]},"message":{"a":1},"more":[{"message":{}},null]}""")]
    [InlineData("""{"Channel":"x","MESSAGE":3,"channels":0,"channel":"chat","message":{"a":1},"id":1,"id":2}""")]
    [InlineData("""{"":null,"channel":"chat","channel\u0000":1,"message":{"a":1}}""")]
    public void Ignores_further_members(string text) => AssertRead(text, "chat", """{"a":1}""");

    [Theory]
    [InlineData("""{"channel":"chat","\uD800":1}""")]
    [InlineData("""{"channel":"chat","\uD800x":1}""")]
    [InlineData("""{"\uDC00hannel":1,"channel":"chat"}""")]
    [InlineData("""{"channel":"chat","m\uD800ssage":{"a":1}}""")]
    [InlineData("""{"channel":"chat","id":"\uD800"}""")]
    public void Ignores_further_members_with_half_a_surrogate_pair(string text) => AssertRead(text, "chat", "{}");

    [Theory]
    [InlineData("""{"channel":"chat"}""")]
    [InlineData("""{"channel":"chat","message":null}""")]
    [InlineData("""{"message":null,"channel":"chat"}""")]
    [InlineData("""{"channel":"chat","message":{}}""")]
    public void Takes_an_absent_or_null_message_for_an_empty_one(string text) => AssertRead(text, "chat", "{}");

    [Theory]
    [InlineData("""{"ch\u0061nnel":"chat","\u006D\u0065ssage":{"a":1}}""", "chat")]
    [InlineData("""{"channel":"set:name \u0022success\u0022","message":{"a":1}}""", "set:name \"success\"")]
    [InlineData("""{"channel":"\u0063hat","message":{"a":1}}""", "chat")]
    [InlineData("""{"channel":"\\\/\b\f\n\r\t","message":{"a":1}}""", "\\/\b\f\n\r\t")]
    [InlineData("""{"channel":"\uD83D\uDE42é漢","message":{"a":1}}""", "🙂é漢")]
    [InlineData("""{"channel":"","message":{"a":1}}""", "")]
    public void Reads_escapes_in_member_names_and_channel_names(string text, string channel) => AssertRead(text, channel, """{"a":1}""");

    [Fact]
    public void Hands_on_the_message_byte_by_byte() =>
        AssertRead("""{"channel":"c","message": { "é" : "\u0041\uD800" , "n":1E400, "d":[ 1 , { } ] } }""", "c", """{ "é" : "\u0041\uD800" , "n":1E400, "d":[ 1 , { } ] }""");

    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("1e999999")]
    [InlineData("123456789012345678901234567890123456789012345678901234567890.5")]
    public void Leaves_numbers_of_any_size_to_the_record(string number)
    {
        AssertRead("{\"channel\":\"c\",\"message\":{\"a\":" + number + "}}", "c", "{\"a\":" + number + "}");
        AssertRefused("{\"channel\":" + number + "}", ConnectionErrors.InvalidEnvelope);
        AssertRefused(number, ConnectionErrors.InvalidEnvelope);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("hello")]
    [InlineData("{")]
    [InlineData("""{"channel":"chat","message":{}""")]
    [InlineData("""{"channel":"chat","message":{"a":01}}""")]
    [InlineData("""{"channel":"chat","message":{"a":+1}}""")]
    [InlineData("""{"channel":"chat","message":{"a":NaN}}""")]
    [InlineData("""{"channel":"chat","message":{"a":1,}}""")]
    [InlineData("""{"channel":"chat",}""")]
    [InlineData("""{'channel':'chat'}""")]
    [InlineData("""{"channel":"chat"/* no comments */}""")]
    [InlineData("""{"channel":"ch\at"}""")]
    [InlineData("{\"channel\":\"line\nbreak\"}")]
    [InlineData("""{"channel":5,"message":{]}""")]
    [InlineData("""[{"channel":"chat"]""")]
    public void Refuses_what_is_not_JSON(string text) => AssertRefused(text, ConnectionErrors.InvalidJson);

    [Theory]
    [InlineData("""{"channel":"chat"}{}""")]
    [InlineData("""{"channel":"chat"} x""")]
    [InlineData("""{"channel":"chat"},""")]
    [InlineData("{\"channel\":\"chat\"}\0")]
    [InlineData("[]]")]
    [InlineData("1 2")]
    public void Refuses_data_after_the_object(string text) => AssertRefused(text, ConnectionErrors.InvalidJson);

    [Fact]
    public void Refuses_a_byte_order_mark() => AssertRefused("\uFEFF{\"channel\":\"chat\"}", ConnectionErrors.InvalidJson);

    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("\"channel\"")]
    [InlineData("""["channel","chat"]""")]
    [InlineData("""[{"channel":"chat"}]""")]
    [InlineData("{}")]
    [InlineData("""{"message":{}}""")]
    [InlineData("""{"channel":null}""")]
    [InlineData("""{"channel":5,"message":{}}""")]
    [InlineData("""{"channel":{"channel":"chat"}}""")]
    [InlineData("""{"channel":["chat"],"message":{}}""")]
    [InlineData("""{"channel":"chat","message":[]}""")]
    [InlineData("""{"channel":"chat","message":"{}"}""")]
    [InlineData("""{"channel":"chat","message":0}""")]
    [InlineData("""{"channel":"chat","message":false}""")]
    public void Refuses_JSON_that_is_no_envelope(string text) => AssertRefused(text, ConnectionErrors.InvalidEnvelope);

    [Theory]
    [InlineData("""{"channel":"chat","channel":"chat"}""")]
    [InlineData("""{"channel":"chat","message":{},"ch\u0061nnel":"chat"}""")]
    [InlineData("""{"channel":"chat","message":{},"message":{}}""")]
    [InlineData("""{"channel":"chat","message":null,"message":null}""")]
    [InlineData("""{"message":{},"channel":"chat","\u006dessage":[]}""")]
    public void Refuses_two_of_one_member_even_where_one_is_escaped(string text) => AssertRefused(text, ConnectionErrors.InvalidEnvelope);

    [Theory]
    [InlineData("""{"channel":"\uD800"}""")]
    [InlineData("""{"channel":"a\uDC00b"}""")]
    [InlineData("""{"channel":"\uDE42\uD83D"}""")]
    public void Refuses_half_a_surrogate_pair_in_a_channel_name(string text) => AssertRefused(text, ConnectionErrors.InvalidEnvelope);

    [Fact]
    public void Accepts_a_message_32_deep_and_refuses_33()
    {
        AssertRead(Envelope(Nested(32)), "chat", Nested(32));
        AssertRefused(Envelope(Nested(33)), ConnectionErrors.InvalidJson);
        AssertRead(Envelope("{\"a\":" + new string('[', 31) + new string(']', 31) + "}"), "chat", "{\"a\":" + new string('[', 31) + new string(']', 31) + "}");
        AssertRefused(Envelope("{\"a\":" + new string('[', 32) + new string(']', 32) + "}"), ConnectionErrors.InvalidJson);

        static string Envelope(string message) => $$"""{"channel":"chat","message":{{message}}}""";
        static string Nested(int depth) => depth == 1 ? "{}" : "{\"a\":" + Nested(depth - 1) + "}";
    }

    [Fact]
    public void Refuses_endless_nesting_outside_the_message_too()
    {
        AssertRefused("""{"id":""" + new string('[', 60_000), ConnectionErrors.InvalidJson);
        AssertRefused(new string('[', 60_000), ConnectionErrors.InvalidJson);
        AssertRefused("""{"channel":5,"id":""" + new string('[', 33) + new string(']', 33) + "}", ConnectionErrors.InvalidJson);
    }

    [Fact]
    public void Tells_the_length_of_the_whole_text()
    {
        var text = """ {"channel":"é","message":{}} """u8;
        Assert.True(EnvelopeReader.TryRead(text, out var received, out _, out _));
        Assert.Equal(text.Length, received.ByteCount);
    }

    internal static void AssertRead(string text, string channel, string message)
    {
        Assert.True(EnvelopeReader.TryRead(Encoding.UTF8.GetBytes(text), out var received, out _, out var detail), detail);
        Assert.Equal(channel, Encoding.UTF8.GetString(received.Channel));
        Assert.Equal(message, Encoding.UTF8.GetString(received.Message));
    }

    private static void AssertRefused(string text, ConnectionErrors expected)
    {
        Assert.False(EnvelopeReader.TryRead(Encoding.UTF8.GetBytes(text), out _, out var error, out var detail));
        Assert.Equal(expected, error);
        Assert.False(string.IsNullOrEmpty(detail));
    }
}
