using System.Globalization;
using System.Text;

namespace TypedChannels.Generators;

/// <summary>Names as they stand in JSON, and as C# literals.</summary>
internal static class DirectNames
{
    /// <summary>
    /// A name as metadata writes it: System.Text.Json escapes names when it makes the metadata, and so by its own encoder, not the wire's.
    /// </summary>
    public static string Escape(string name)
    {
        var escaped = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            switch (c)
            {
                case '\\':
                    escaped.Append("\\\\");
                    break;
                case '\b':
                    escaped.Append("\\b");
                    break;
                case '\t':
                    escaped.Append("\\t");
                    break;
                case '\n':
                    escaped.Append("\\n");
                    break;
                case '\f':
                    escaped.Append("\\f");
                    break;
                case '\r':
                    escaped.Append("\\r");
                    break;
                case < ' ' or > '~' or '"' or '&' or '\'' or '+' or '<' or '>' or '`':
                    escaped.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    break;
                default:
                    escaped.Append(c);
                    break;
            }
        }
        return escaped.ToString();
    }

    /// <summary>A literal of the text's UTF-8 bytes.</summary>
    public static string Utf8(string text) => LiteralOf(text) + "u8";

    /// <summary>A name with what stands around it: <c>{"name":</c>, <c>,"name":</c> or <c>"name":</c>.</summary>
    public static string Member(string before, string name) => Utf8(before + "\"" + Escape(name) + "\":");

    // A surrogate alone is no UTF-8, so the two of a pair must be one escape.
    private static string LiteralOf(string text)
    {
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogatePair(text, i))
            {
                var quoted = Literals.Quote(text.Substring(i, 1));
                literal.Append(quoted, 1, quoted.Length - 2);
                continue;
            }
            literal.Append("\\U").Append(char.ConvertToUtf32(text, i).ToString("X8", CultureInfo.InvariantCulture));
            i++;
        }
        return "\"" + literal + "\"";
    }
}
