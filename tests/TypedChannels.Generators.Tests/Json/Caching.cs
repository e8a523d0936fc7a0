using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators.Tests.Json;

/// <summary>What makes the pipeline incremental: models that are equal by value and hold on to nothing.</summary>
public sealed class Caching
{
    private const string Chat = "[Channel(\"chat\")] public record ChatMessage(string User, List<Author>? Authors, Mood Mood = Mood.Glad); public enum Mood { Glad }";

    private const string Author = "public class Author { public required string Name { get; init; } public Author[]? Friends { get; set; } }";

    [Fact]
    public void Two_compilations_of_one_source_give_equal_models() => Assert.Equal(Parse(Run.Compile(Chat, Author)), Parse(Run.Compile(Chat, Author)));

    [Fact]
    public void Shifted_lines_and_comments_leave_the_model_equal() => Assert.Equal(Parse(Run.Compile(Chat, Author)), Parse(Run.Compile("// comment\n\n" + Chat, Author + " // end")));

    [Theory]
    [InlineData("Name", "Title")]
    [InlineData("string Name", "string? Name")]
    [InlineData("required string", "string")]
    [InlineData("init", "set")]
    [InlineData("Author[]?", "List<Author>?")]
    public void A_changed_member_of_a_contained_type_gives_another_model(string from, string to) =>
        Assert.NotEqual(Parse(Run.Compile(Chat, Author)), Parse(Run.Compile(Chat, Author.Replace(from, to, StringComparison.Ordinal))));

    [Theory]
    [InlineData("Glad; }", "Glad }", false)]
    [InlineData("Mood.Glad", "(Mood)3", true)]
    public void A_changed_default_gives_another_model(string from, string to, bool changed) =>
        Assert.Equal(changed, !Parse(Run.Compile(Chat, Author)).Equals(Parse(Run.Compile(Chat.Replace(from, to, StringComparison.Ordinal), Author))));

    [Fact]
    public void A_further_channel_leaves_the_files_of_the_others_cached()
    {
        var compilation = Run.Compile(Chat, Author);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new ChannelGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        driver = driver.RunGenerators(compilation, TestContext.Current.CancellationToken);

        var more = compilation.AddSyntaxTrees(Run.Parse("[Channel(\"other\")] public record Other(int A);", "Other.cs"));
        var steps = driver.RunGenerators(more, TestContext.Current.CancellationToken).GetRunResult().Results.Single().TrackedOutputSteps.SelectMany(step => step.Value);

        var reasons = steps.SelectMany(step => step.Outputs).Select(output => output.Reason).ToList();
        // The context, the list of channels, the manifest, the new record, its descriptor, its codec and its int are printed; the first channel's descriptor and codec and six types are not.
        Assert.Equal(7, reasons.Count(reason => reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified));
        Assert.Equal(8, reasons.Count(reason => reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    [Fact]
    public void No_model_holds_a_symbol_syntax_location_or_compilation()
    {
        var seen = new HashSet<Type>();
        var open = new Queue<Type>([typeof(JsonGraph), typeof(JsonContextModel), typeof(JsonTypeSource), typeof(JsonSettings), typeof(DirectPlan), typeof(DirectCodecModel)]);
        while (open.TryDequeue(out var type))
        {
            if (!seen.Add(type))
                continue;
            Assert.False(type.Namespace?.StartsWith("Microsoft", StringComparison.Ordinal), type.ToString());
            if (type.IsPrimitive || type.IsEnum || type == typeof(string))
                continue;
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
                open.Enqueue(field.FieldType.IsArray ? field.FieldType.GetElementType()! : Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType);
        }

        Assert.Contains(typeof(JsonParameterModel), seen);
    }

    [Fact]
    public void One_generator_serves_compilations_in_parallel()
    {
        var generator = new ChannelGenerator().AsSourceGenerator();
        var compilation = Run.Compile(Chat, Author);
        var expected = Run.Generate(compilation);
        Parallel.For(0, 8, _ =>
        {
            var result = CSharpGeneratorDriver.Create(generator).RunGenerators(compilation).GetRunResult().Results.Single();
            Assert.Equal(expected, result.GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString()));
        });
    }

    [Fact]
    public void Is_cancelled_when_asked()
    {
        var compilation = Run.Compile(Chat, Author);
        Assert.Throws<OperationCanceledException>(() =>
            JsonGraphParser.Parse(compilation.GetTypeByMetadataName("ChatMessage")!, compilation, report: null, new CancellationToken(canceled: true)));
    }

    private static JsonGraph Parse(Compilation compilation) =>
        JsonGraphParser.Parse(compilation.GetTypeByMetadataName("ChatMessage")!, compilation, report: null, TestContext.Current.CancellationToken);
}
