namespace TypedChannels.Conformance;

/// <summary>That the runner notices what is wrong: a fault at a time is planted in a server, and some case must fail for it.</summary>
internal static class Proof
{
    private static readonly HashSet<int> Groups = [1, 2, 3, 4, 5, 6, 7, 10];

    /// <summary>The cases that a server with this fault does not pass.</summary>
    public static async Task<List<Verdict>> NoticeAsync(Fault fault, Func<Case, bool> which)
    {
        await using var server = new FaultyServer(fault);
        var runner = new Runner(parallel: 32, seed: 1, _ => { });
        var cases = CaseTable.All(isShort: true).Where(which);
        var verdicts = await runner.RunAsync(new Endpoint($"{fault}", server.Uri, EndpointKind.Echo), cases, [Chopping.Whole]);
        return [.. verdicts.Where(one => one.Judgement is Judgement.Failed or Judgement.NonStrict).OrderBy(one => one.Case, StringComparer.Ordinal)];
    }

    public static async Task<int> RunAsync()
    {
        var isProven = true;
        foreach (var fault in Enum.GetValues<Fault>())
        {
            var noticed = await NoticeAsync(fault, test => Groups.Contains(test.Group));
            isProven &= fault == Fault.None == (noticed.Count == 0);
            Console.WriteLine($"{fault}: {(noticed.Count == 0 ? "no case" : $"{noticed.Count} cases, {string.Join(", ", noticed.Take(6).Select(one => one.Case))}")}");
            if (fault == Fault.None)
                noticed.ForEach(Console.WriteLine);
        }
        return isProven ? 0 : 1;
    }
}
