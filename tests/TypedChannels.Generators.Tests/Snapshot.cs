using System.Runtime.CompilerServices;
using TypedChannels.Tests;

namespace TypedChannels.Generators.Tests;

/// <summary>
/// Compares text with a file, in the file conventions of Verify: <c>X.verified.cs</c> is what is expected, <c>X.received.cs</c> what came
/// instead. With the environment variable <c>ACCEPT_SNAPSHOTS=1</c> what comes becomes what is expected.
/// </summary>
internal static class Snapshot
{
    public static void Verify(IReadOnlyDictionary<string, string> files, [CallerMemberName] string method = "", [CallerFilePath] string caller = "")
    {
        var test = Path.GetFileNameWithoutExtension(caller) + "." + method;
        var folder = Repository.PathTo("tests", "TypedChannels.Generators.Tests", "Snapshots");
        Directory.CreateDirectory(folder);
        var expected = Directory.GetFiles(folder, test + "#*.verified.cs");
        var failures = expected.Where(path => !files.ContainsKey(HintName(path, test))).Where(Unexpected).Select(path => $"Not generated any more: {path}").ToList();
        foreach (var (hintName, text) in files)
        {
            var verified = Path.Combine(folder, $"{test}#{hintName[..^3]}.verified.cs");
            var received = verified.Replace(".verified.", ".received.", StringComparison.Ordinal);
            var before = File.Exists(verified) ? File.ReadAllText(verified) : null;
            File.Delete(received);
            if (before == text)
                continue;
            File.WriteAllText(Accept ? verified : received, text);
            if (!Accept)
                failures.Add(before is null ? $"New: {received}" : $"{received} differs from line {FirstDifference(before, text)}");
        }
        Assert.True(failures.Count == 0, string.Join("\n\n", failures) + "\n\nACCEPT_SNAPSHOTS=1 accepts what came.");
    }

    private static bool Accept => Environment.GetEnvironmentVariable("ACCEPT_SNAPSHOTS") == "1";

    private static bool Unexpected(string path)
    {
        if (Accept)
            File.Delete(path);
        return !Accept;
    }

    private static string HintName(string path, string test) =>
        Path.GetFileName(path)[(test.Length + 1)..].Replace(".verified.cs", ".cs", StringComparison.Ordinal);

    private static string FirstDifference(string expected, string actual)
    {
        string[] before = expected.Split('\n'), after = actual.Split('\n');
        var line = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{line + 1}:\n- {before.ElementAtOrDefault(line)}\n+ {after.ElementAtOrDefault(line)}";
    }
}
