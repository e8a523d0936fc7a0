using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using TypedChannels.Generators;

namespace TypedChannels.Bench.Analyzers;

/// <summary>The time of a driver with the generator alone: in its first run, and after each edit of a kind, there and back.</summary>
internal static class Typing
{
    private static readonly (string What, string Where, string Before, string After, double Goal)[] Edits =
    [
        ("a body elsewhere", "Chat.cs", "total = 1;", "total = 10;", 1),
        ("a body in a record", "", "? first.Text : \"7\"", "? first.Text : \"17\"", 1),
        ("a member elsewhere", "Chat.cs", "int Kept", "int Left", 1),
        ("a record's member", "", "int Count7", "int Number7", 20),
        ("a record's comment", "", "Message 7.", "Message seven.", 20),
        ("a channel's name", "", "(\"record:7\")", "(\"record:seven\")", 20),
    ];

    private const int WarmUps = 200;

    public static IEnumerable<Row> Measure(int records, int edits, Action<string> progress)
    {
        var (one, each) = (new Layout(records, oneFile: true), new Layout(records, oneFile: false));
        progress("first runs");
        yield return new("first run", one.First(5), each.First(5), "ms");
        foreach (var (what, where, before, after, goal) in Edits)
        {
            progress(what);
            yield return new(
                what,
                one.Edit(where.Length > 0 ? where : "Records.cs", before, after, edits),
                each.Edit(where.Length > 0 ? where : "Record7.cs", before, after, edits),
                "ms",
                goal);
        }
    }

    private sealed class Layout
    {
        private CSharpCompilation _compilation;
        private GeneratorDriver _driver = Driver();

        public Layout(int records, bool oneFile)
        {
            _compilation = Samples.Compile(records, oneFile);
            _driver = _driver.RunGenerators(_compilation);
        }

        public double First(int count) => Row.Median(Enumerable.Range(0, count).Select(_ =>
            // New symbols: nothing is bound yet.
            Time(Driver().RunGenerators(_compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(_compilation.SyntaxTrees)))));

        public double Edit(string path, string before, string after, int count)
        {
            var times = new List<double>();
            // What is measured is an editor that has been open for a while.
            for (var i = -WarmUps; i < count; i++)
            {
                if (i == -WarmUps / 2)
                    Thread.Sleep(500);
                var tree = _compilation.SyntaxTrees.Single(t => t.FilePath == path);
                var text = tree.GetText();
                var (from, to) = i % 2 == 0 ? (before, after) : (after, before);
                var at = text.ToString().IndexOf(from, StringComparison.Ordinal);
                var change = new TextChange(new TextSpan(at, from.Length), to);
                _compilation = _compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(change)));
                GC.Collect();
                _driver = _driver.RunGenerators(_compilation);
                if (i >= 0)
                    times.Add(Time(_driver));
            }
            return Row.Median(times);
        }

        private static CSharpGeneratorDriver Driver() => CSharpGeneratorDriver.Create(new ChannelGenerator());

        private static double Time(GeneratorDriver driver) => driver.GetTimingInfo().ElapsedTime.TotalMilliseconds;
    }
}
