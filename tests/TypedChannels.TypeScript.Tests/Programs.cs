using System.Diagnostics;
using TypedChannels.Tests;

namespace TypedChannels.TypeScript.Tests;

/// <summary>Node.js, and the TypeScript compiler in it.</summary>
internal static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Checks files as a strict project does.</summary>
    /// <returns>The errors; none: it is right.</returns>
    public static Task<string> CheckAsync(string folder, params string[] files)
    {
        Ground.RequireProgram("There is no Node.js on the PATH.", "node");
        var tsc = Repository.PathTo("tests", "TypedChannels.TypeScript.Tests", "Npm", "node_modules", "typescript", "bin", "tsc");
        Ground.Require(File.Exists(tsc), "TypeScript is not installed: run `npm ci` in tests/TypedChannels.TypeScript.Tests/Npm.");
        return RunAsync(folder, [
            tsc, "--noEmit", "--strict", "--noUncheckedIndexedAccess", "--target", "es2022", "--lib", "es2022,dom",
            "--module", "esnext", "--moduleResolution", "bundler", "--pretty", "false", .. files]);
    }

    /// <summary>Runs a script that says nothing but its errors and, at the end, "ok".</summary>
    public static async Task RunScriptAsync(string folder, params string[] arguments)
    {
        using var process = StartScript(folder, arguments);
        var output = await EndedAsync(process);
        TestContext.Current.TestOutputHelper?.WriteLine(output);
        Assert.True(process.ExitCode == 0 && output.TrimEnd().EndsWith("ok", StringComparison.Ordinal), output);
    }

    public static Process StartScript(string folder, params string[] arguments)
    {
        var node = Ground.RequireProgram("There is no Node.js on the PATH.", "node");
        // Before version 22 the WebSocket that browsers have is behind a flag.
        return Start(node, folder, ["--experimental-websocket", .. arguments]);
    }

    /// <summary>All that it wrote.</summary>
    public static async Task<string> EndedAsync(Process process)
    {
        try
        {
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync().WaitAsync(Patience);
            Ground.Require(!(await errors).Contains("bad option", StringComparison.Ordinal), "This Node.js has no WebSocket: version 20 is the first.");
            var warnings = (await errors).Split('\n').Where(line => !line.Contains("ExperimentalWarning", StringComparison.Ordinal) && !line.StartsWith("(Use `node", StringComparison.Ordinal));
            return string.Join('\n', warnings) + await output;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    private static async Task<string> RunAsync(string folder, string[] arguments)
    {
        using var process = Start("node", folder, arguments);
        return (await EndedAsync(process)).Trim();
    }

    private static Process Start(string program, string folder, string[] arguments) =>
        Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
}
