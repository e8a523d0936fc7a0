using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators;

/// <summary>Makes names into C# identifiers.</summary>
internal static class Identifiers
{
    /// <summary>Marks a keyword with <c>@</c>. Contextual ones too: <c>record</c> or <c>required</c> cannot name a type without.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>Whether a name is an identifier, keyword or not, that the compiler takes as it is written.</summary>
    public static bool IsValid(string name) =>
        // The compiler drops formatting characters, so that two names that differ only there would be one.
        SyntaxFacts.IsValidIdentifier(name) && !name.Any(IsDropped);

    /// <summary>A namespace out of a dotted name in which anything may stand, as an assembly's name.</summary>
    public static string ToNamespace(string dotted) => string.Join(".", dotted.Split('.').Select(ToIdentifier));

    /// <summary>Eight hexadecimal digits that tell two names apart (FNV-1a; <c>string.GetHashCode</c> differs from run to run).</summary>
    public static string Hash(string text) => HashCode(text).ToString("x8", CultureInfo.InvariantCulture);

    public static uint HashCode(string text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = unchecked((hash ^ c) * 16777619u);
        return hash;
    }

    private static bool IsDropped(char c) => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static string ToIdentifier(string part)
    {
        var name = new StringBuilder();
        foreach (var c in part)
            name.Append(SyntaxFacts.IsIdentifierPartCharacter(c) && !IsDropped(c) ? c : '_');
        if (name.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(name[0]))
            name.Insert(0, '_');
        return Escape(name.ToString());
    }
}
