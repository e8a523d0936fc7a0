using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedChannels.Generators.Tests.Json;

/// <summary>What is printed: it compiles everywhere without a warning, and is the same in every build.</summary>
public sealed class GeneratedCode
{
    private const string Chat = "namespace Chats; [Channel(\"chat\")] public record ChatMessage(string User, List<Author?> Authors, Mood Mood, int? N); public record Author(string Name, Author[]? Friends); public enum Mood { Glad }";

    private const string Others = """
        namespace Other { [Channel("other")] public record Message(Author Author); public record Author(int A); internal record Secret(int A); [Channel("secret")] internal record Internal(List<Secret> Secrets, List<Author> Authors); }
        namespace Third { [Channel("third")] public record message(Author A, Größe B); public class Author { public int @class { get; set; } public required string @event { get; init; } } public record Größe(int Länge); }
        """;

    [Theory]
    [InlineData(NullableContextOptions.Enable)]
    [InlineData(NullableContextOptions.Disable)]
    public void Compiles_without_a_warning(NullableContextOptions nullable)
    {
        var source = nullable == NullableContextOptions.Enable ? Chat : Chat.Replace("Author?", "Author", StringComparison.Ordinal).Replace("[]?", "[]", StringComparison.Ordinal);
        Run.GenerateAndCompile(Run.Compile(nullable, "#pragma warning disable CS1591\n" + source, "#pragma warning disable CS1591\n" + Others));
    }

    [Fact]
    public void Is_one_file_for_the_context_and_one_for_each_type() =>
        Assert.Equal(
            [
                "ChannelJsonContext.Author.g.cs", "ChannelJsonContext.AuthorArray.g.cs", "ChannelJsonContext.ChatMessage.g.cs", "ChannelJsonContext.Int32.g.cs",
                "ChannelJsonContext.ListAuthor.g.cs", "ChannelJsonContext.Mood.g.cs", "ChannelJsonContext.NullableInt32.g.cs", "ChannelJsonContext.String.g.cs", "ChannelJsonContext.g.cs",
            ],
            Run.Generate(Run.Compile(Chat)).Keys.Where(name => name.Contains("Json", StringComparison.Ordinal)));

    [Fact]
    public void Is_the_same_for_files_in_another_order()
    {
        const string part1 = "public partial record Parts(int A) { public int X { get; set; } }", part2 = "[Channel(\"parts\")] public partial record Parts { public int W { get; set; } }";
        var trees = new[] { Chat, Others, part1, part2 }.Select((source, i) => Run.Parse(source, $"{i}.cs")).ToArray();
        var compilation = Run.Compile();
        Assert.Equal(Run.Generate(compilation.AddSyntaxTrees(trees)), Run.Generate(compilation.AddSyntaxTrees(trees.Reverse())));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    public void Is_the_same_under_every_culture(string name)
    {
        const string defaults = "[Channel(\"i\")] public record Ids(int Id, int IID, double D = -1.5, decimal M = 1.5m, int I = -1, float F = 1e-10f);";
        var expected = Run.Generate(Run.Compile(Chat, Others, defaults));
        Assert.Equal(expected, Cultures.Under(name, () => Run.Generate(Run.Compile(Chat, Others, defaults))));
    }

    [Fact]
    public void Ends_its_lines_with_newlines_only()
    {
        foreach (var (file, source) in Run.Generate(Run.Compile(Chat, Others)))
        {
            Assert.DoesNotContain('\r', source);
            Assert.EndsWith(file == "ChannelManifest.g.cs" ? ")]\n" : "}\n", source, StringComparison.Ordinal);
            Assert.DoesNotContain(" \n", source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Uses_no_other_generators_magic_and_prints_no_path_or_time()
    {
        string[] unwanted =
            ["[JsonSerializable", "JsonSerializableAttribute", "JsonSourceGenerationOptions", "LoggerMessage", "GeneratedRegex", "File0", DateTime.UtcNow.Year.ToString(CultureInfo.InvariantCulture)];
        foreach (var source in Run.Generate(Run.Compile(Chat, Others)).Values)
            Assert.All(unwanted, text => Assert.DoesNotContain(text, source, StringComparison.Ordinal));
    }

    [Fact]
    public void Gives_types_of_one_simple_name_their_qualified_names()
    {
        var sources = Run.GenerateAndCompile(Run.Compile("#pragma warning disable CS1591\n" + Chat, "#pragma warning disable CS1591\n" + Others));
        Assert.Contains("ChannelJsonContext.Chats_Author.g.cs", sources.Keys);
        Assert.Contains("ChannelJsonContext.Other_Author.g.cs", sources.Keys);
        Assert.Contains("ChannelJsonContext.Third_Author.g.cs", sources.Keys);
        Assert.DoesNotContain("ChannelJsonContext.Author.g.cs", sources.Keys);
    }

    [Fact]
    public void Gives_types_whose_names_differ_in_case_files_of_their_own()
    {
        var sources = Run.GenerateAndCompile(Run.Compile("#pragma warning disable CS1591, CS8981\n[Channel(\"a\")] public record Message(message Inner); public record message(int A);"));
        Assert.Equal(sources.Count, sources.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("__Create_A")]
    [InlineData("_A")]
    [InlineData("Default")]
    [InlineData("Options")]
    [InlineData("GetTypeInfo")]
    [InlineData("MemberwiseClone")]
    [InlineData("ChannelJsonContext2")]
    [InlineData("JsonSerializerContext")]
    [InlineData("System")]
    [InlineData("TypedChannels")]
    [InlineData("@class")]
    [InlineData("@null")]
    [InlineData("Ünïcödé")]
    [InlineData("A\u0301")]
    public void Compiles_with_a_type_called(string name)
    {
        foreach (var space in new[] { "", "namespace Mine;", "namespace System.Text.Json.Mine;" })
        {
            if (space.Length == 0 && name is "System" or "TypedChannels")
                continue;
            Run.GenerateAndCompile(Run.Compile($"#pragma warning disable CS1591, CS8981\n{space} [Channel(\"a\")] public record {name}(A? Inner, int B); public record A({name}[] Values);"));
        }
    }

    [Fact]
    public void Makes_internal_properties_for_internal_types()
    {
        var sources = Run.Generate(Run.Compile(Others));
        Assert.Contains("    internal global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<global::System.Collections.Generic.List<global::Other.Secret>> ListSecret", sources["ChannelJsonContext.ListSecret.g.cs"], StringComparison.Ordinal);
        Assert.Contains("    public global::System.Text.Json.Serialization.Metadata.JsonTypeInfo<global::Other.Message> Message", sources["ChannelJsonContext.Message.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Follows_the_settings_of_the_assembly()
    {
        var sources = Run.GenerateAndCompile(Run.Compile(
            "[assembly: ChannelJson(PropertyNamingPolicy = JsonKnownNamingPolicy.KebabCaseUpper, UseStringEnumConverter = false, ContextName = \"base\")]\n#pragma warning disable CS1591\n[Channel(\"a\")] public record Message(DayOfWeek FirstDay);"));
        Assert.Contains("PropertyNamingPolicy = global::System.Text.Json.JsonNamingPolicy.KebabCaseUpper,", sources["base.g.cs"], StringComparison.Ordinal);
        Assert.Contains("JsonPropertyName = \"FIRST-DAY\",", sources["base.Message.g.cs"], StringComparison.Ordinal);
        Assert.Contains("GetEnumConverter<global::System.DayOfWeek>", sources["base.DayOfWeek.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Keeps_a_refused_type_as_one_that_throws()
    {
        var sources = Run.GenerateAndCompile(Run.Compile("#pragma warning disable CS1591\n[Channel(\"a\")] public record Bad(object A); [Channel(\"b\")] public record Good(Bad? Bad, int A); [Channel(\"c\")] public record Fine(int A);"));
        Assert.Contains("GetUnsupportedTypeConverter<global::Bad>()", sources["ChannelJsonContext.Bad.g.cs"], StringComparison.Ordinal);
        Assert.Contains("CreateObjectInfo<global::Good>", sources["ChannelJsonContext.Good.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Channel(\"a\")] public record Message(Missing A, List<Missing> B, Dictionary<Missing, int> C, Box<Missing> D, Missing<int>[] E); public record Box<T>(T A);")]
    [InlineData("[Channel(\"a\")] public record Message(")]
    [InlineData("[Channel(\"a\")] public record Message(int A, )")]
    [InlineData("[Channel(\"a\")] public record (int A);")]
    [InlineData("[Channel(\"a\")] public class Message : Message { public int A { get; set; } }")]
    [InlineData("[Channel(\"a\")] public class Message : Missing { public int A { get; set; } public int A { get; set; } }")]
    [InlineData("[Channel] public record Message(int A);")]
    [InlineData("[Channel(\"a\")] [Channel(\"b\")] public partial record Message(int A); public partial record Message(int B);")]
    [InlineData("[Channel(\"a\")] public struct Message { public Message A { get; set; } }")]
    [InlineData("[Channel(\"a\")] public record Message([JsonPropertyName] int A, [property: JsonPropertyName(1)] int B, [property: JsonIgnore(Condition = 3)] int C, int D = \"x\");")]
    [InlineData("[Channel(\"a\")] public enum Message { }")]
    [InlineData("[Channel(\"a\")] public interface IMessage { int A { get; } }")]
    [InlineData("[assembly: ChannelJson(PropertyNamingPolicy = 77, ContextName = null)] [Channel(\"a\")] public record Message(int A);")]
    public async Task Survives_broken_source(string source)
    {
        var compilation = Run.Compile(source, "[Channel(\"good\")] public record Good(int A);");
        Assert.Contains("ChannelJsonContext.Good.g.cs", Run.Generate(compilation).Keys);
        Assert.DoesNotContain(await Run.Analyze(compilation), d => d.StartsWith("AD", StringComparison.Ordinal));
    }
}
