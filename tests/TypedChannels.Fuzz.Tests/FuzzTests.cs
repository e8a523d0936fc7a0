using TypedChannels.Fuzz.Engine;

namespace TypedChannels.Fuzz.Tests;

/// <summary>Each target for a moment: its own inputs, and some thousand made of them by a fixed seed.</summary>
public sealed class FuzzTests
{
    private const ulong Seed = 20_260;

    public static TheoryData<string> Targets => new(AllTargets.Names);

    public static TheoryData<string> CorpusFileNames => new(
        from target in AllTargets.Names
        from file in CorpusFiles.In(CorpusFiles.SeedFolder(target))
        select $"{target}/{Path.GetFileName(file)}");

    [Theory]
    [MemberData(nameof(Targets))]
    public void Mutated_inputs_break_nothing(string name)
    {
        var target = AllTargets.Create(name)!;
        using var output = new StringWriter();
        var findings = new Findings(target, Path.Combine(AppContext.BaseDirectory, "findings", name), output);
        var run = new FuzzRun(target, Seed, findings, output) { MaxRuns = name == "connection" ? 300 : 2_000 };
        run.Go(CorpusFiles.In(CorpusFiles.SeedFolder(name)).Select(CorpusFiles.Read));
        Assert.True(findings.Count == 0, output.ToString());
        Assert.Equal(run.MaxRuns, run.Runs);
    }

    [Theory]
    [MemberData(nameof(CorpusFileNames))]
    public void Every_file_of_the_corpus_breaks_nothing(string file) =>
        Assert.NotEqual("", AllTargets.Create(file.Split('/')[0])!.Run(CorpusFiles.Read(CorpusFiles.SeedFolder(file))));

    [Theory]
    [InlineData("frames")]
    [InlineData("assembler")]
    [InlineData("envelope")]
    [InlineData("readers")]
    [InlineData("handshake")]
    public void The_same_seed_finds_the_same(string name) => Assert.Equal(Outcomes(name), Outcomes(name));

    [Fact]
    public void A_broken_invariant_is_found_made_small_and_written_to_a_file()
    {
        var target = new Broken();
        var folder = Path.Combine(AppContext.BaseDirectory, "findings", target.Name);
        using var output = new StringWriter();
        var findings = new Findings(target, folder, output);
        new FuzzRun(target, Seed, findings, output) { MaxRuns = 10_000 }.Go([new byte[50]]);
        Assert.Equal(1, findings.Count);
        var file = Assert.Single(CorpusFiles.In(folder));
        Assert.Equal([0xFF], CorpusFiles.Read(file));
        Assert.Contains($"--input {file}", output.ToString(), StringComparison.Ordinal);
    }

    private static string[] Outcomes(string name)
    {
        var target = AllTargets.Create(name)!;
        var dice = new Dice(Seed);
        var seeds = CorpusFiles.In(CorpusFiles.SeedFolder(name)).Select(CorpusFiles.Read).ToList();
        return [.. Enumerable.Range(0, 100).Select(_ => target.Run(target.Mutate(dice.Of(seeds), dice.Of(seeds), dice)))];
    }

    private sealed class Broken : Target
    {
        public override string Name => "broken";

        public override string Run(byte[] input)
        {
            Invariant.Holds(!input.Contains((byte)0xFF), "No byte is FF.");
            return $"{input.Length}";
        }

        public override byte[] Mutate(byte[] input, byte[] other, Dice dice) => Mutating.ByteMutator.Mutate(input, other, dice);
    }
}
