using System.Text;
using CsCheck;
using TypedChannels.Json.Tests.Oracle;

namespace TypedChannels.Json.Tests;

/// <summary>The codecs that read and write directly, beside the metadata that counts where they refuse.</summary>
public sealed class CodecsAgreeWithMetadata
{
    public static TheoryData<string> Types => new(CodecCase.All.Select(c => c.Name));

    [Theory]
    [MemberData(nameof(Types))]
    public void Writes_the_same_bytes(string type)
    {
        foreach (var (codec, metadata) in CodecCase.Named(type).Written())
            Assert.Equal(metadata, codec);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_good_and_of_hostile_input(string type)
    {
        var found = CodecCase.Named(type);
        foreach (var text in found.Texts)
        {
            AssertSame(found, Encoding.UTF8.GetBytes(text));
            AssertSame(found, Spaced(text));
            foreach (var input in Mutations.Of(text))
                AssertSame(found, input);
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_a_change_of_any_byte(string type)
    {
        var found = CodecCase.Named(type);
        foreach (var text in found.Texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            for (var i = 0; i < bytes.Length; i++)
            {
                foreach (var other in "\"\\{}[],:0-9.eEtn /\u0001\u0080ÿ"u8)
                    AssertSame(found, [.. bytes[..i], other, .. bytes[(i + 1)..]]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_inputs_hostile_in_several_places(string type)
    {
        var found = CodecCase.Named(type);
        var single = found.Texts.SelectMany(Mutations.Of).ToArray();
        // Two hostile inputs are cut and joined anywhere.
        Gen.Select(Gen.Int[0, single.Length - 1], Gen.Int[0, single.Length - 1], Gen.Double[0, 1])
            .Sample(
                (first, second, part) =>
                {
                    var cut = (int)(part * single[first].Length);
                    AssertSame(found, [.. single[first][..cut], .. single[second][Math.Min(cut, single[second].Length)..]]);
                },
                iter: 2_000);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Makes_the_same_of_what_is_no_object(string type)
    {
        foreach (var text in new[] { "", " ", "null", "1", "\"x\"", "[]", "[{}]", "true", "{}", "{\"x\":1}", "{}{}", "\uFEFF{}", "{", "{\"", "{\"x", "{\"x\"", "{\"x\":", "{ ", "{,}" })
            AssertSame(CodecCase.Named(type), Encoding.UTF8.GetBytes(text));
    }

    [Theory]
    [InlineData(30)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(64)]
    [InlineData(10_000)]
    public void Makes_the_same_of_nesting(int depth)
    {
        var link = CodecCase.All.Single(c => c.Name.EndsWith(".Link", StringComparison.Ordinal));
        AssertSame(link, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"id\":1,\"next\":", depth)) + "null" + new string('}', depth)));
        AssertSame(link, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{ \"id\":1,\"next\":", depth)) + "null" + new string('}', depth)));
        // In a member that nobody reads.
        AssertSame(link, Encoding.UTF8.GetBytes("{\"id\":1,\"next\":null,\"x\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}"));
    }

    [Fact]
    public void Ordinary_records_go_directly() => Assert.Equal(
        ["All", "Callbacks", "Ignores"],
        CodecCase.All.Where(c => !c.IsDirect).Select(c => c.Name[(c.Name.LastIndexOf('.') + 1)..]).Order(StringComparer.Ordinal));

    private static byte[] Spaced(string text) => Encoding.UTF8.GetBytes(
        " \n" + text.Replace("\":", "\" :\t", StringComparison.Ordinal).Replace(",\"", " ,\r\n \"", StringComparison.Ordinal).Replace("}", " } ", StringComparison.Ordinal));

    private static void AssertSame(CodecCase type, ReadOnlySpan<byte> input)
    {
        var (codec, metadata) = type.Read(input);
        Assert.True(codec == metadata, $"{type.Name} of {Encoding.UTF8.GetString(input)}\ncodec:    {codec}\nmetadata: {metadata}");
    }
}
