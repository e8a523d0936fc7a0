namespace TypedChannels.Tests;

/// <summary>The SDK's command line, as a user calls it.</summary>
internal static class Dotnet
{
    // The JSON corpus takes the native compiler three minutes, on a machine that does nothing else.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    // A build server would outlive the test, and hold the pipes that its output is read from.
    private static readonly Dictionary<string, string> Alone = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        // Asks a server on the network about known vulnerabilities, whose answer is none of these tests' business.
        ["NuGetAudit"] = "false",
    };

    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var (exitCode, output) = await TryAsync(folder, environment, arguments);
        Assert.True(exitCode == 0, $"dotnet {string.Join(' ', arguments)} ended with {exitCode}:\n{output}");
        return output;
    }

    public static async Task<(int ExitCode, string Output)> TryAsync(
        string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var variables = new Dictionary<string, string>(Alone);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            variables[name] = value;
        var program = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        await using var process = new ChildProcess(program, arguments, folder, variables);
        var exitCode = await process.EndedAsync(Patience);
        var command = string.Join(' ', arguments.Take(2));
        TestContext.Current.TestOutputHelper?.WriteLine($"dotnet {command}: {process.Started.Elapsed.TotalSeconds:0.0} s");
        return (exitCode, process.Transcript);
    }

    /// <summary>A build that warns of anything is not what a new user should see.</summary>
    public static void AssertNoWarning(string output) =>
        Assert.DoesNotContain(
            output.Split('\n'),
            line => line.Contains("warning", StringComparison.OrdinalIgnoreCase) && line.Trim() != "0 Warning(s)");
}
