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

string[] withValue = ["--groups", "--endpoint", "--url", "--parallel", "--seed", "--json", "--markdown"];
for (var i = 0; i < args.Length; i++)
{
    var name = args[i];
    if (!(withValue.Contains(name) ? ++i < args.Length : name == "--short"))
        return Wrong($"{name} is no option, or has no value: --help tells them.");
}
if (Value("--groups")?.Split(',').All(group => int.TryParse(group, out _)) == false)
    return Wrong("--groups takes numbers with commas between.");
if (!int.TryParse(Value("--seed") ?? "1", out _) || !int.TryParse(Value("--parallel") ?? "16", out var parallel) || parallel < 1)
    return Wrong("--seed takes a number, and --parallel one above zero.");
if (Value("--url") is { } url && (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("ws" or "wss")))
    return Wrong("--url takes an address that begins with ws:// or wss://.");

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
        var runner = new Runner(parallel, seed, verdict =>
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

// Nothing run is nothing proved.
if (verdicts.Count == 0)
    return Wrong("No such group or endpoint: nothing was run.");

var table = Report.Markdown(verdicts);
Console.WriteLine(table);
Console.WriteLine($"{verdicts.Count} runs in {clock.Elapsed.TotalSeconds:0} s, seed {seed}.");
if (Value("--json") is { } json)
    await File.WriteAllTextAsync(json, Report.Json(verdicts));
if (Value("--markdown") is { } markdown)
    await File.WriteAllTextAsync(markdown, table);
return verdicts.All(verdict => verdict.Judgement is Judgement.Ok or Judgement.Informational) ? 0 : 1;

static int Wrong(string what)
{
    Console.Error.WriteLine(what);
    return 2;
}

string? Value(string name)
{
    var at = Array.IndexOf(args, name);
    return at < 0 || at + 1 == args.Length ? null : args[at + 1];
}
