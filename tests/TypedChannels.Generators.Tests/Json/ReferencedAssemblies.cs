using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators.Tests.Json;

/// <summary>Types of another assembly: seen as metadata, with what they say of themselves.</summary>
public sealed class ReferencedAssemblies
{
    [Fact]
    public async Task Have_their_types_generated()
    {
        var app = App(
            """
            #nullable enable
            namespace Library;
            public record Author(string Name, int? Age = 7) { public required List<string?> Tags { get; init; } [JsonInclude] public int Field; [JsonPropertyName("x")] public Level Level { get; set; } }
            public enum Level { Low }
            [JsonDerivedType(typeof(Cat), "cat")] public abstract class Animal;
            public sealed class Cat : Animal { [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public int Lives { get; set; } }
            """,
            "#pragma warning disable CS1591\n[Channel(\"chat\")] public record ChatMessage(Library.Author Author, Library.Animal Pet);");
        Assert.Empty(await Run.Analyze(app));

        var sources = Run.GenerateAndCompile(app);

        var author = sources["ChannelJsonContext.Author.g.cs"];
        Assert.Contains("new global::Library.Author((string)args[0], (int?)args[1]) { Tags = (global::System.Collections.Generic.List<string>)args[2] }", author, StringComparison.Ordinal);
        Assert.Contains("members[0].IsSetNullable = false;", author, StringComparison.Ordinal);
        Assert.Contains("HasJsonInclude = true,", author, StringComparison.Ordinal);
        Assert.Contains("JsonPropertyName = \"x\",", author, StringComparison.Ordinal);
        Assert.Contains("NumberHandling = (global::System.Text.Json.Serialization.JsonNumberHandling)2,", sources["ChannelJsonContext.Cat.g.cs"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public class Author { [JsonInclude] public int A { get; private set; } }", "TCH0022 'Author': [JsonInclude] on 'ChatMessage.Author.A' cannot be honoured: generated code cannot reach it or its accessors; make them internal or public")]
    [InlineData("public class Author { [JsonConverter(typeof(Hidden))] public int A { get; set; } } class Hidden;", "TCH0022 'Author': [JsonConverter] on 'ChatMessage.Author.A' cannot be honoured: it names a type that is no JsonConverter")]
    [InlineData("public class Author { internal Author() { } }", "TCH0021 'Author': 'ChatMessage.Author' cannot be created from JSON: Author: it has no public constructor")]
    [InlineData("public class Author { public System.Collections.ArrayList? A { get; set; } }", "TCH0020 'Author': 'ChatMessage.Author.A' of type 'ArrayList' cannot be generated as JSON: it holds objects of any type; use a generic collection")]
    public async Task Are_diagnosed_at_the_member_that_leads_there(string library, string diagnostic) =>
        Assert.Equal([diagnostic], await Run.Analyze(App(library, "[Channel(\"chat\")] public record ChatMessage(Author Author);")));

    private static Compilation App(string library, string app)
    {
        using var image = new MemoryStream();
        var compilation = Run.Compile("#pragma warning disable CS1591\n" + library).WithAssemblyName("Library");
        Assert.True(compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);
        return Run.Compile(app).AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
    }
}
