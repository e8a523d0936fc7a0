namespace TypedChannels;

/// <summary>Makes text that a peer may have written fit for a line of the log.</summary>
internal static class LogText
{
    private const int MaxLength = 200;

    /// <summary>The text's front, in printable ASCII: a line break, an escape or a look-alike may deceive who reads the log.</summary>
    public static string Printable(string text) => string.Concat(text.Take(MaxLength).Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
