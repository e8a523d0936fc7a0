namespace TypedChannels.Generators.Tests.Json;

/// <summary>What cannot be generated is an error at the member, never silence and never reflection.</summary>
public sealed class RefusedMembers
{
    [Theory]
    [InlineData("object", "object", "it can hold anything, so its JSON is not known at compile time")]
    [InlineData("dynamic", "dynamic", "it can hold anything, so its JSON is not known at compile time")]
    [InlineData("object?", "object", "it can hold anything, so its JSON is not known at compile time")]
    [InlineData("List<object>", "object", "it can hold anything, so its JSON is not known at compile time")]
    [InlineData("nint", "nint", "pointers and native integers have no JSON form")]
    [InlineData("Action", "Action", "delegates have no JSON form")]
    [InlineData("(int A, string B)", "(int A, string B)", "the names of a tuple's items do not exist at run time; use a record")]
    [InlineData("int[,]", "int[*,*]", "arrays of several dimensions have no JSON form; use an array of arrays")]
    [InlineData("List<int[,]>", "int[*,*]", "arrays of several dimensions have no JSON form; use an array of arrays")]
    [InlineData("Dictionary<int, string>", "Dictionary<int, string>", "only dictionaries with string keys can be generated")]
    [InlineData("IDisposable", "IDisposable", "an interface does not say which type to create")]
    [InlineData("IList<int>", "IList<int>", "of the collections only T[], List<T>, IReadOnlyList<T> and Dictionary<string, T> can be generated")]
    [InlineData("HashSet<int>", "HashSet<int>", "of the collections only T[], List<T>, IReadOnlyList<T> and Dictionary<string, T> can be generated")]
    [InlineData("Own", "Own", "of the collections only T[], List<T>, IReadOnlyList<T> and Dictionary<string, T> can be generated")]
    [InlineData("Exception", "Exception", "a type of .NET without a JSON converter of its own cannot be generated")]
    [InlineData("KeyValuePair<string, int>", "KeyValuePair<string, int>", "a type of .NET without a JSON converter of its own cannot be generated")]
    [InlineData("ReadOnlyMemory<byte>", "ReadOnlyMemory<byte>", "a type of .NET without a JSON converter of its own cannot be generated")]
    [InlineData("System.Text.Json.Nodes.JsonNode", "JsonNode", "a type of .NET without a JSON converter of its own cannot be generated")]
    [InlineData("Abstract", "Abstract", "an abstract type cannot be created")]
    [InlineData("Endless<int>", "Endless<Endless<Endless<Endless<Endless<Endless<Endless<Endless<Endless<Endless<Endless<int>>>>>>>>>>>", "it contains ever new types; a generic type contains itself with other type arguments")]
    public async Task Are_reported_at_the_member(string type, string display, string reason)
    {
        var diagnostics = await Run.Analyze(
            $$"""
            [Channel("x")] public record Message({{type}} Payload);
            public abstract record Abstract(int A);
            public record Endless<T>(Endless<Endless<T>>? Next);
            public class Own : List<int>;
            """);

        var expected = $"of type '{display}' cannot be generated as JSON: {reason}";
        var diagnostic = Assert.Single(diagnostics);
        Assert.EndsWith(expected, diagnostic, StringComparison.Ordinal);
        Assert.StartsWith(type.StartsWith("Endless", StringComparison.Ordinal) ? "TCH0020 'Next': 'Message.Payload.Next.Next" : "TCH0020 'Payload': 'Message.Payload'", diagnostic, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_reported_where_they_are_declared_with_the_path_that_leads_there() =>
        Assert.Equal(
            ["TCH0020 'Tags': 'ChatMessage.Author.Tags' of type 'object' cannot be generated as JSON: it can hold anything, so its JSON is not known at compile time"],
            await Run.Analyze(
                "[Channel(\"chat\")] public record ChatMessage(string Text, List<Author>? Author);",
                "public class Author { public string Name { get; set; } = \"\"; public object? Tags { get; set; } }"));

    [Fact]
    public async Task Are_reported_at_the_nearest_member_of_the_project()
    {
        var library = Run.Compile("public class Author { public object? Tags { get; set; } }").WithAssemblyName("Library");
        var app = Run.Compile("[Channel(\"chat\")] public record ChatMessage(string Text, Author Author);").AddReferences(library.ToMetadataReference());
        Assert.Equal(
            ["TCH0020 'Author': 'ChatMessage.Author.Tags' of type 'object' cannot be generated as JSON: it can hold anything, so its JSON is not known at compile time"],
            await Run.Analyze(app));
    }

    [Fact]
    public async Task May_be_anything_if_they_are_ignored()
    {
        var compilation = Run.Compile("#pragma warning disable CS1591\n[Channel(\"x\")] public unsafe class Message { [JsonIgnore] public object? A { get; set; } [JsonIgnore] public int* B { get; set; } internal object? C { get; set; } [JsonIgnore] public object? D; [JsonIgnore] public Span<int> E => default; }");
        Assert.Empty(await Run.Analyze(compilation));
        Run.GenerateAndCompile(compilation);
    }

    [Fact]
    public async Task That_expand_into_ever_more_types_end() =>
        Assert.NotEmpty(await Run.Analyze("[Channel(\"x\")] public record Message(Tree<int, string> A); public record Tree<T, U>(Tree<Tree<T, U>, U>? A, Tree<U, List<T>>? B, Tree<T[], Tree<U, T>>? C);"));

    [Fact]
    public async Task Of_pointer_types_are_reported() =>
        Assert.StartsWith("TCH0020 'B': ", Assert.Single(await Run.Analyze("[Channel(\"x\")] public unsafe class Message { public int* B { get; set; } }")), StringComparison.Ordinal);

    [Fact]
    public async Task Of_reference_returning_properties_are_reported() =>
        Assert.Equal(
            ["TCH0020 'B': 'Message.B' of type 'int' cannot be generated as JSON: it returns a reference"],
            await Run.Analyze("[Channel(\"x\")] public class Message { private int b; public ref int B => ref b; }"));

    [Fact]
    public async Task That_are_an_error_to_use_are_reported() =>
        Assert.Equal(
            ["TCH0020 'B': 'Message.B' of type 'int' cannot be generated as JSON: the member is an error to use"],
            await Run.Analyze("[Channel(\"x\")] public class Message { [Obsolete(\"no\", true)] public int B { get; set; } [Obsolete] public int C { get; set; } }"));
}
