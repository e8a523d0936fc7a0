using System.Text;

namespace TypedChannels.Tests.Hostile;

/// <summary>
/// The syntax of JSON at large: each text of <see cref="JsonTexts"/> as a whole message, as a value that a record takes
/// whatever it is, and as a member of the envelope that nobody reads.
/// </summary>
public class JsonSyntaxTests
{
    // JSON, and RFC 8259 §4 lets a reader refuse it: two of one name could mean one thing here and another there.
    private static readonly string[] OneNameTwice = ["object with one name twice", "object with one member twice"];

    public static TheoryData<string> Accepted => new(JsonTexts.Accept.Keys);

    public static TheoryData<string> Refused => new(JsonTexts.Refuse.Keys);

    [Theory]
    [MemberData(nameof(Accepted))]
    public async Task JSON_is_read(string name)
    {
        await using var attack = await Attack.StartAsync();
        var asValue = OneNameTwice.Contains(name) ? "InvalidMessage" : "handled";
        Assert.Equal(("InvalidEnvelope", asValue, "handled"), await OutcomesAsync(attack, JsonTexts.Accept[name]));
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task What_is_not_JSON_is_refused(string name)
    {
        await using var attack = await Attack.StartAsync();
        var text = JsonTexts.Refuse[name];
        var outcome = System.Text.Unicode.Utf8.IsValid(text) ? "InvalidJson" : "closed with 1007";
        Assert.Equal((outcome, outcome, outcome), await OutcomesAsync(attack, text));
    }

    [Fact]
    public async Task What_RFC_8259_leaves_open_is_answered_as_it_always_was()
    {
        await using var attack = await Attack.StartAsync();
        var table = new StringBuilder();
        foreach (var (name, text) in JsonTexts.Either)
        {
            var (whole, value, skipped) = await OutcomesAsync(attack, text);
            table.Append(null, $"{name}: {whole}; as a value {value}; where nobody reads {skipped}\n");
        }
        JsonTexts.VerifyEither(table.ToString());
    }

    [Fact]
    public void Every_kind_of_text_is_there()
    {
        // Of the kinds in the literature there are 95, 188 and 35.
        Assert.True(JsonTexts.Accept.Count >= 95);
        Assert.True(JsonTexts.Refuse.Count >= 188);
        Assert.True(JsonTexts.Either.Count >= 35);
    }

    private static async Task<(string Whole, string Value, string Skipped)> OutcomesAsync(Attack attack, byte[] text) => (
        await attack.OutcomeAsync(text),
        await attack.OutcomeAsync([.. """{"channel":"free","message":{"value":"""u8, .. text, .. "}}"u8]),
        await attack.OutcomeAsync([.. """{"channel":"up","unknown":"""u8, .. text, .. ""","message":{"text":"x"}}"""u8]));
}
