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
    [InlineData("(int, string)?", "(int, string)", "the names of a tuple's items do not exist at run time; use a record")]
    [InlineData("Dictionary<Plain, string>", "Dictionary<Plain, string>", "'Plain' cannot be the name of a JSON member")]
    [InlineData("IReadOnlyDictionary<byte[], string>", "IReadOnlyDictionary<byte[], string>", "'byte[]' cannot be the name of a JSON member")]
    [InlineData("Dictionary<System.Text.Json.JsonElement, string>", "Dictionary<JsonElement, string>", "'JsonElement' cannot be the name of a JSON member")]
    [InlineData("Dictionary<object, string>", "Dictionary<object, string>", "'object' cannot be the name of a JSON member")]
    [InlineData("Dictionary<Nameless, string>", "Dictionary<Nameless, string>", "the converter of its keys, 'Nameless', does not override ReadAsPropertyName and WriteAsPropertyName")]
    [InlineData("Dictionary<string, object>", "object", "it can hold anything, so its JSON is not known at compile time")]
    [InlineData("IDisposable", "IDisposable", "an interface does not say which type to create; name its implementations with [JsonDerivedType]")]
    [InlineData("IOwnList", "IOwnList", "an interface does not say which type to create; use a type that implements it")]
    [InlineData("System.Collections.ArrayList", "ArrayList", "it holds objects of any type; use a generic collection")]
    [InlineData("System.Collections.Hashtable", "Hashtable", "it holds objects of any type; use a generic collection")]
    [InlineData("IAsyncEnumerable<int>", "IAsyncEnumerable<int>", "a message is read and written at once, so it cannot be asynchronous")]
    [InlineData("ArraySegment<int>", "ArraySegment<int>", "nothing can be added to it; use a type that implements ICollection<T> or IDictionary<TKey, TValue>")]
    [InlineData("Sequence", "Sequence", "nothing can be added to it; use a type that implements ICollection<T> or IDictionary<TKey, TValue>")]
    [InlineData("Sized", "Sized", "it has no public constructor without parameters")]
    [InlineData("Demanding", "Demanding", "a collection's required members cannot be set from JSON")]
    [InlineData("AbstractList", "AbstractList", "an abstract collection cannot be created")]
    [InlineData("Exception", "Exception", "a type of .NET without a JSON converter of its own cannot be generated")]
    [InlineData("Tuple<int, string>", "Tuple<int, string>", "a type of .NET without a JSON converter of its own cannot be generated")]
    [InlineData("Abstract", "Abstract", "an abstract type cannot be created; name the types derived from it with [JsonDerivedType]")]
    [InlineData("Endless<int>", "Endless<Endless<Endless<Endless<Endless<Endless<Endless<Endless<Endless<Endless<Endless<int>>>>>>>>>>>", "it contains ever new types; a generic type contains itself with other type arguments")]
    public async Task Are_reported_at_the_member(string type, string display, string reason)
    {
        var diagnostics = await Run.Analyze(
            $$"""
            [Channel("x")] public record Message({{type}} Payload);
            public abstract record Abstract(int A);
            public record Endless<T>(Endless<Endless<T>>? Next);
            public record Plain(int A);
            public interface IOwnList : IList<int>;
            public class Sequence : IEnumerable<int> { public IEnumerator<int> GetEnumerator() => throw null!; System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => throw null!; }
            public class Sized(int size) : List<int>(size);
            public class Demanding : List<int> { public required int Extra { get; set; } }
            public abstract class AbstractList : List<int>;
            [JsonConverter(typeof(NamelessConverter))] public class Nameless;
            public class NamelessConverter : JsonConverter<Nameless> { public override Nameless? Read(ref System.Text.Json.Utf8JsonReader reader, Type type, System.Text.Json.JsonSerializerOptions options) => null; public override void Write(System.Text.Json.Utf8JsonWriter writer, Nameless value, System.Text.Json.JsonSerializerOptions options) { } }
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
