using System.Text;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hostile;

/// <summary>Envelopes that are deep, double, misspelt, incomplete, or not alone in their text.</summary>
public class JsonEnvelopeTests
{
    private const string Message = """{"text":"x","number":3}""";

    private static readonly Action<ServerOptions> Large = options => options.MaxMessageBytes = 4 * 1024 * 1024;

    [Theory]
    [InlineData("[", "{0}")]
    [InlineData("{\"a\":", "{0}")]
    [InlineData("[", """{{"channel":{0}""")]
    [InlineData("[", """{{"channel":"free","message":{0}""")]
    [InlineData("{\"a\":", """{{"channel":"free","message":{0}""")]
    [InlineData("[", """{{"channel":"free","message":{{"value":{0}""")]
    [InlineData("{\"a\":", """{{"channel":"free","message":{{"value":{0}""")]
    [InlineData("[", """{{"channel":"say","unknown":{0}""")]
    [InlineData("{\"a\":", """{{"channel":"say","message":{{"unknown":{0}""")]
    public async Task J01_A_hundred_thousand_levels_are_refused(string level, string place)
    {
        await using var attack = await Attack.StartAsync(Large);
        var deep = string.Concat(Enumerable.Repeat(level, 100_000));
        await attack.RefusesAsync(string.Format(null, place, deep), ConnectionErrors.InvalidJson);
    }

    [Theory]
    [InlineData("free", "value")]
    [InlineData("say", "unknown")]
    public async Task J02_A_message_32_deep_is_handled_and_one_33_deep_is_refused(string channel, string member)
    {
        await using var attack = await Attack.StartAsync();
        await AcceptAsync(new string('[', 31) + new string(']', 31));
        await AcceptAsync(Objects(31));
        await RefuseAsync(new string('[', 32) + new string(']', 32));
        await RefuseAsync(Objects(32));

        string Envelope(string value) => $$$"""{"channel":"{{{channel}}}","message":{"text":"x","{{{member}}}":{{{value}}}}}""";
        Task AcceptAsync(string value) =>
            channel == "say" ? attack.AcceptsAsync<Say>(Envelope(value)) : attack.AcceptsAsync<Free>(Envelope(value));
        Task RefuseAsync(string value) => attack.RefusesAsync(Envelope(value), ConnectionErrors.InvalidJson);
        static string Objects(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);
    }

    [Theory]
    [InlineData("""{"channel":"up","channel":"say","message":{"text":"x"}}""")]
    [InlineData("""{"channel":"up","message":{"text":"x"},"channel":"say"}""")]
    [InlineData("""{"channel":"up","ch\u0061nnel":"say","message":{"text":"x"}}""")]
    [InlineData("""{"\u0063hannel":"say","channel":"up","message":{"text":"x"}}""")]
    [InlineData("""{"channel":"up","channel":null,"message":{"text":"x"}}""")]
    public async Task J03_A_channel_named_twice_is_refused(string text)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesAsync(text, ConnectionErrors.InvalidEnvelope);
    }

    [Theory]
    [InlineData("""{"channel":"say","message":{"text":"x"},"message":{"text":"y"}}""")]
    [InlineData("""{"message":{"text":"x"},"channel":"say","messag\u0065":{"text":"y"}}""")]
    [InlineData("""{"channel":"say","message":{"text":"x"},"message":null}""")]
    public async Task J03_A_message_given_twice_is_refused(string text)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesAsync(text, ConnectionErrors.InvalidEnvelope);
    }

    [Theory]
    [InlineData("say", """{"text":"x","text":"y"}""")]
    [InlineData("say", """{"text":"x","te\u0078t":"y"}""")]
    [InlineData("say", """{"text":"x","number":1,"number":1}""")]
    [InlineData("free", """{"value":{"a":1,"a":2}}""")]
    [InlineData("free", """{"value":[{"a":1,"\u0061":2}]}""")]
    [InlineData("everything", """{"part":{"id":1,"id":2}}""")]
    [InlineData("everything", """{"spot":{"x":1,"y":1,"x":2}}""")]
    [InlineData("everything", """{"dictionary":{"a":1,"\u0061":2}}""")]
    public async Task J03_A_member_given_twice_is_refused_at_every_depth(string channel, string message)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesMessageAsync(channel, message);
    }

    [Theory]
    [InlineData("""{"Channel":"say","message":{"text":"x"}}""", ConnectionErrors.InvalidEnvelope, null)]
    [InlineData("""{"CHANNEL":"say","MESSAGE":{"text":"x"}}""", ConnectionErrors.InvalidEnvelope, null)]
    [InlineData("""{"channel":"say","Message":{"text":"x"}}""", ConnectionErrors.InvalidMessage, "say")]
    [InlineData("""{"channel":"say","message":{"Text":"x"}}""", ConnectionErrors.InvalidMessage, "say")]
    [InlineData("""{"channel":"SAY","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel, null)]
    public async Task J04_A_name_in_another_case_is_another_name(string text, ConnectionErrors code, string? channel)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesAsync(text, code, channel);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    public async Task J06_A_message_before_its_channel_is_handled_whatever_its_length(int length)
    {
        await using var attack = await Attack.StartAsync(Large);
        var say = await attack.AcceptsAsync<Say>($$$"""{"message":{"text":"{{{new string('m', length)}}}"},"channel":"say"}""");
        Assert.Equal(length, say.Text.Length);
    }

    [Fact]
    public async Task J06_A_message_that_ends_without_a_channel_is_refused_whatever_its_length()
    {
        await using var attack = await Attack.StartAsync(Large);
        await attack.RefusesAsync($$$"""{"message":{"text":"{{{new string('m', 1_000_000)}}}"}}""", ConnectionErrors.InvalidEnvelope);
        await attack.RefusesAsync($$$"""{"message":{"text":"{{{new string('m', 1_000_000)}}}"},"channel":"x"}""", ConnectionErrors.UnknownChannel);
    }

    [Theory]
    [InlineData("""{"channel":"","message":{}}""", ConnectionErrors.UnknownChannel)]
    [InlineData("""{"":"say","message":{"text":"x"}}""", ConnectionErrors.InvalidEnvelope)]
    [InlineData("""{"channel":true,"message":{}}""", ConnectionErrors.InvalidEnvelope)]
    [InlineData("""{"channel":{},"message":{}}""", ConnectionErrors.InvalidEnvelope)]
    [InlineData("""{"channel":["say"],"message":{"text":"x"}}""", ConnectionErrors.InvalidEnvelope)]
    [InlineData("""{"channel":"say","message":true}""", ConnectionErrors.InvalidEnvelope)]
    [InlineData("""{"channel":"say","message":0}""", ConnectionErrors.InvalidEnvelope)]
    [InlineData("""{"channel":"say","message":""}""", ConnectionErrors.InvalidEnvelope)]
    [InlineData("""{"channel":"say","message":"{\"text\":\"x\"}"}""", ConnectionErrors.InvalidEnvelope)]
    [InlineData("""{"channel":"say","message":[{"text":"x"}]}""", ConnectionErrors.InvalidEnvelope)]
    public async Task J07_An_envelope_with_an_empty_or_mistyped_part_is_refused(string text, ConnectionErrors code)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesAsync(text, code);
    }

    [Theory]
    [InlineData("{0}{0}")]
    [InlineData("{0}x")]
    [InlineData("{0},")]
    [InlineData("{0}\n{0}")]
    [InlineData("{0}\n[]")]
    [InlineData("{0}\0")]
    [InlineData("{0}]")]
    [InlineData("{0}//")]
    [InlineData("{0}/**/")]
    [InlineData("/**/{0}")]
    [InlineData("[{0}]x")]
    [InlineData("x{0}")]
    [InlineData(",{0}")]
    [InlineData("\u001e{0}")]
    [InlineData(")]}}',\n{0}")]
    public async Task J12_Anything_beside_the_envelope_is_refused(string text)
    {
        await using var attack = await Attack.StartAsync();
        const string Envelope = $$"""{"channel":"say","message":{{Message}}}""";
        await attack.RefusesAsync(string.Format(null, text, Envelope), ConnectionErrors.InvalidJson);
    }

    [Theory]
    [InlineData("""{"channel":"say","message":{"text":"x"},}""")]
    [InlineData("""{"channel":"say","message":{"text":"x",}}""")]
    [InlineData("""{"channel":"say",/*"message":{"text":"x"},*/"message":{"text":"y"}}""")]
    [InlineData("{\"channel\":\"say\",//\n\"message\":{\"text\":\"x\"}}")]
    [InlineData("""{'channel':'say','message':{'text':'x'}}""")]
    [InlineData("""{channel:"say",message:{text:"x"}}""")]
    [InlineData("""{"channel":"say""message":{"text":"x"}}""")]
    [InlineData("""{"channel"="say";"message"={"text"="x"}}""")]
    public async Task J12_What_only_resembles_JSON_is_refused(string text)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesAsync(text, ConnectionErrors.InvalidJson);
    }

    [Theory]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", false)]
    [InlineData("utf-32BE", false)]
    [InlineData("utf-8", true)]
    public async Task J13_Text_in_another_encoding_that_is_UTF8_too_is_refused(string encoding, bool hasMark)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesAsync(Encode(encoding, hasMark), ConnectionErrors.InvalidJson);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    [InlineData("utf-32BE")]
    public async Task J13_Text_in_another_encoding_that_is_not_UTF8_closes_with_1007(string encoding)
    {
        await using var attack = await Attack.StartAsync();
        await attack.ClosesAsync(Encode(encoding, hasMark: true), 1007);
    }

    [Fact]
    public async Task J25_Eight_megabytes_of_delimiters_are_one_message_that_is_too_large_or_no_JSON()
    {
        var newlines = Encoding.UTF8.GetBytes(new string('\n', 8 * 1024 * 1024));
        await using (var attack = await Attack.StartAsync())
            await attack.ClosesAsync(newlines, 1009);
        await using (var attack = await Attack.StartAsync(options => options.MaxMessageBytes = newlines.Length))
        {
            await attack.RefusesAsync(newlines, ConnectionErrors.InvalidJson);
            await attack.RefusesAsync(new string(',', newlines.Length), ConnectionErrors.InvalidJson);
        }
    }

    private static byte[] Encode(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        return [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes($$"""{"channel":"say","message":{{Message}}}""")];
    }
}
