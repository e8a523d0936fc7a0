using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TypedChannels;

public ref partial struct DirectReader
{
    private enum TextForm
    {
        /// <summary>ASCII without escapes.</summary>
        Plain,
        Utf8,
        Escaped,
    }

    /// <summary>Takes a string.</summary>
    /// <param name="value">The string.</param>
    /// <returns>Whether a string came, and its text is well-formed.</returns>
    public bool TryReadString(out string value)
    {
        value = "";
        if (!TryReadRaw(out var raw, out var form))
            return false;
        if (form == TextForm.Escaped)
            return TryUnescapeString(raw, ref value);
        if (form == TextForm.Plain)
            value = Encoding.Latin1.GetString(raw);
        else if (Utf8.IsValid(raw))
            value = Encoding.UTF8.GetString(raw);
        else
            return false;
        return true;
    }

    /// <summary>Takes a string that is to be compared, not kept.</summary>
    /// <param name="text">The string in UTF-8, unescaped; valid until the next call.</param>
    /// <returns>Whether a string came, its text is well-formed, and it is short if it has escapes.</returns>
    public bool TryReadText(out ReadOnlySpan<byte> text)
    {
        if (!TryReadRaw(out text, out var form))
            return false;
        if (form == TextForm.Escaped)
        {
            if (text.Length > _scratch.Length || !JsonEscapes.TryUnescape(text, _scratch, out var length))
                return false;
            text = _scratch[..length];
        }
        return form == TextForm.Plain || Utf8.IsValid(text);
    }

    /// <summary>A string's bytes without the quotes, still escaped.</summary>
    private bool TryReadRaw(out ReadOnlySpan<byte> raw, out TextForm form)
    {
        raw = default;
        form = TextForm.Plain;
        if (!TryPeek(out var next) || next != '"')
            return false;
        var rest = _text[(_position + 1)..];
        var length = JsonEscapes.PlainLength(rest);
        if ((uint)length >= (uint)rest.Length)
            return false;
        if (rest[length] != '"' && !TryFindEnd(rest, ref length, out form))
            return false;
        raw = rest[..length];
        _position += length + 2;
        return true;
    }

    private static bool TryFindEnd(ReadOnlySpan<byte> rest, ref int length, out TextForm form)
    {
        form = TextForm.Utf8;
        while (length < rest.Length)
        {
            var found = rest[length..].IndexOfAny(WireEncoder.EscapedUtf8);
            if (found < 0)
                return false;
            length += found;
            if (rest[length] == '"')
                return true;
            if (rest[length] != '\\')
                return false;
            form = TextForm.Escaped;
            // What follows the backslash, which may be a quote, is looked at when it is unescaped.
            length += 2;
        }
        return false;
    }

    private readonly bool TryUnescapeString(ReadOnlySpan<byte> raw, ref string value)
    {
        var rented = raw.Length > _scratch.Length ? ArrayPool<byte>.Shared.Rent(raw.Length) : null;
        var unescaped = rented is null ? _scratch : rented;
        var isGood = JsonEscapes.TryUnescape(raw, unescaped, out var length) && Utf8.IsValid(unescaped[..length]);
        if (isGood)
            value = Encoding.UTF8.GetString(unescaped[..length]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return isGood;
    }
}
