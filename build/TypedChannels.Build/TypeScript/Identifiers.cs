using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace TypedChannels.Build;

/// <summary>Names of C# as names of JavaScript.</summary>
internal static class Identifiers
{
    /// <summary>
    /// What no type, and no constant of a module, may be called: the words of JavaScript, and TypeScript's own types and modifiers.
    /// </summary>
    private static readonly HashSet<string> Reserved = new(
        ("abstract any arguments as async await bigint boolean break case catch class const constructor continue debugger declare default "
            + "delete do else enum eval export extends false finally for from function get if implements import in infer instanceof "
            + "interface is keyof let module namespace never new null number object of package private protected public readonly require return satisfies "
            + "set static string super switch symbol this throw true try type typeof undefined unique unknown using var void while with "
            + "yield __proto__").Split(' '),
        StringComparer.Ordinal);

    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>Whether a class of JavaScript, and a file, may be called so.</summary>
    public static bool IsName(string name) => name.Length > 0 && Of(name) == name && !IsReserved(name);

    /// <summary>The name without what C# allows and JavaScript does not.</summary>
    public static string Of(string name)
    {
        var letters = string.Concat(name.Where(c => c != '@').Select(c => IsPart(c) ? c : '_'));
        return letters.Length == 0 || char.IsDigit(letters[0]) ? "_" + letters : letters;
    }

    /// <summary>A full name as one: <c>App.Box&lt;string?&gt;</c> is <c>App_Box_stringNullable</c>.</summary>
    public static string OfFullName(string fullName)
    {
        var name = Of(fullName.Replace("[]", "Array").Replace("?", "Nullable"));
        while (name.Contains("__"))
            name = name.Replace("__", "_");
        return name.TrimEnd('_');
    }

    private static bool IsPart(char c) => c == '_' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.UppercaseLetter
        or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber or UnicodeCategory.DecimalDigitNumber
        or UnicodeCategory.NonSpacingMark
        or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation;
}
