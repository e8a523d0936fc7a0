using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using CsCheck;

namespace TypedChannels.Tests.Envelopes;

[Trait("RFC", "8259 §7")]
public class WireEncoderTests
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = WireEncoder.Instance };

    // Every char value, so that surrogates stand alone as often as not.
    private static readonly Gen<string> AnyChars =
        Gen.OneOf(Gen.Char, Gen.Char['\uD800', '\uDFFF'], Gen.Char['\u0000', '\u007F']).Array[0, 40].Select(chars => new string(chars));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("\"", "\\\"")]
    [InlineData("\\", "\\\\")]
    [InlineData("\b\t\n\f\r", "\\b\\t\\n\\f\\r")]
    [InlineData("\u0000\u0001\u000B\u0010\u001F", "\\u0000\\u0001\\u000B\\u0010\\u001F")]
    [InlineData("é ß 漢", "é ß 漢")]
    [InlineData("🙂👩‍👩‍👧", "🙂👩‍👩‍👧")]
    [InlineData("<a href='/'>&+`</a>", "<a href='/'>&+`</a>")]
    [InlineData("\u2028\u2029\u007F\u0080\u00A0\uFEFF\uFFFF", "\u2028\u2029\u007F\u0080\u00A0\uFEFF\uFFFF")]
    [InlineData("long enough for the vectors 🙂 and then \" 🙂", "long enough for the vectors 🙂 and then \\\" 🙂")]
    public void Escapes_only_what_JSON_requires(string text, string expected)
    {
        Assert.Equal(expected, WireEncoder.Instance.Encode(text));
        Assert.Equal($"\"{expected}\"", Encoding.UTF8.GetString(WriteChars(text)));
        Assert.Equal($"\"{expected}\"", Encoding.UTF8.GetString(WriteBytes(Encoding.UTF8.GetBytes(text))));
    }

    [Fact]
    public void Escapes_exactly_34_of_all_scalar_values()
    {
        var bytes = new byte[4];
        var chars = new char[2];
        var escapedCount = 0;
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.TryCreate(value, out var rune))
                continue;
            var utf8 = bytes.AsSpan(0, rune.EncodeToUtf8(bytes));
            var utf16 = chars.AsSpan(0, rune.EncodeToUtf16(chars));
            var isEscaped = value < 0x20 || value == '"' || value == '\\';
            var first = isEscaped ? 0 : -1;
            if (WireEncoder.Instance.WillEncode(value) != isEscaped
                || WireEncoder.Instance.FindFirstCharacterToEncodeUtf8(utf8) != first
                || FindFirst(utf16) != first)
                Assert.Fail($"U+{value:X4}");
            escapedCount += isEscaped ? 1 : 0;
        }
        Assert.Equal(34, escapedCount);
    }

    [Fact]
    public void Agrees_with_the_parser_on_every_scalar_value()
    {
        // Each between letters, so that what is written of it ends where it should.
        var all = new StringBuilder();
        for (var value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.TryCreate(value, out var rune))
                continue;
            all.Append('a').Append(rune.ToString()).Append('b');
            if (value % 64 != 63)
                continue;
            AssertReadBack(all.ToString());
            all.Clear();
        }
    }

    [Fact]
    public void Agrees_with_the_parser_on_random_text() => Gen.String.Sample(text => AssertReadBack(Replace(text)));

    [Fact]
    public void Replaces_lone_surrogates_with_U_FFFD()
    {
        foreach (var text in (string[])["\uD800", "a\uDC00", "\uDC00\uD800", "\uD800\"", "\uD83D\uD83D\uDE42", "🙂\uD83D", "\uDE42🙂"])
            Assert.Equal(Replace(text), JsonSerializer.Deserialize<string>(WriteChars(text)));
        AnyChars.Sample(text =>
        {
            var written = WriteChars(text);
            Assert.True(Utf8.IsValid(written));
            Assert.Equal(Replace(text), JsonSerializer.Deserialize<string>(written));
            Assert.Equal(Replace(text), JsonSerializer.Deserialize<string>(JsonSerializer.SerializeToUtf8Bytes(text, Options)));
        });
    }

    [Fact]
    public void Writes_nothing_that_is_not_UTF_8()
    {
        Gen.Byte.Array[0, 60].Sample(bytes =>
        {
            var written = WriteBytes(bytes);
            Assert.True(Utf8.IsValid(written));
            Assert.Equal(Encoding.UTF8.GetString(bytes), JsonSerializer.Deserialize<string>(written));
        });
    }

    [Fact]
    public void Agrees_with_the_parser_on_property_names()
    {
        AnyChars.Sample(name =>
        {
            var written = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, int> { [name] = 1 }, Options);
            var read = JsonSerializer.Deserialize<Dictionary<string, int>>(written);
            Assert.Equal([Replace(name)], read!.Keys);
        });
    }

    [Fact]
    public void Says_when_there_is_no_room()
    {
        var whole = WireEncoder.Instance.Encode("\"\u0001é🙂");
        for (var length = 0; length <= whole.Length; length++)
        {
            var output = new char[length];
            var status = WireEncoder.Instance.Encode("\"\u0001é🙂", output, out _, out var written);
            Assert.Equal(length == whole.Length ? OperationStatus.Done : OperationStatus.DestinationTooSmall, status);
            Assert.StartsWith(new string(output, 0, written), whole, StringComparison.Ordinal);
        }
    }

    private static void AssertReadBack(string text)
    {
        Assert.Equal(text, JsonSerializer.Deserialize<string>(WriteChars(text)));
        Assert.Equal(text, JsonSerializer.Deserialize<string>(WriteBytes(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(text, JsonSerializer.Deserialize<string>(JsonSerializer.SerializeToUtf8Bytes(text, Options)));
    }

    private static string Replace(string text) => string.Concat(text.EnumerateRunes());

    private static byte[] WriteChars(string text) => Write(writer => writer.WriteStringValue(text));

    private static byte[] WriteBytes(byte[] utf8Text) => Write(writer => writer.WriteStringValue(utf8Text));

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = WireEncoder.Instance });
        write(writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private static unsafe int FindFirst(ReadOnlySpan<char> text)
    {
        fixed (char* start = text)
            return WireEncoder.Instance.FindFirstCharacterToEncode(start, text.Length);
    }
}
