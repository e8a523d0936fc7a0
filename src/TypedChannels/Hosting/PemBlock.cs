using System.Security.Cryptography;

namespace TypedChannels;

/// <summary>One block of PEM text (RFC 7468 §2).</summary>
/// <param name="Label">What it says that it is.</param>
/// <param name="Data">What it holds.</param>
internal readonly record struct PemBlock(string Label, byte[] Data)
{
    public bool IsPrivateKey => Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal);

    /// <exception cref="ServerException"><see cref="ServerErrors.InvalidCertificate"/>: there is none, or one is damaged.</exception>
    public static List<PemBlock> ReadAll(string option, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw PemCertificate.Invalid(option, "it is empty");
        var blocks = new List<PemBlock>();
        var rest = text.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            RequireNoBoundary(option, rest[..fields.Location.Start], blocks.Count);
            blocks.Add(new PemBlock(rest[fields.Label].ToString(), Convert.FromBase64String(rest[fields.Base64Data].ToString())));
            rest = rest[fields.Location.End..];
        }
        RequireNoBoundary(option, rest, blocks.Count);
        return blocks.Count > 0 ? blocks : throw PemCertificate.Invalid(option, "it is no PEM text; it takes the text itself, not a file's name");
    }

    // Text between blocks is a comment. A boundary there is that of a block that is no PEM, which the framework's readers pass over.
    private static void RequireNoBoundary(string option, ReadOnlySpan<char> between, int blocks)
    {
        if (between.Contains("-----BEGIN", StringComparison.Ordinal) || between.Contains("-----END", StringComparison.Ordinal))
            throw PemCertificate.Invalid(option, $"block number {blocks + 1} is damaged");
    }
}
