using System.Buffers;
using System.Text;

namespace TypedChannels.Tests.Wire;

/// <summary>Conformance 6.5–6.23: every payload, in hex, and whether it is valid.</summary>
internal static class Utf8Cases
{
    private const string Greek = "CEBAE1BDB9CF83CEBCCEB5";

    private static readonly string[] LastByteMissing =
        ["C0", "E080", "F08080", "F8808080", "FC80808080", "DF", "EFBF", "F7BFBF", "FBBFBFBF", "FDBFBFBFBF"];

    public static IEnumerable<(string Case, string Payload, bool IsValid)> All =>
    [
        .. Cases("6.5", true,
            "68656C6C6F24776F726C64", "68656C6C6FC2A2776F726C64", "68656C6C6FE282AC776F726C64", "68656C6C6FF0A4ADA2776F726C64", Greek),
        .. Enumerable.Range(1, 11).Select(i => ($"6.6.{i}", Greek[..(2 * i)], i is 2 or 5 or 7 or 9 or 11)),
        .. Cases("6.7", true, "00", "C280", "E0A080", "F0908080"),
        .. Cases("6.8", false, "F888808080", "FC8480808080"),
        .. Cases("6.9", true, "7F", "DFBF", "EFBFBF", "F48FBFBF"),
        .. Cases("6.10", false, "F7BFBFBF", "FBBFBFBFBF", "FDBFBFBFBFBF"),
        .. Cases("6.11.1-4", true, "ED9FBF", "EE8080", "EFBFBD", "F48FBFBF"),
        .. Cases("6.11.5", false, "F4908080"),
        .. Cases("6.12", false, "80", "BF", "80BF", "80BF80", "80BF80BF", "80BF80BF80", "80BF80BF80BF", Bytes(0x80, 0xBE, "")),
        .. Cases("6.13", false, Bytes(0xC0, 0xDE, "20"), Bytes(0xE0, 0xEE, "20"), Bytes(0xF0, 0xF6, "20"), Bytes(0xF8, 0xFA, "20"), "FC20"),
        .. Cases("6.14", false, LastByteMissing),
        .. Cases("6.15", false, string.Concat(LastByteMissing)),
        .. Cases("6.16", false, "FE", "FF", "FEFEFFFF"),
        .. Cases("6.17", false, "C0AF", "E080AF", "F08080AF", "F8808080AF", "FC80808080AF"),
        .. Cases("6.18", false, "C1BF", "E09FBF", "F08FBFBF", "F887BFBFBF", "FC83BFBFBFBF"),
        .. Cases("6.19", false, "C080", "E08080", "F0808080", "F880808080", "FC8080808080"),
        .. Cases("6.20", false, "EDA080", "EDADBF", "EDAE80", "EDAFBF", "EDB080", "EDBE80", "EDBFBF"),
        .. Cases("6.21", false,
            "EDA080EDB080", "EDA080EDBFBF", "EDADBFEDB080", "EDADBFEDBFBF", "EDAE80EDB080", "EDAE80EDBFBF", "EDAFBFEDB080", "EDAFBFEDBFBF"),
        .. Cases("6.22", true, ["EFBFBE", "EFBFBF", .. NonCharacters()]),
        .. Cases("6.23", true, "EFBFB9", "EFBFBA", "EFBFBB", "EFBFBC", "EFBFBD", "EFBFBE", "EFBFBF"),
    ];

    /// <summary>The number (from 1) of the first byte after which no text can be valid; null if there is none.</summary>
    /// <remarks>The last sequence may then still be cut.</remarks>
    public static int? FirstBadByte(ReadOnlySpan<byte> bytes)
    {
        var sequence = 0;
        for (var count = 1; count <= bytes.Length; count++)
        {
            switch (Rune.DecodeFromUtf8(bytes[sequence..count], out _, out _))
            {
                case OperationStatus.Done:
                    sequence = count;
                    break;
                case OperationStatus.InvalidData:
                    return count;
            }
        }
        return null;
    }

    private static IEnumerable<(string, string, bool)> Cases(string group, bool isValid, params string[] payloads) =>
        payloads.Select((payload, i) => ($"{group}.{i + 1}", payload, isValid));

    private static string Bytes(int first, int last, string after) =>
        string.Concat(Enumerable.Range(first, last - first + 1).Select(b => $"{b:X2}{after}"));

    // The last two code points of each plane beyond the first.
    private static IEnumerable<string> NonCharacters() =>
        from plane in Enumerable.Range(1, 16)
        from last in new[] { 0xFFFE, 0xFFFF }
        select Convert.ToHexString(Encoding.UTF8.GetBytes(char.ConvertFromUtf32((plane << 16) | last)));
}
