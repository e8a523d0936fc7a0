using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace TypedChannels.Fuzz.Engine;

/// <summary>Inputs as files: <c>.hex</c> is hexadecimal with comments after <c>#</c>, everything else is the bytes themselves.</summary>
internal static partial class CorpusFiles
{
    public static string SeedFolder(string target) => Path.Combine(AppContext.BaseDirectory, "Corpus", target);

    /// <summary>All files of a folder in the order of their names; none where there is no folder.</summary>
    public static IEnumerable<string> In(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];

    public static byte[] Read(string path)
    {
        if (Path.GetExtension(path) != ".hex")
            return File.ReadAllBytes(path);
        var text = string.Concat(File.ReadLines(path).Select(line => line.Split('#')[0]));
        return Convert.FromHexString(WhiteSpace().Replace(text, ""));
    }

    /// <summary>Writes an input under its hash.</summary>
    /// <returns>The file.</returns>
    public static string Write(string folder, byte[] input)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(input))[..16] + ".bin");
        File.WriteAllBytes(path, input);
        return path;
    }

    [GeneratedRegex(@"\s")]
    private static partial Regex WhiteSpace();
}
