using System.Text.Json;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators.Tests;

public class ManifestTests
{
    private const string Shapes = """
        using System;
        using System.Collections.Generic;
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using TypedChannels;
        namespace App;

        /// <summary>Every shape, one <see cref="Mood"/>, and <c>"quotes"</c>.</summary>
        /// <remarks>A second line.</remarks>
        /// <param name="Text">What it says.</param>
        /// <param name="Number"></param>
        /// <param name="Mood">How.</param>
        [Channel("shapes \"1\"", MaxBytes = 512, Compress = false)]
        public sealed record Shapes(string Text, int? Number, Mood Mood = Mood.Calm)
        {
            /// <summary>Where.</summary>
            public required IReadOnlyList<Point?> Points { get; init; }
            public Dictionary<Mood, byte[]> Blobs { get; set; } = [];
            public Shapes? Next { get; set; }
            [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public List<string?>? Links { get; init; }
            [JsonPropertyName("__proto__"), JsonPropertyOrder(-1)] public long Big { get; set; }
            public bool IsCalm => Mood == Mood.Calm;
            [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)] public decimal Price { get; set; }
            [JsonConverter(typeof(JsonNumberEnumConverter<Mood>))] public Mood AsNumber { get; set; }
            public Box<string?>? Maybe { get; set; }
            public Box<string>? Sure { get; set; }
            public Animal? Pet { get; set; }
            public JsonElement Any { get; set; }
            [JsonIgnore] public object? Ignored { get; set; }
            [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; }
        }

        /// <summary>How it feels.</summary>
        public enum Mood
        {
            /// <summary>Well.</summary>
            Calm,
            [JsonStringEnumMemberName("all-excited")] Excited = 5,
        }

        [Flags] public enum Rights { Read = 1, Write = 2 }

        public struct Point { public double X { get; set; } public double Y { get; set; } }

        public sealed record Box<T>(T[] Items);

        [JsonDerivedType(typeof(Cat), "cat"), JsonDerivedType(typeof(Dog), 7)]
        public abstract record Animal(string Name);
        public sealed record Cat(string Name, Rights Rights) : Animal(Name);
        public sealed record Dog(string Name) : Animal(Name);

        [Channel("empty", Direction = ChannelDirection.ToServer)]
        internal sealed record Empty;
        """;

    [Fact]
    public void Describes_a_record_of_every_shape()
    {
        var generated = new Project("App", Shapes).Generate();
        generated.CompilesWithoutWarnings();
        Snapshot.Verify(new Dictionary<string, string> { ["ChannelManifest.g.cs"] = generated.Files["ChannelManifest.g.cs"] });
    }

    [Fact]
    public void Is_JSON_in_ASCII_and_says_its_version()
    {
        var json = Json(new Project("App", Shapes.Replace("shapes", "\u00e9\U0001F642\\u2028", StringComparison.Ordinal)));
        Assert.All(json, c => Assert.True(char.IsAscii(c) && (c == '\n' || !char.IsControl(c)), $"{(int)c:x}"));
        using var manifest = JsonDocument.Parse(json);
        Assert.Equal(1, manifest.RootElement.GetProperty("typedChannels").GetInt32());
        Assert.Contains("\u00e9\U0001F642\u2028 \"1\"", manifest.RootElement.GetProperty("channels").EnumerateArray().Select(c => c.GetProperty("name").GetString()));
    }

    [Theory]
    [InlineData(DocumentationMode.None)]
    [InlineData(DocumentationMode.Parse)]
    [InlineData(DocumentationMode.Diagnose)]
    public void Does_not_depend_on_whether_documentation_is_parsed(DocumentationMode mode)
    {
        var project = new Project("App", Shapes);
        var options = project.ParseOptions.WithDocumentationMode(mode);
        var compilation = project.Compile().RemoveAllSyntaxTrees().AddSyntaxTrees(CSharpSyntaxTree.ParseText(Shapes, options, "File0.cs"));
        CSharpGeneratorDriver.Create([new ChannelGenerator().AsSourceGenerator()], parseOptions: options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _, TestContext.Current.CancellationToken);
        Assert.Equal(Json(project), Json(output));
    }

    [Theory]
    [InlineData("/// <summary>One\n/// two.</summary>", "One two.")]
    [InlineData("/** <summary>One two.</summary> */", "One two.")]
    [InlineData("/**\n * <summary>One\n *   two.</summary>\n */", "One two.")]
    [InlineData("/**\n   <summary>One\n   two.</summary> */\n// A comment.", "One two.")]
    [InlineData("/** <summary>One</summary> */\n/// <remarks>two.</remarks>", "One\\u000atwo.")]
    [InlineData("//// <summary>One two.</summary>", null)]
    [InlineData("/* <summary>One two.</summary> */", null)]
    [InlineData("/*** <summary>One two.</summary> */", null)]
    [InlineData("/* \n/// <summary>One two.</summary>\n*/", null)]
    public void Takes_doc_comments_of_either_form_and_no_others(string comment, string? expected)
    {
        foreach (var mode in new[] { DocumentationMode.None, DocumentationMode.Parse })
        {
            var source = comment + "\n[TypedChannels.Channel(\"hi\")] public sealed record Hi(int X);";
            var options = new CSharpParseOptions(LanguageVersion.CSharp14, mode);
            var compilation = new Project("App").Compile().AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, options, "File0.cs"));
            CSharpGeneratorDriver.Create([new ChannelGenerator().AsSourceGenerator()], parseOptions: options)
                .RunGeneratorsAndUpdateCompilation(compilation, out var output, out _, TestContext.Current.CancellationToken);
            Assert.Equal(expected is not null, Json(output).Contains($"\"doc\":\"{expected}\"", StringComparison.Ordinal));
            Assert.Equal(expected is not null, Json(output).Contains("\"doc\"", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("<summary>Where.</summary>", "<summary>Elsewhere.</summary>", true)]
    [InlineData("<summary>Where.</summary>", "<summary>Where.", true)]
    [InlineData("public double X", "public float X", true)]
    [InlineData("Calm,", "Calm, Sad,", true)]
    [InlineData("\"cat\"", "\"tiger\"", true)]
    [InlineData("public double X", "// A comment.\n    public  double X", false)]
    public void Changes_with_the_contract_and_its_comments_only(string before, string after, bool changes) =>
        Assert.Equal(changes, Json(new Project("App", Shapes)) != Json(new Project("App", Shapes.Replace(before, after, StringComparison.Ordinal))));

    [Fact]
    public void An_edited_doc_comment_prints_the_manifest_and_nothing_else()
    {
        var project = new Project("App", Samples.Chat, Samples.Server, Samples.Client);
        var before = project.Compile();
        var driver = Project.Driver(project).RunGenerators(before, TestContext.Current.CancellationToken);
        var edited = Samples.Chat.Replace("A line of chat.", "A line.", StringComparison.Ordinal);
        var tree = before.SyntaxTrees[0];
        var result = driver.RunGenerators(
            before.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(edited))), TestContext.Current.CancellationToken).GetRunResult();
        var printed = result.Results.Single().TrackedOutputSteps.SelectMany(s => s.Value)
            .Where(step => step.Outputs.Any(o => o.Reason != IncrementalStepRunReason.Cached));
        Assert.Equal([TrackingNames.Manifest], printed.SelectMany(step => step.Inputs).Select(input => input.Source.Name));
    }

    [Fact]
    public void Of_types_of_another_assembly_is_told_all_but_the_comments()
    {
        var shared = new Project("Shared", "namespace Shared; /// <summary>Known.</summary>\npublic sealed record Person(string Name);").Build();
        var json = Json(new Project("App", "[TypedChannels.Channel(\"hi\")] public sealed record Hi(Shared.Person Who);") { References = [.. Project.Framework, shared] });
        Assert.Contains("""{"id":"Shared.Person","name":"Person","members":[{"name":"name","type":"string","read":"required","write":"always"}]}""", json, StringComparison.Ordinal);
    }

    private static string Json(Project project)
    {
        var generated = project.Generate();
        return Json(generated.Compilation);
    }

    private static string Json(Compilation compilation) =>
        (string)compilation.Assembly.FindAttribute("TypedChannels.ChannelManifestAttribute")!.ConstructorArguments[1].Value!;
}
