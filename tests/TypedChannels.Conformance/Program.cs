using System.Diagnostics;
using TypedChannels.Conformance;

if (args.Contains("--help"))
{
    Console.WriteLine("""
        Runs the cases of docs/conformance.md against the product's endpoints, or against another server.

          --groups 1,2,6    only these
          --short           smaller sizes and counts in the long groups
          --endpoint NAME   only this one, such as "echo over wss"
          --url ws://…      another server, which sends text and binary back
          --parallel N      how many cases at a time; 16 where nothing is said
          --seed N          of the random cuts
          --json FILE       each verdict
          --markdown FILE   the table
          --prove           plants faults in a server, and shows which case notices each
        """);
    return 0;
}
if (args.Contains("--prove"))
    return await Proof.RunAsync();

var groups = Value("--groups")?.Split(',').Select(int.Parse).ToHashSet();
var seed = int.Parse(Value("--seed") ?? "1");
var cases = CaseTable.All(isShort: args.Contains("--short")).Where(test => groups?.Contains(test.Group) ?? true).ToList();
Chopping[] choppings = [Chopping.Whole, Chopping.OneByte, Chopping.Random, Chopping.OneKilobyte];

var clock = Stopwatch.StartNew();
var verdicts = new List<Verdict>();
await using (var builtIn = Value("--url") is null ? await BuiltInEndpoints.StartAsync() : null)
{
    List<Endpoint> endpoints = builtIn?.All ?? [new Endpoint("other", new Uri(Value("--url")!), EndpointKind.Echo)];
    foreach (var endpoint in endpoints.Where(one => Value("--endpoint") is not { } name || one.Name == name))
    {
        var told = Stopwatch.StartNew();
        var done = 0;
        var runner = new Runner(int.Parse(Value("--parallel") ?? "16"), seed, verdict =>
        {
            var count = Interlocked.Increment(ref done);
            if (verdict.Judgement is Judgement.Failed or Judgement.NonStrict)
                Console.WriteLine(verdict);
            if (count % 200 == 0)
                Console.WriteLine($"{endpoint.Name}: {count} runs, {told.Elapsed.TotalSeconds:0} s");
        });
        verdicts.AddRange(await runner.RunAsync(endpoint, cases, choppings));
    }
}

var table = Report.Markdown(verdicts);
Console.WriteLine(table);
Console.WriteLine($"{verdicts.Count} runs in {clock.Elapsed.TotalSeconds:0} s, seed {seed}.");
if (Value("--json") is { } json)
    await File.WriteAllTextAsync(json, Report.Json(verdicts));
if (Value("--markdown") is { } markdown)
    await File.WriteAllTextAsync(markdown, table);
return verdicts.All(verdict => verdict.Judgement is Judgement.Ok or Judgement.Informational) ? 0 : 1;

string? Value(string name)
{
    var at = Array.IndexOf(args, name);
    return at < 0 || at + 1 == args.Length ? null : args[at + 1];
}
