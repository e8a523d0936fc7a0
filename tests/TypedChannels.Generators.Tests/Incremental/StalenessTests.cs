using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators.Tests.Incremental;

/// <summary>After any edit, a driver that has seen all that came before gives what one gives that sees the project for the first time.</summary>
public sealed class StalenessTests
{
    public static TheoryData<string> Places => [.. EditedProject.Places.Keys];

    [Theory]
    [MemberData(nameof(Places))]
    public void Nothing_is_stale_after_any_change_of_one_place(string place)
    {
        var project = new EditedProject();
        var driver = Driver();
        for (var from = 0; from < EditedProject.Places[place].Length; from++)
        {
            for (var to = 0; to < EditedProject.Places[place].Length; to++)
            {
                project.Put(place, from);
                driver = driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
                project.Put(place, to);
                driver = driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
                AssertFresh(driver, project.Compilation, $"{place}: {from} to {to}");
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Nothing_is_stale_after_edits_at_random(int seed)
    {
        var random = new Random(seed);
        var project = new EditedProject();
        var driver = Driver();
        var history = new List<string>();
        for (var i = 0; i < 100; i++)
        {
            // Several at once, as when a file is saved after a while, or a branch is changed.
            for (var edits = random.Next(3); edits >= 0; edits--)
                history.Add(Edit(project, random));
            driver = driver.RunGenerators(project.Compilation, TestContext.Current.CancellationToken);
            AssertFresh(driver, project.Compilation, $"seed {seed}, after:\n" + string.Join("\n", history));
        }
    }

    private static string Edit(EditedProject project, Random random)
    {
        if (random.Next(6) == 0)
            return project.Turn(random.Next(EditedProject.Turns), random);
        var (place, texts) = EditedProject.Places.ElementAt(random.Next(EditedProject.Places.Count));
        // Mostly the plain one, or the project would be all mistakes soon.
        var text = random.Next(3) == 0 ? 0 : random.Next(texts.Length);
        project.Put(place, text, anew: random.Next(4) == 0);
        return $"{place}: {texts[text]}";
    }

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(new ChannelGenerator());

    private static void AssertFresh(GeneratorDriver driver, Compilation compilation, string after)
    {
        var expected = Show(Driver().RunGenerators(compilation, TestContext.Current.CancellationToken));
        var actual = Show(driver);
        Assert.True(expected == actual, after + "\n" + Difference(expected, actual));
    }

    private static string Show(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return string.Join("\n", result.Diagnostics.Select(d => d.ToString()).Concat(result.GeneratedSources.Select(s => $"{s.HintName}\n{s.SourceText}")));
    }

    private static string Difference(string expected, string actual)
    {
        var at = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        var start = Math.Max(0, at - 200);
        return $"expected …{expected[start..Math.Min(expected.Length, at + 200)]}…\nbut was …{actual[start..Math.Min(actual.Length, at + 200)]}…";
    }
}
