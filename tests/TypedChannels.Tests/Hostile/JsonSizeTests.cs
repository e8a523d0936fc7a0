using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using TypedChannels.Tests.Contracts;
using TypedChannelsGenerated.TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Hostile;

/// <summary>
/// Messages of very many parts. That the time they take grows with their length alone is a figure of the load program;
/// here they must be read at all, and the memory for it is counted.
/// </summary>
public class JsonSizeTests
{
    private static readonly Action<ServerOptions> Large = options => options.MaxMessageBytes = 16 * 1024 * 1024;

    [Theory]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public async Task J05_Unknown_members_are_skipped_whatever_their_number(int count)
    {
        await using var attack = await Attack.StartAsync(Large);
        var members = Members(count, "null");
        await attack.AcceptsAsync<Say>($$$"""{{{{members}}},"channel":"say","message":{"text":"x"}}""");
        await attack.AcceptsAsync<Say>($$$"""{"channel":"say","message":{{{{members}}},"text":"x"}}""");
    }

    [Fact]
    public void J05_Unknown_members_cost_no_memory_in_an_envelope_and_a_little_each_in_a_message()
    {
        Assert.Equal(Envelope(0), Envelope(50_000));
        Assert.InRange(Message(50_000) - Message(0), 0, 50_000 * 32);

        static long Envelope(int count) => AllocatedBy(
            ChannelDescriptors.Tick, Encoding.UTF8.GetBytes($$$"""{{{{Members(count, "[1]", ",")}}}"channel":"tick"}"""));
        static long Message(int count) => AllocatedBy(
            ChannelDescriptors.Say, Encoding.UTF8.GetBytes($$$"""{"channel":"say","message":{{{{Members(count, "[1]", ",")}}}"text":"x"}}"""));
    }

    [Theory]
    [InlineData("element")]
    [InlineData("dictionary")]
    public async Task J14_A_hundred_thousand_distinct_keys_are_read(string member)
    {
        await using var attack = await Attack.StartAsync(Large);
        var everything = await attack.AcceptsMessageAsync<Everything>("everything", $$$"""{"{{{member}}}":{{{{Members(100_000, "1")}}}}}""");
        Assert.Equal(100_000, member == "element" ? everything.Element.EnumerateObject().Count() : everything.Dictionary.Count);
    }

    [Theory]
    [InlineData("element")]
    [InlineData("dictionary")]
    public async Task J15_A_hundred_thousand_colliding_keys_are_read(string member)
    {
        await using var attack = await Attack.StartAsync(Large);
        var keys = Colliding().Take(100_000).ToArray();
        // They do collide, in the hash that has no seed.
        Assert.Single(keys.Select(SeedlessHash).Distinct());
        var content = JsonSerializer.Serialize(keys.ToDictionary(key => key, _ => 1.0));
        var everything = await attack.AcceptsMessageAsync<Everything>("everything", $$"""{"{{member}}":{{content}}}""");
        // Only the default comparer changes to a seeded hash when it meets with collisions.
        Assert.Same(EqualityComparer<string>.Default, everything.Dictionary.Comparer);
        Assert.Equal(keys.Length, member == "element" ? everything.Element.EnumerateObject().Count() : everything.Dictionary.Count);
    }

    [Theory]
    [InlineData("""{"array":[#0]}""", "0,")]
    [InlineData("""{"list":[#""]}""", "\"\",")]
    [InlineData("""{"bytes":"#"}""", "AAAA")]
    [InlineData("""{"element":[#0]}""", "0,")]
    public async Task J17_A_million_elements_are_refused_unless_the_limit_admits_them(string around, string element)
    {
        var message = around.Replace("#", string.Concat(Enumerable.Repeat(element, 1_000_000)), StringComparison.Ordinal);
        await using (var attack = await Attack.StartAsync())
            await attack.ClosesAsync(Encoding.UTF8.GetBytes($$"""{"channel":"everything","message":{{message}}}"""), 1009);
        await using (var attack = await Attack.StartAsync(Large))
            await attack.AcceptsMessageAsync<Everything>("everything", message);
    }

    [Theory]
    [InlineData("""{"string":"#"}""", "x", 4)]
    [InlineData("""{"string":"#"}""", @"\u0041", 4)]
    [InlineData("""{"bytes":"#"}""", "AAAA", 4)]
    [InlineData("""{"array":[#0]}""", "0,", 12)]
    [InlineData("""{"list":[#""]}""", "\"\",", 12)]
    [InlineData("""{"element":[#0]}""", "0,", 12)]
    [InlineData("""{"jagged":[#[]]}""", "[],", 24)]
    [InlineData("""{"readOnlyList":[#null]}""", """{"id":1},""", 24)]
    [InlineData("""{"dictionary":{#"":0}}""", "\"{0}\":0,", 24)]
    public void J17_A_message_takes_a_bounded_multiple_of_its_length_in_memory(string around, string element, int multiple)
    {
        var elements = string.Concat(Enumerable.Range(0, 5_000).Select(i => element.Replace("{0}", $"{i}", StringComparison.Ordinal)));
        var message = around.Replace("#", elements, StringComparison.Ordinal);
        var text = Encoding.UTF8.GetBytes($$"""{"channel":"everything","message":{{message}}}""");
        var allocated = AllocatedBy(ChannelDescriptors.Everything, text);
        Assert.InRange(allocated, 0, (long)multiple * text.Length);
    }

    [Fact]
    public async Task J19_A_megabyte_of_white_space_around_a_token_is_skipped()
    {
        await using var attack = await Attack.StartAsync(Large);
        var space = string.Concat(Enumerable.Repeat(" \t\r\n", 256 * 1024));
        await attack.AcceptsAsync<Say>($$$"""{{{space}}}{{{{space}}}"channel"{{{space}}}:{{{space}}}"say","message":{"text":"x"}}{{{space}}}""");
        await attack.AcceptsAsync<Say>($$$"""{"channel":"say","message":{"text"{{{space}}}:{{{space}}}"x"{{{space}}},"number"{{{space}}}:1{{{space}}}}}""");
        await attack.RefusesAsync(space, ConnectionErrors.InvalidJson);
        await attack.RefusesAsync($$"""{"channel":"say"{{space}}x}""", ConnectionErrors.InvalidJson);
    }

    [Fact]
    public void J19_White_space_costs_no_memory()
    {
        var space = new string(' ', 1024 * 1024);
        var wide = Encoding.UTF8.GetBytes($$$"""{"channel":{{{space}}}"say","message":{{{space}}}{"text":{{{space}}}"x"{{{space}}}}}""");
        Assert.Equal(AllocatedBy(ChannelDescriptors.Say, """{"channel":"say","message":{"text":"x"}}"""u8), AllocatedBy(ChannelDescriptors.Say, wide));
    }

    [Fact]
    public async Task J19_A_megabyte_of_escapes_is_read()
    {
        await using var attack = await Attack.StartAsync(Large);
        var escapes = string.Concat(Enumerable.Repeat(@"\u0041", 1024 * 1024));
        var say = await attack.AcceptsAsync<Say>($$$"""{"channel":"say","message":{"text":"{{{escapes}}}"}}""");
        Assert.Equal(new string('A', 1024 * 1024), say.Text);
        await attack.RefusesAsync($$"""{"channel":"{{escapes}}"}""", ConnectionErrors.UnknownChannel);
        await attack.AcceptsAsync<Say>($$$"""{"{{{escapes}}}":1,"channel":"say","message":{"{{{escapes}}}":1,"text":"x"}}""");
    }

    private static string Members(int count, string value, string end = "") =>
        string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":{value}")) + (count > 0 ? end : "");

    /// <summary>The bytes that reading the envelope and the message allocates, the first time left out: it sets up the types.</summary>
    private static long AllocatedBy<TMessage>(ChannelDescriptor<TMessage> channel, ReadOnlySpan<byte> text)
    {
        long allocated = 0;
        for (var i = 0; i < 3; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.True(EnvelopeReader.TryRead(text, out var received, out _, out _));
            _ = channel.Codec.Read(received.Message);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return allocated;
    }

    /// <summary>
    /// Texts of eight characters whose hashes are the same as long as the hash has no seed. It runs over pairs of characters in two
    /// lanes; the third pair undoes what the first has done to its lane.
    /// </summary>
    private static IEnumerable<string> Colliding()
    {
        for (var i = 0u; ; i++)
        {
            var first = ((0x4e00u + (i / 1000)) << 16) | (0x4e00u + (i % 1000));
            var third = 0x12345678u ^ Step(Step((5381u << 16) + 5381u) ^ first);
            char[] key = [(char)first, (char)(first >> 16), 'a', 'a', (char)third, (char)(third >> 16), 'a', 'a'];
            if (!key.Any(char.IsSurrogate))
                yield return new string(key);
        }

        static uint Step(uint hash) => uint.RotateLeft(hash, 5) + hash;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "GetNonRandomizedHashCode")]
    private static extern int SeedlessHash(string text);
}
