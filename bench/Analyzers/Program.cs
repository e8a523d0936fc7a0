using System.Globalization;
using TypedChannels.Bench.Analyzers;

if (args.Contains("--help"))
{
    Console.WriteLine("""
        Analyzers   what the generator costs while one types, and the analyzers in a build
          --records N (500)   of the project
          --edits N (60)      of each kind, of which the median counts
          --builds N (3)      of which the median counts; 0: none

        Ends with 1 where a goal is missed.
        """);
    return 0;
}
if (args.Length % 2 != 0 || args.Chunk(2).Any(option => option[0] is not ("--records" or "--edits" or "--builds") || !IsNumber(option[1], out _)))
{
    Console.Error.WriteLine("Its options are --records, --edits and --builds, each with a number: --help.");
    return 2;
}

var (records, edits, builds) = (Number("--records", 500), Number("--edits", 60), Number("--builds", 3));
var rows = new List<Row>();
if (edits > 0)
    rows.AddRange(Typing.Measure(records, edits, Progress));
if (builds > 0)
    rows.AddRange(Building.Measure(records, builds, Progress));
Console.WriteLine("| what | one file | a file each | goal |\n|---|---|---|---|");
foreach (var row in rows)
    Console.WriteLine(row);
return rows.Any(row => row.IsMissed) ? 1 : 0;

int Number(string name, int otherwise) =>
    args.Chunk(2).LastOrDefault(option => option[0] == name) is { } option && IsNumber(option[1], out var number) ? number : otherwise;

static bool IsNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

static void Progress(string line) => Console.Error.WriteLine(line);
