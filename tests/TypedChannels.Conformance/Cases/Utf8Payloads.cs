using static TypedChannels.Conformance.CaseTable;

namespace TypedChannels.Conformance;

/// <summary>Text that is UTF-8, and text that is not, by what is special about it (RFC 3629).</summary>
internal static class Utf8Payloads
{
    private const string Greek = "cebae1bdb9cf83cebcceb5";

    /// <summary>One line a section: its number, its payloads, and which of them are valid.</summary>
    private static readonly (int Section, string Payloads, Func<int, bool> IsValid)[] Sections =
    [
        (5, $"68656c6c6f24776f726c64 68656c6c6fc2a2776f726c64 68656c6c6fe282ac776f726c64 68656c6c6ff0a4ada2776f726c64 {Greek}", _ => true),
        (6, string.Join(' ', Enumerable.Range(1, 11).Select(count => Greek[..(2 * count)])), number => number is 2 or 5 or 7 or 9 or 11),
        (7, "00 c280 e0a080 f0908080", _ => true),
        (8, "f888808080 fc8480808080", _ => false),
        (9, "7f dfbf efbfbf f48fbfbf", _ => true),
        (10, "f7bfbfbf fbbfbfbfbf fdbfbfbfbfbf", _ => false),
        (11, "ed9fbf ee8080 efbfbd f48fbfbf f4908080", number => number < 5),
        (12, $"80 bf 80bf 80bf80 80bf80bf 80bf80bf80 80bf80bf80bf {Range(0x80, 0xbe, "")}", _ => false),
        (13, $"{Range(0xc0, 0xde, "20")} {Range(0xe0, 0xee, "20")} {Range(0xf0, 0xf6, "20")} {Range(0xf8, 0xfa, "20")} {Range(0xfc, 0xfc, "20")}",
            _ => false),
        (14, string.Join(' ', CutSequences), _ => false),
        (15, string.Concat(CutSequences), _ => false),
        (16, "fe ff fefeffff", _ => false),
        (17, "c0af e080af f08080af f8808080af fc80808080af", _ => false),
        (18, "c1bf e09fbf f08fbfbf f887bfbfbf fc83bfbfbfbf", _ => false),
        (19, "c080 e08080 f0808080 f880808080 fc8080808080", _ => false),
        (20, "eda080 edadbf edae80 edafbf edb080 edbe80 edbfbf", _ => false),
        (21, "eda080edb080 eda080edbfbf edadbfedb080 edadbfedbfbf edae80edb080 edae80edbfbf edafbfedb080 edafbfedbfbf", _ => false),
        (22, $"efbfbe efbfbf {string.Join(' ', NonCharacters())}", _ => true),
        (23, "efbfb9 efbfba efbfbb efbfbc efbfbd efbfbe efbfbf", _ => true),
    ];

    public static IEnumerable<(string Id, byte[] Payload, bool IsValid)> All =>
        from section in Sections
        from one in section.Payloads.Split(' ').Select((hex, i) => (Hex: hex, Number: i + 1))
        select ($"6.{section.Section}.{one.Number}", Hex(one.Hex), section.IsValid(one.Number));

    // Their last byte is missing.
    private static string[] CutSequences =>
        ["c0", "e080", "f08080", "f8808080", "fc80808080", "df", "efbf", "f7bfbf", "fbbfbfbf", "fdbfbfbfbf"];

    private static string Range(int first, int last, string after) =>
        string.Concat(Enumerable.Range(first, last - first + 1).Select(value => $"{value:x2}{after}"));

    // U+1FFFE, U+1FFFF and so on up to U+10FFFF.
    private static IEnumerable<string> NonCharacters() =>
        from plane in Enumerable.Range(1, 16)
        from low in new[] { 0xfffe, 0xffff }
        select Convert.ToHexStringLower(Utf8(char.ConvertFromUtf32(plane << 16 | low)));
}
