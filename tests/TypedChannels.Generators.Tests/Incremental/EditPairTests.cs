using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace TypedChannels.Generators.Tests.Incremental;

/// <summary>Edits whose reach is not where they are, each both ways.</summary>
public sealed class EditPairTests
{
    private const string Usings = "using System;\nusing TypedChannels;\n";

    private const string OtherAttribute =
        "public class OuterBase { public sealed class ChannelAttribute(string name) : Attribute { public string Name => name; } }";

    public static TheoryData<string, string> Pairs => new()
    {
        {
            "public class Outer {\n#nullable disable\npublic int A;\n[Channel(\"n\")] public sealed record Nested(string X);\n}",
            "public class Outer {\n[Channel(\"n\")] public sealed record Nested(string X);\n#nullable disable\npublic int A;\n}"
        },
        {
            "[Channel(\"a\")] public sealed record R(string A);\n#nullable disable\nConsole.WriteLine();\n",
            "#nullable disable\nConsole.WriteLine();\n[Channel(\"a\")] public sealed record R(string A);\n"
        },
        {
            "[Channel(\"x\")] public sealed record X(string A);\n)\n#nullable disable\n)\n[Channel(\"a\")] public sealed record R(string A);\n",
            "[Channel(\"x\")] public sealed record X(string A);\n[Channel(\"a\")] public sealed record R(string A);\n"
        },
        {
            "[Channel(\"x\")] public sealed class R(int seed) { public R() : this(1) { } public int G() => seed; }",
            "[Channel(\"x\")] public sealed class R(int seed) { public R() : this(1) { } public int G() => 1; }"
        },
        {
            "namespace App { public class Channel { } [Channel(\"x\")] public sealed record R(string A); }",
            "namespace App { public class Channel : Attribute { } [Channel(\"x\")] public sealed record R(string A); }"
        },
        {
            "public class Outer { [Channel(\"told\")] public sealed record Told(int X); }\n" + OtherAttribute,
            "public class Outer : OuterBase { [Channel(\"told\")] public sealed record Told(int X); }\n" + OtherAttribute
        },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Nothing_is_stale_after_an_edit_or_its_undoing(string one, string other)
    {
        AssertFreshAfter(one, other);
        AssertFreshAfter(other, one);
    }

    [Fact]
    public void Constant_of_thousands_of_terms_is_compared_on_a_small_stack()
    {
        var terms = string.Join(" + ", Enumerable.Repeat("\"x\"", 5000));
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => AssertFreshAfter(Source(terms), Source(terms + " + \"y\""))), 1 << 20);
        thread.Start();
        thread.Join();
        Assert.Null(failure);

        static string Source(string value) =>
            "public static class Names { public const string N = " + value + "; } [Channel(\"a\")] public sealed record R(string A);";
    }

    private static void AssertFreshAfter(string before, string after)
    {
        var first = new Project("App", Usings + before).Compile();
        var tree = first.SyntaxTrees.Single();
        var second = first.ReplaceSyntaxTree(tree, tree.WithChangedText(SourceText.From(Usings + after, tree.GetText().Encoding)));
        var driver = Driver().RunGenerators(first, TestContext.Current.CancellationToken);
        Assert.Equal(
            Show(Driver().RunGenerators(second, TestContext.Current.CancellationToken)),
            Show(driver.RunGenerators(second, TestContext.Current.CancellationToken)));
    }

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(new ChannelGenerator());

    private static IEnumerable<string> Show(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return result.GeneratedSources.Select(source => $"{source.HintName}\n{source.SourceText}");
    }
}
