using System.Text.RegularExpressions;

namespace TypedChannels.Tests.Hostile;

/// <summary>The table of the documentation says what is tested, and is right.</summary>
public partial class TableTests
{
    private static readonly (char Section, int Count)[] Sections = [('H', 25), ('F', 30), ('C', 11), ('J', 25), ('P', 10), ('R', 11)];

    private static readonly Dictionary<string, string> Rows = File.ReadLines(Repository.PathTo("docs", "hostile-inputs.md"))
        .Select(line => Row().Match(line))
        .Where(match => match.Success)
        .ToDictionary(match => match.Groups["row"].Value, match => match.Groups["test"].Value);

    private static readonly string[] Own = [.. WrittenTests.MethodsIn("tests", "TypedChannels.Tests", "Hostile")];

    public static TheoryData<string> EachRow => [.. Rows.Keys];

    [Fact]
    public void No_row_is_missing() => Assert.Equal(
        Sections.SelectMany(section => Enumerable.Range(1, section.Count).Select(i => $"{section.Section}-{i:00}")),
        Rows.Keys);

    [Theory]
    [MemberData(nameof(EachRow))]
    public void Row_names_a_test_that_exists_or_says_what_stands_in_its_place(string row)
    {
        var names = WrittenTests.NamedIn(Rows[row]);
        Assert.All(names, name => Assert.True(name.Contains('.') ? WrittenTests.All.Contains(name) : Own.Contains(name), $"There is no test {name}."));
        Assert.True(names.Length > 0 || Reason().IsMatch(Rows[row]), $"{row} names no test and no reason: {Rows[row]}");
    }

    [Fact]
    public void Each_test_of_a_row_is_named_in_it() => Assert.All(Own, name =>
    {
        foreach (Match id in Id().Matches(name))
            Assert.Contains($"`{name}`", Rows[$"{id.Groups["section"].Value}-{id.Groups["number"].Value}"]);
    });

    [GeneratedRegex(@"^\| (?<row>[A-Z]-\d+) \|.*\| (?<test>[^|]*) \|$")]
    private static partial Regex Row();

    [GeneratedRegex("^(waits for|figure:|not tested:) ")]
    private static partial Regex Reason();

    // F11_F13_Pings_…
    [GeneratedRegex(@"(?<=^|_)(?<section>[HFCJPR])(?<number>\d\d)(?=_)")]
    private static partial Regex Id();
}
