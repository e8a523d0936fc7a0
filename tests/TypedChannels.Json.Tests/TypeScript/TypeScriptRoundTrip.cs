using System.Reflection;
using System.Text;
using System.Text.Json;
using TypedChannels.Build;
using TypedChannels.Json.Tests.Oracle;
using TypedChannels.Tests;
using TypedChannels.TypeScript.Tests;

namespace TypedChannels.Json.Tests.TypeScript;

/// <summary>Every value of the corpus to the generated TypeScript client in Node.js and back.</summary>
public sealed class TypeScriptRoundTrip(ITestOutputHelper output) : IDisposable
{
    /// <summary>Integers beyond 2^53; nulls and enum values that the declarations say cannot be; numbers in free JSON beyond a double.</summary>
    private static readonly string[] Refused =
        ["AnyJson", "All", "Boxes", "Nullability", "OfInt128", "OfInt64", "OfJsonElement", "OfUInt128", "OfUInt64", "Optional", "Scalars", "WithSizes"];

    /// <summary>Zeros at the end of a decimal or of free JSON, digits that a double has not, and the sign of zero.</summary>
    private static readonly string[] Changed = ["All", "InDerivedDictionaries", "OfDecimal", "OfDouble", "OfJsonNode", "Scalars"];

    private readonly string _folder = Directory.CreateTempSubdirectory("typedchannels-ts-").FullName;

    private sealed record Question(Case Case, string Channel, string Text);

    [Fact]
    public async Task Declarations_of_the_whole_corpus_compile()
    {
        Write();
        Assert.Equal("", await Programs.CheckAsync(_folder, "CorpusClient.d.ts"));
    }

    [Fact]
    public async Task What_the_client_takes_comes_back_as_it_was_and_what_it_cannot_hold_it_refuses()
    {
        Write();
        File.Copy(Repository.PathTo("tests", "TypedChannels.TypeScript.Tests", "Scripts", "fake.mjs"), In("fake.mjs"));
        File.Copy(Repository.PathTo("tests", "TypedChannels.Json.Tests", "TypeScript", "corpus.mjs"), In("corpus.mjs"));
        var questions = Cases.All.SelectMany(Questions).ToList();
        await File.WriteAllLinesAsync(
            In("questions.txt"), questions.Select(q => JsonSerializer.Serialize(new[] { q.Channel, q.Text })), TestContext.Current.CancellationToken);

        using var process = Programs.StartScript(_folder, "corpus.mjs");
        var answers = (await Programs.EndedAsync(process)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(answers.Length == questions.Count, string.Join('\n', answers.Take(20)));
        var refused = new List<string>();
        var changed = new List<string>();
        foreach (var (question, answer) in questions.Zip(answers))
        {
            if (!answer.StartsWith('{'))
                refused.Add($"{question.Case.Name}: {answer}");
            else if (Read(question.Case, question.Text) is var before && Read(question.Case, answer) is var after && before != after)
                changed.Add($"{question.Case.Name}: {question.Text} came back as {answer}");
        }
        output.WriteLine($"{questions.Count} values of {questions.Select(q => q.Case).Distinct().Count()} types; {refused.Count} refused, {changed.Count} changed");
        output.WriteLine("Refused:\n" + string.Join('\n', refused));
        output.WriteLine("Changed:\n" + string.Join('\n', changed));
        Assert.Equal(Refused.Order(StringComparer.Ordinal), TypesOf(refused));
        Assert.Equal(Changed.Order(StringComparer.Ordinal), TypesOf(changed));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> TypesOf(IEnumerable<string> lines) =>
        lines.Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)].Split('.')[^1]).Distinct().Order(StringComparer.Ordinal);

    private static IEnumerable<Question> Questions(Case @case) =>
        typeof(Case).Assembly.GetType(@case.Name)?.GetCustomAttribute<ChannelAttribute>() is { Direction: ChannelDirection.Both } channel
            ? @case.Texts.Select(text => new Question(@case, channel.Name, text))
            : [];

    private static string Read(Case @case, string text) => @case.Read(Encoding.UTF8.GetBytes(text)).Ours;

    private void Write()
    {
        foreach (var (name, text) in TypeScriptFiles.Of(new ClientFinder(typeof(Case).Assembly.Location, []).Find("CorpusClient")))
            File.WriteAllText(In(name), text);
        File.WriteAllText(In("package.json"), """{ "type": "module" }""");
    }

    private string In(string name) => Path.Combine(_folder, name);
}
