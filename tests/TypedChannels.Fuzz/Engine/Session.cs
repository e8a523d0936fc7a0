using System.Diagnostics;

namespace TypedChannels.Fuzz.Engine;

/// <summary>One call of the program, in the instrumented copy or not.</summary>
internal static class Session
{
    // No input has a thousandth of that to do.
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(20);

    public static int Run(string[] arguments, bool isInstrumented)
    {
        // Before anything that is instrumented runs.
        var coverage = isInstrumented ? new CoverageMap() : null;
        var settings = Settings.Parse(arguments)!;
        var target = AllTargets.Create(settings.Target);
        if (target is null)
        {
            Console.Error.WriteLine(Settings.Help);
            return 2;
        }
        return settings.Input is { } file ? Replay(target, file) : Fuzz(target, settings, coverage);
    }

    private static int Replay(Target target, string file)
    {
        try
        {
            Console.WriteLine($"{target.Name}: {target.Run(CorpusFiles.Read(file))}");
            return 0;
        }
        catch (Exception exception)
        {
            Console.WriteLine($"FINDING {target.Name}: {exception}");
            return 1;
        }
    }

    private static int Fuzz(Target target, Settings settings, CoverageMap? coverage)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            stop.Cancel();
        };
        var findings = new Findings(target, settings.Findings, Console.Out);
        var run = new FuzzRun(target, settings.Seed, findings, Console.Out, coverage)
        {
            MaxTime = settings.Time,
            KeepIn = settings.Corpus,
            Stop = stop.Token,
        };
        using var watch = new Timer(_ => EndWhereStuck(run, target, settings), null, LongestRun, LongestRun / 4);
        string?[] folders = [CorpusFiles.SeedFolder(target.Name), settings.Corpus];
        run.Go(folders.OfType<string>().SelectMany(CorpusFiles.In).Select(CorpusFiles.Read));
        return findings.Count == 0 ? 0 : 1;
    }

    private static void EndWhereStuck(FuzzRun run, Target target, Settings settings)
    {
        if (run.CurrentAge < LongestRun || Debugger.IsAttached)
            return;
        Console.WriteLine($"FINDING {target.Name}: an input does not end: {CorpusFiles.Write(settings.Findings, run.Current)}");
        Environment.Exit(1);
    }
}
