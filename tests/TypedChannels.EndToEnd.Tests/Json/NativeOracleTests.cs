using System.Globalization;
using System.Text.RegularExpressions;

namespace TypedChannels.Tests.Json;

/// <summary>The generated JSON context beside System.Text.Json's, in a native binary: what TypedChannels.Json.Tests holds in JIT.</summary>
public partial class NativeOracleTests(ITestOutputHelper output)
{
    private const string Project = "TypedChannels.Json.Aot";

    [Fact]
    public async Task Agrees_with_SystemTextJson_natively_as_in_jit_and_publishes_without_a_warning()
    {
        Ground.RequireNativeAot();
        using var folder = new TemporaryFolder();

        Dotnet.AssertNoWarning(await Dotnet.RunAsync(
            Repository.Root, null, "publish", $"tests/{Project}", "--configuration", "Release",
            "--artifacts-path", folder["artifacts"], "--output", folder["oracle"], "-v:m", "--tl:off"));

        var binary = Path.Combine(folder["oracle"], Project);
        output.WriteLine($"The oracle as a native binary: {Figures.Size(binary)}");
        var native = await ComparedAsync(binary);

        var counts = Counts().Match(native);
        Assert.InRange(Number("types"), 200, int.MaxValue);
        Assert.InRange(Number("codecs"), 100, int.MaxValue);
        Assert.InRange(Number("inputs"), 50 * Number("values"), int.MaxValue);
        Assert.Equal(0, Number("differences"));
        // Were a field trimmed away, nobody could see a difference in it.
        var dll = Path.Combine(folder["artifacts"], "bin", Project, "release", $"{Project}.dll");
        Assert.Equal(Compared(await Dotnet.RunAsync(folder.Path, null, dll)), native);

        int Number(string name) => int.Parse(counts.Groups[name].Value, CultureInfo.InvariantCulture);
    }

    private async Task<string> ComparedAsync(string binary)
    {
        await using var program = new ChildProcess(binary, []);
        var exitCode = await program.EndedAsync(TimeSpan.FromMinutes(5));
        output.WriteLine(program.Transcript);
        Assert.True(exitCode == 0, program.Transcript);
        return Compared(program.Transcript);
    }

    private static string Compared(string transcript) => transcript.Split('\n').Single(line => line.StartsWith("compared: ", StringComparison.Ordinal));

    [GeneratedRegex("^compared: (?<types>\\d+) types, (?<codecs>\\d+) codecs, (?<values>\\d+) values, (?<inputs>\\d+) inputs, (?<differences>\\d+) differences, \\d+ characters$")]
    private static partial Regex Counts();
}
