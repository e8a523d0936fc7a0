using System.Text.RegularExpressions;

namespace TypedChannels.Tests;

/// <summary>The tests of this repository by name, for the documents that say which test holds what they state.</summary>
internal static partial class WrittenTests
{
    /// <summary>Every test, as <c>Class.Method</c>.</summary>
    public static IReadOnlySet<string> All { get; } = new HashSet<string>(
        from file in Files(Repository.PathTo("tests"))
        from name in MethodsOf(file)
        select $"{Path.GetFileNameWithoutExtension(file)}.{name}");

    /// <summary>The methods of the tests in one folder of the repository.</summary>
    public static IEnumerable<string> MethodsIn(params string[] folder) => Files(Repository.PathTo(folder)).SelectMany(MethodsOf);

    /// <summary>The names between backticks.</summary>
    public static string[] NamedIn(string cell) => [.. Name().Matches(cell).Select(match => match.Groups["name"].Value)];

    private static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static IEnumerable<string> MethodsOf(string file)
    {
        var text = File.ReadAllText(file);
        return Attribute().IsMatch(text) ? Method().Matches(text).Select(match => match.Groups["name"].Value) : [];
    }

    [GeneratedRegex(@"\[(Fact|Theory)\b")]
    private static partial Regex Attribute();

    // xunit lets no other public method stand in a class of tests.
    [GeneratedRegex(@"\bpublic (static )?(async )?(Task|ValueTask|void) (?<name>\w+)\(")]
    private static partial Regex Method();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Name();
}
