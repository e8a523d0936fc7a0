using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace TypedChannels;

/// <summary>Escapes only what JSON requires: <c>"</c>, <c>\</c> and the control characters up to U+001F (RFC 8259 §7).</summary>
/// <remarks>
/// System.Text.Json's own relaxed encoder still escapes what lies outside the Basic Multilingual Plane, and thousands of characters within.
/// What is no text (a lone surrogate, an ill-formed byte) becomes U+FFFD. Safe for concurrent use.
/// </remarks>
internal sealed unsafe class WireEncoder : JavaScriptEncoder
{
    public static readonly WireEncoder Instance = new();

    private const string Escaped =
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F";

    // Nothing but ASCII: that is what lets both searches run vectorised. Surrogates among them would cost the char search that.
    public static readonly SearchValues<char> EscapedUtf16 = SearchValues.Create(Escaped);
    public static readonly SearchValues<byte> EscapedUtf8 = SearchValues.Create(Encoding.ASCII.GetBytes(Escaped));

    // The longest is \u0000.
    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var all = new ReadOnlySpan<char>(text, textLength);
        var escaped = all.IndexOfAny(EscapedUtf16);
        var lone = IndexOfLoneSurrogate(escaped < 0 ? all : all[..escaped]);
        return lone >= 0 ? lone : escaped;
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        var escaped = utf8Text.IndexOfAny(EscapedUtf8);
        var clean = escaped < 0 ? utf8Text : utf8Text[..escaped];
        return Utf8.IsValid(clean) ? escaped : IndexOfIllFormedByte(clean);
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        // The base class asks for U+FFFD in place of what is no text. That is not escaped either.
        if (!WillEncode(unicodeScalar))
            return new Rune(unicodeScalar).TryEncodeToUtf16(output, out numberOfCharactersWritten);
        ReadOnlySpan<char> escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\f' => "\\f",
            '\r' => "\\r",
            _ => ['\\', 'u', '0', '0', unicodeScalar < 0x10 ? '0' : '1', "0123456789ABCDEF"[unicodeScalar & 0xF]],
        };
        var fits = escape.TryCopyTo(output);
        numberOfCharactersWritten = fits ? escape.Length : 0;
        return fits;
    }

    private static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var start = 0; ; start += 2)
        {
            var found = text[start..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (found < 0)
                return -1;
            start += found;
            if (start + 1 == text.Length || !char.IsSurrogatePair(text[start], text[start + 1]))
                return start;
        }
    }

    private static int IndexOfIllFormedByte(ReadOnlySpan<byte> utf8Text)
    {
        var start = 0;
        while (Rune.DecodeFromUtf8(utf8Text[start..], out _, out var byteCount) == OperationStatus.Done)
            start += byteCount;
        return start;
    }
}
