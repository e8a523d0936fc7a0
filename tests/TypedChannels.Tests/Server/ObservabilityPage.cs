namespace TypedChannels.Tests.Server;

/// <summary>The tables of docs/observability.md, which say what the server tells.</summary>
internal static class ObservabilityPage
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.PathTo("docs", "observability.md"));

    /// <summary>The rows of the table whose first column is so named, each as its cells.</summary>
    public static string[][] Table(string firstColumn) =>
    [
        .. Lines
            .SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray()),
    ];

    /// <summary>What stands in a cell as code.</summary>
    public static string[] Code(string cell) => [.. cell.Split('`').Where((_, i) => i % 2 == 1)];
}
