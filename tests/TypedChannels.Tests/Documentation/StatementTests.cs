namespace TypedChannels.Tests.Documentation;

/// <summary>Each promise of the pages that say so names the tests that hold it.</summary>
public class StatementTests
{
    private static readonly (string Page, string Row, string Tests)[] Rows =
        [.. new[] { "docs/contract.md", "docs/wire.md", "docs/hosting.md", "docs/client.md", "CONTRIBUTING.md" }.SelectMany(RowsOf)];

    public static TheoryData<string, string> EachRow => [.. Rows.Select(row => (row.Page, row.Row))];

    [Theory]
    [MemberData(nameof(EachRow))]
    public void Row_names_tests_that_exist(string page, string row)
    {
        var cell = Assert.Single(Rows, each => each.Page == page && each.Row == row).Tests;
        var names = WrittenTests.NamedIn(cell);
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(WrittenTests.All.Contains(name), $"There is no test {name}."));
        // Nothing else stands there that only looks like a name.
        Assert.Equal(string.Join(' ', names.Select(name => $"`{name}`")), cell);
    }

    [Theory]
    [InlineData("docs/contract.md", 40)]
    [InlineData("docs/wire.md", 40)]
    [InlineData("docs/hosting.md", 30)]
    [InlineData("docs/client.md", 15)]
    [InlineData("CONTRIBUTING.md", 21)]
    public void Page_has_its_rows(string page, int least) => Assert.True(Rows.Count(row => row.Page == page) >= least);

    /// <summary>Of each table whose last column is called test: all cells but the last, and the last.</summary>
    private static IEnumerable<(string Page, string Row, string Tests)> RowsOf(string page)
    {
        var isHeld = false;
        foreach (var line in File.ReadLines(Repository.PathTo(page)))
        {
            if (!line.StartsWith("| ", StringComparison.Ordinal))
            {
                isHeld &= line.StartsWith("|--", StringComparison.Ordinal);
                continue;
            }
            var end = line.LastIndexOf(" | ", StringComparison.Ordinal);
            var (row, tests) = (line[2..end], line[(end + 3)..].TrimEnd(' ', '|'));
            if (isHeld)
                yield return (page, row, tests);
            isHeld |= tests == "test";
        }
    }
}
