using System.Globalization;
using System.Text;

namespace TypedChannels.Generators;

/// <summary>Writes text of the user's so that it stays text: in a string literal, in a doc comment.</summary>
internal static class Literals
{
    /// <summary>A string literal in ASCII.</summary>
    public static string Quote(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~')
                literal.Append(c);
            else
                literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
        return literal.Append('"').ToString();
    }

    /// <summary>Text of an XML doc comment. Some characters would end the comment's line, turn its direction, or be no XML.</summary>
    public static string Xml(string text)
    {
        var xml = new StringBuilder();
        foreach (var c in text)
        {
            xml.Append(c switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '\ufffe' or '\uffff' => "\ufffd",
                _ when IsInvisible(c) => "&#x" + ((int)c).ToString("x", CultureInfo.InvariantCulture) + ";",
                _ => c.ToString(),
            });
        }
        return xml.ToString();
    }

    private static bool IsInvisible(char c) =>
        CharUnicodeInfo.GetUnicodeCategory(c)
            is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
