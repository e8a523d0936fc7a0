using System.Globalization;
using System.Text.RegularExpressions;

namespace TypedChannels.Tests.Hostile;

/// <summary>The texts in the files beside this one, by their names. Their README tells how they are written.</summary>
internal static partial class JsonTexts
{
    private static readonly string Folder = Repository.PathTo("tests", "TypedChannels.Tests", "Hostile", "Json");

    public static IReadOnlyDictionary<string, byte[]> Accept { get; } = Read("accept.txt");

    public static IReadOnlyDictionary<string, byte[]> Refuse { get; } = Read("refuse.txt");

    public static IReadOnlyDictionary<string, byte[]> Either { get; } = Read("either.txt");

    /// <summary>Compares with the file, or writes it where the environment says <c>ACCEPT_SNAPSHOTS=1</c>.</summary>
    public static void VerifyEither(string table)
    {
        var file = Path.Combine(Folder, "either.verified.txt");
        if (Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllText(file, table);
        Assert.Equal(File.ReadAllText(file), table);
    }

    private static OrderedDictionary<string, byte[]> Read(string file)
    {
        var texts = new OrderedDictionary<string, byte[]>();
        foreach (var line in File.ReadLines(Path.Combine(Folder, file)))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            // One space after the colon is the file's, not the text's.
            texts.Add(line[..colon], Decode(line[Math.Min(colon + 2, line.Length)..]));
        }
        return texts;
    }

    private static byte[] Decode(string text)
    {
        text = Repetition.Replace(text, match =>
            string.Concat(Enumerable.Repeat(match.Groups[2].Value, int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))));
        using var bytes = new MemoryStream(text.Length);
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var isEscaped = rest[0] == '%';
            bytes.WriteByte(isEscaped ? byte.Parse(rest[1..3], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : checked((byte)rest[0]));
            rest = rest[(isEscaped ? 3 : 1)..];
        }
        return bytes.ToArray();
    }

    [GeneratedRegex(@"%\((\d+):([^)]*)\)")]
    private static partial Regex Repetition { get; }
}
