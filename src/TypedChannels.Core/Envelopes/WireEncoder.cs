using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace TypedChannels;

/// <summary>Escapes only what JSON requires: <c>"</c>, <c>\</c> and the control characters (RFC 8259 §7).</summary>
/// <remarks>
/// System.Text.Json's own relaxed encoder still escapes characters outside the Basic Multilingual Plane, and thousands within.
/// </remarks>
internal sealed unsafe class WireEncoder : JavaScriptEncoder
{
    public static readonly WireEncoder Instance = new();

    private static readonly SearchValues<byte> Utf8ToEscape = SearchValues.Create([.. Escaped.Select(c => (byte)c)]);
    private static readonly SearchValues<char> Utf16ToEscape = SearchValues.Create([.. Escaped, .. Surrogates]);

    private static IEnumerable<char> Escaped => [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\'];

    // Well-formed pairs are passed, lone ones replaced; both are found first, and told apart by the base class.
    private static IEnumerable<char> Surrogates => Enumerable.Range(0xD800, 0x800).Select(c => (char)c);

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text)
    {
        // The base class would also stop at ill-formed bytes. None can come: strings are transcoded before they are escaped.
        return utf8Text.IndexOfAny(Utf8ToEscape);
    }

    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        var start = 0;
        while (true)
        {
            var found = span[start..].IndexOfAny(Utf16ToEscape);
            if (found < 0)
                return -1;
            start += found;
            // A well-formed pair goes as it is.
            if (start + 1 < span.Length && char.IsSurrogatePair(span[start], span[start + 1]))
            {
                start += 2;
                continue;
            }
            return start;
        }
    }

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar))
            return new Rune(unicodeScalar).TryEncodeToUtf16(output, out numberOfCharactersWritten);
        var shorthand = unicodeScalar switch
        {
            '"' => '"', '\\' => '\\', '\b' => 'b', '\f' => 'f', '\n' => 'n', '\r' => 'r', '\t' => 't', _ => '\0',
        };
        if (shorthand != '\0')
        {
            numberOfCharactersWritten = 2;
            return "\\".TryCopyTo(output) && output.Length >= 2 && (output[1] = shorthand) != '\0' || Fail(out numberOfCharactersWritten);
        }
        numberOfCharactersWritten = 6;
        return "\\u00".TryCopyTo(output) && unicodeScalar.TryFormat(output[4..], out var digits, "X2") && digits == 2
            || Fail(out numberOfCharactersWritten);
    }

    private static bool Fail(out int written)
    {
        written = 0;
        return false;
    }
}
