using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace TypedChannels.Build;

/// <summary>Writes text of the user's so that it stays text: in a string, as a member's name, in a comment.</summary>
internal static class Literals
{
    /// <summary>A string literal of JavaScript.</summary>
    public static string Quote(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\')
                literal.Append('\\').Append(c);
            else if (IsInvisible(c))
                literal.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                literal.Append(c);
        }
        return literal.Append('"').ToString();
    }

    /// <summary>A member's name in an interface: quoted, unless it is plainly a name.</summary>
    public static string Member(string name) => IsPlain(name) ? name : Quote(name);

    /// <summary>The lines of a doc comment; none without text.</summary>
    public static IEnumerable<string> Comment(params string?[] paragraphs)
    {
        var lines = paragraphs.Where(p => !string.IsNullOrWhiteSpace(p)).SelectMany(p => p!.Split('\n')).Select(CommentLine).ToList();
        if (lines.Count == 0)
            return [];
        return lines.Count == 1 ? [$"/** {lines[0]} */"] : ["/**", .. lines.Select(line => " * " + line), " */"];
    }

    /// <summary>Text that neither ends the comment nor turns its direction; an @ would begin a tag.</summary>
    private static string CommentLine(string text)
    {
        var plain = new string([.. text.Where(c => !IsInvisible(c))]).Replace("*/", "*\\/").Trim();
        return plain.Length > 0 && plain[0] == '@' ? "\\" + plain : plain;
    }

    private static bool IsPlain(string name) =>
        name.Length > 0 && name[0] is not (>= '0' and <= '9')
        && name.All(c => c is '_' or '$' or (>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'));

    private static bool IsInvisible(char c) => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
