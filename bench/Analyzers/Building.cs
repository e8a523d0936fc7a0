using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using TypedChannels.Analyzers;
using TypedChannels.Generators;

namespace TypedChannels.Bench.Analyzers;

/// <summary>The analyzers' own time, as the compiler tells it, beside the whole of the compiler's run, in a process of its own as a build starts it.</summary>
internal static partial class Building
{
    public static IEnumerable<Row> Measure(int records, int builds, Action<string> progress)
    {
        var folder = Directory.CreateTempSubdirectory("bench-analyzers");
        try
        {
            var (one, each) = (Build(oneFile: true), Build(oneFile: false));
            yield return new("compiler, whole run", Row.Median(one.Select(b => b.Whole)), Row.Median(each.Select(b => b.Whole)), "ms");
            yield return new("of it the analyzers", Row.Median(one.Select(b => b.Analyzers)), Row.Median(each.Select(b => b.Analyzers)), "ms");
            yield return new("the analyzers' share", Row.Median(one.Select(b => b.Share)), Row.Median(each.Select(b => b.Share)), "%", 5);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        List<Run> Build(bool oneFile)
        {
            var arguments = Write(folder.CreateSubdirectory(oneFile ? "one" : "each").FullName, records, oneFile);
            var runs = new List<Run>();
            for (var i = 0; i < builds; i++)
            {
                progress($"build {i + 1} of {builds}, {(oneFile ? "one file" : "a file each")}");
                runs.Add(Compile(arguments));
            }
            if (oneFile)
                progress(runs[^1].Details);
            return runs;
        }
    }

    /// <summary>Writes the sources and the compiler's arguments, whose path it returns.</summary>
    private static string Write(string folder, int records, bool oneFile)
    {
        var arguments = new List<string>
        {
            "-nostdlib+", "-target:library", "-nullable:enable", "-langversion:latest", "-optimize+", "-debug:portable", "-reportanalyzer",
            $"-out:\"{Path.Combine(folder, "App.dll")}\"",
            $"-a:\"{typeof(ChannelGenerator).Assembly.Location}\"",
            $"-a:\"{typeof(ChannelAnalyzer).Assembly.Location}\"",
        };
        arguments.AddRange(Samples.References.Select(path => $"-r:\"{path}\""));
        foreach (var (path, text) in Samples.Of(records, oneFile))
        {
            File.WriteAllText(Path.Combine(folder, path), text);
            arguments.Add($"\"{Path.Combine(folder, path)}\"");
        }
        var response = Path.Combine(folder, "App.rsp");
        File.WriteAllLines(response, arguments);
        return response;
    }

    private static Run Compile(string arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, ArgumentList = { "exec", Compiler(), "@" + arguments } };
        start.Environment["DOTNET_TieredPGO"] = "0";
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var whole = watch.Elapsed.TotalMilliseconds;
        if (process.ExitCode != 0)
            throw new InvalidOperationException(output.Split('\n').FirstOrDefault(line => line.Contains(": error", StringComparison.Ordinal)) ?? output);
        var total = TotalAnalyzerTime().Match(output);
        return new(whole, 1000 * double.Parse(total.Groups[1].Value, CultureInfo.InvariantCulture), output);
    }

    /// <summary>The compiler that the SDK of this runtime builds with.</summary>
    private static string Compiler() =>
        Directory.GetDirectories(Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../../sdk")))
            .Select(sdk => Path.Combine(sdk, "Roslyn/bincore/csc.dll")).Where(File.Exists).Order(StringComparer.Ordinal).Last();

    private sealed record Run(double Whole, double Analyzers, string Details)
    {
        public double Share => 100 * Analyzers / Whole;
    }

    [GeneratedRegex("Total analyzer execution time: ([0-9.]+) seconds")]
    private static partial Regex TotalAnalyzerTime();
}
