using System.Globalization;
using System.Text;

namespace TypedChannels.Generators;

/// <summary>Turns a C# name into a JSON name as System.Text.Json's policies do, without any culture.</summary>
internal static class JsonNaming
{
    public static string Convert(string name, JsonNamingPolicyKind policy) => policy switch
    {
        JsonNamingPolicyKind.CamelCase => CamelCase(name),
        JsonNamingPolicyKind.SnakeCaseLower => Separated(name, '_', upper: false),
        JsonNamingPolicyKind.SnakeCaseUpper => Separated(name, '_', upper: true),
        JsonNamingPolicyKind.KebabCaseLower => Separated(name, '-', upper: false),
        JsonNamingPolicyKind.KebabCaseUpper => Separated(name, '-', upper: true),
        _ => name,
    };

    /// <summary>
    /// Lowers the capitals at the start, but the last of several if something follows it: <c>IOStream</c> becomes <c>ioStream</c>.
    /// </summary>
    private static string CamelCase(string name)
    {
        var capitals = 0;
        while (capitals < name.Length && char.IsUpper(name[capitals]))
            capitals++;
        if (capitals > 1 && capitals < name.Length)
            capitals--;
        return name.Substring(0, capitals).ToLowerInvariant() + name.Substring(capitals);
    }

    /// <summary>
    /// Puts the separator before a capital that follows a small letter or a digit, or that is the last of a run and begins a word.
    /// </summary>
    private static string Separated(string name, char separator, bool upper)
    {
        var result = new StringBuilder(name.Length + 8);
        var previous = UnicodeCategory.OtherNotAssigned;
        for (var i = 0; i < name.Length; i++)
        {
            var category = char.GetUnicodeCategory(name[i]);
            if (category == UnicodeCategory.UppercaseLetter && BeginsWord(previous, i))
                result.Append(separator);
            result.Append(category switch
            {
                UnicodeCategory.UppercaseLetter when !upper => char.ToLowerInvariant(name[i]),
                UnicodeCategory.LowercaseLetter when upper => char.ToUpperInvariant(name[i]),
                _ => name[i],
            });
            previous = category;
        }

        return result.ToString();

        bool BeginsWord(UnicodeCategory before, int i) => before switch
        {
            UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber => true,
            UnicodeCategory.UppercaseLetter =>
                i + 1 < name.Length && char.GetUnicodeCategory(name[i + 1]) == UnicodeCategory.LowercaseLetter,
            _ => false,
        };
    }
}
