using System.Globalization;
using System.Text.RegularExpressions;

namespace TypedChannels.TypeScript.Tests;

/// <summary>The generated modules in Node.js: with a socket that a test plays, where nothing waits for time.</summary>
public partial class RuntimeTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Client_connects_sends_receives_fails_and_reconnects_as_documented()
    {
        using var folder = GeneratedFolder.Of("Scripts/fake.mjs", "Scripts/runtime.mjs");
        Assert.True(await RunAsync(folder, "runtime.mjs") >= 28);
    }

    [Fact]
    public async Task Messages_that_do_not_fit_their_types_become_errors_and_never_wrong_values()
    {
        using var folder = GeneratedFolder.Of("Scripts/fake.mjs", "Scripts/guards.mjs");
        await File.WriteAllTextAsync(folder["values.json"], Samples.ValuesJson, TestContext.Current.CancellationToken);
        Assert.True(await RunAsync(folder, "guards.mjs") >= 40);
    }

    /// <returns>How many tests the script has, all of which passed.</returns>
    private async Task<int> RunAsync(GeneratedFolder folder, string script)
    {
        using var process = Programs.StartScript(folder.Path, "--test-reporter=tap", script);
        var text = await Programs.EndedAsync(process);
        output.WriteLine(text);
        Assert.True(process.ExitCode == 0, text);
        return int.Parse(Passed().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("^# pass ([0-9]+)", RegexOptions.Multiline)]
    private static partial Regex Passed();
}
