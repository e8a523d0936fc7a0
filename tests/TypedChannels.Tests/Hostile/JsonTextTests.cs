using System.Text;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hostile;

/// <summary>Half surrogate pairs, characters that mislead a reader, and channel names that mean something elsewhere.</summary>
public class JsonTextTests
{
    private static readonly Action<ServerOptions> Large = options => options.MaxMessageBytes = 4 * 1024 * 1024;

    [Theory]
    [InlineData(@"\ud800")]
    [InlineData(@"say\udc00")]
    [InlineData(@"\udc00\ud800")]
    [InlineData(@"sa\ud800y")]
    public async Task J08_Half_a_surrogate_pair_in_a_channel_name_is_refused(string name)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesAsync($$$"""{"channel":"{{{name}}}","message":{"text":"x"}}""", ConnectionErrors.InvalidEnvelope);
    }

    [Theory]
    [InlineData("say", """{"text":"\ud800"}""")]
    [InlineData("say", """{"text":"x\udc00\ud800y"}""")]
    [InlineData("say", """{"te\ud800xt":"x"}""")]
    [InlineData("say", """{"text":"x","\ud800":1}""")]
    [InlineData("everything", """{"char":"\ud800"}""")]
    [InlineData("everything", """{"list":["\ud800"]}""")]
    [InlineData("everything", """{"dictionary":{"\ud800":1}}""")]
    [InlineData("everything", """{"level":"\ud800"}""")]
    [InlineData("everything", """{"uri":"\ud800"}""")]
    [InlineData("everything", """{"bytes":"\ud800"}""")]
    [InlineData("free", """{"value":{"\ud800":1}}""")]
    public async Task J08_Half_a_surrogate_pair_in_a_message_is_refused(string channel, string message)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesMessageAsync(channel, message);
    }

    [Fact]
    public async Task J08_Half_a_surrogate_pair_in_a_value_of_any_kind_stays_what_it_was()
    {
        await using var attack = await Attack.StartAsync();
        var free = await attack.AcceptsMessageAsync<Free>("free", """{"value":["\ud800"]}""");
        Assert.Equal("""["\ud800"]""", free.Value.GetRawText());
    }

    [Theory]
    [InlineData(@"\u0000", "\0")]
    [InlineData("\ufeff", "\ufeff")]
    [InlineData("\u2028\u2029", "\u2028\u2029")]
    [InlineData("\u202e", "\u202e")]
    [InlineData("\u200b\u2066\u2069", "\u200b\u2066\u2069")]
    [InlineData("\uffff", "\uffff")]
    public async Task J10_Misleading_characters_are_taken_in_text_and_refused_in_channel_names(string json, string text)
    {
        await using var attack = await Attack.StartAsync();
        Assert.Equal(text, (await attack.AcceptsAsync<Say>($$$"""{"channel":"say","message":{"text":"{{{json}}}"}}""")).Text);
        await attack.RefusesAsync($$$"""{"channel":"{{{json}}}say","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel);
        await attack.RefusesAsync($$$"""{"channel":"say{{{json}}}","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel);
    }

    [Fact]
    public async Task J10_A_million_combining_marks_are_taken_in_text_and_refused_in_channel_names()
    {
        await using var attack = await Attack.StartAsync(Large);
        var marks = "e" + new string('\u0301', 1_000_000);
        Assert.Equal(marks, (await attack.AcceptsAsync<Say>($$$"""{"channel":"say","message":{"text":"{{{marks}}}"}}""")).Text);
        await attack.RefusesAsync($$$"""{"channel":"say{{{marks}}}","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel);
    }

    [Theory]
    [InlineData("s\u0430y")]
    [InlineData("\uff53\uff41\uff59")]
    [InlineData(" say")]
    [InlineData("say ")]
    [InlineData("say\u00a0")]
    [InlineData("../say")]
    [InlineData("say/../say")]
    [InlineData("*")]
    [InlineData("s*")]
    [InlineData("s?y")]
    [InlineData("[s]ay")]
    [InlineData(">")]
    [InlineData("say.>")]
    [InlineData("say.*")]
    [InlineData("say:")]
    [InlineData("say#")]
    [InlineData("say,up")]
    [InlineData(@"say\r\nPUBLISH up")]
    [InlineData(@"\u0000")]
    [InlineData(@"say\u0000up")]
    [InlineData("%73ay")]
    [InlineData("'; DROP TABLE channels; --")]
    [InlineData("${jndi:ldap://127.0.0.1/a}")]
    [InlineData("{0}")]
    public async Task J11_A_name_that_only_resembles_a_channel_is_refused(string name)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesAsync($$$"""{"channel":"{{{name}}}","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(1_000_000)]
    public async Task J11_A_long_channel_name_is_refused(int length)
    {
        await using var attack = await Attack.StartAsync(Large);
        await attack.RefusesAsync($$"""{"channel":"{{new string('n', length)}}"}""", ConnectionErrors.UnknownChannel);
        var escaped = string.Concat(Enumerable.Repeat(@"\u0073", length / 6));
        await attack.RefusesAsync($$"""{"channel":"{{escaped}}"}""", ConnectionErrors.UnknownChannel);
    }

    [Fact]
    public async Task J11_A_channel_name_is_not_normalised()
    {
        await using var attack = await Attack.StartAsync();
        await attack.AcceptsMessageAsync<Cafe>("caf\u00e9", """{"text":"x"}""");
        await attack.AcceptsMessageAsync<Cafe>(@"caf\u00e9", """{"text":"x"}""");
        await attack.RefusesAsync("""{"channel":"cafe\u0301","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel);
        await attack.RefusesAsync("{\"channel\":\"cafe\u0301\",\"message\":{\"text\":\"x\"}}", ConnectionErrors.UnknownChannel);
        await attack.RefusesAsync("""{"channel":"cafe","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel);
    }

    [Theory]
    [InlineData("_system:status:ready")]
    [InlineData("_system:error")]
    [InlineData("_system:")]
    [InlineData(@"\u005fsystem:error")]
    [InlineData("_system")]
    [InlineData("$sys")]
    [InlineData("connect")]
    [InlineData("disconnect")]
    [InlineData("message")]
    [InlineData("messageError")]
    [InlineData("error")]
    [InlineData("close")]
    [InlineData("__proto__")]
    [InlineData("constructor")]
    [InlineData("ToString")]
    [InlineData("OnSay")]
    public async Task J21_A_name_that_the_framework_or_a_language_has_for_itself_is_no_channel(string name)
    {
        await using var attack = await Attack.StartAsync();
        await attack.RefusesAsync($$$"""{"channel":"{{{name}}}","message":{"code":"NotAlive","text":"x"}}""", ConnectionErrors.UnknownChannel);
    }
}
