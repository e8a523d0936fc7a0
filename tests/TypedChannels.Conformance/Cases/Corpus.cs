using System.Globalization;
using System.Text;

namespace TypedChannels.Conformance;

/// <summary>Data to compress, about 190 KB of each kind, the same in each run. Text is ASCII, so that it can be cut anywhere.</summary>
internal static class Corpus
{
    private const int Size = 194_056;

    private static readonly string[] Words =
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei noch wie über so zum war haben nur oder aber vor zur bis mehr durch man sein wurde kann gegen vom können schon wenn habe seine ihre dann unter wir soll ich eines Jahr zwei Jahren diese dieser wieder keine Uhr seiner worden will zwischen immer Haus Wasser Garten Straße Abend Licht Fenster Stimme Brücke Wagen"
            .Split(' ');

    public static byte[] Json { get; } = Fill(random => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"id":{{random.Next()}},"user":"user{{random.Next(400)}}","at":"2026-0{{random.Next(1, 10)}}-1{{random.Next(10)}}T12:00:00Z","tags":["a{{random.Next(9)}}","news"],"score":{{random.NextDouble():0.000}},"seen":{{(random.Next(2) == 0 ? "true" : "false")}}},{{"\n"}}"""));

    public static byte[] Html { get; } = Fill(random =>
        $"<tr class=\"row{random.Next(2)}\"><td><a href=\"/items/{random.Next(5000)}\">Item {random.Next(5000)}</a></td><td>{random.Next(100)} pieces</td></tr>\n");

    public static byte[] Prose { get; } = Fill(random => Words[(int)(Words.Length * Math.Pow(random.NextDouble(), 2))] + (random.Next(12) == 0 ? ". " : " "));

    /// <summary>Rows of pixels that change slowly.</summary>
    public static byte[] Bitmap { get; } = MakeBitmap();

    /// <summary>What cannot be compressed.</summary>
    public static byte[] Noise { get; } = MakeNoise();

    private static byte[] Fill(Func<Random, string> next)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        while (text.Length < Size)
            text.Append(next(random));
        return Encoding.UTF8.GetBytes(text.ToString())[..Size];
    }

    private static byte[] MakeBitmap()
    {
        var random = new Random(2);
        var bytes = new byte[Size];
        for (var i = 1; i < bytes.Length; i++)
            bytes[i] = (byte)(random.Next(6) == 0 ? bytes[i - 1] + random.Next(-2, 3) : bytes[i - 1]);
        return bytes;
    }

    private static byte[] MakeNoise()
    {
        var bytes = new byte[Size];
        new Random(3).NextBytes(bytes);
        return bytes;
    }
}
