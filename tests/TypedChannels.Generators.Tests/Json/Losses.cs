namespace TypedChannels.Generators.Tests.Json;

/// <summary>What a record has and its messages do not carry is a warning at the member.</summary>
public sealed class Losses
{
    private const string Initializer = " is set when the object is created, so its initialiser is lost when the message lacks the member: "
        + "make it required, give it a setter, or make it a constructor parameter with a default";

    private const string Field = " is a field, which is not part of the message: make it a property";

    [Theory]
    [InlineData("[Channel(\"x\")] public record Message { public string Name { get; init; } = \"x\"; }")]
    [InlineData("[Channel(\"x\")] public record Message(int A) { public string Name { get; init; } = \"x\"; }")]
    [InlineData("[Channel(\"x\")] public record Message(List<Inner?>? A); public struct Inner { public Inner() { } public int Name { get; init; } = 1; }")]
    [InlineData("[Channel(\"x\")] public record Message(int A) : Base; public abstract record Base { public int Name { get; init; } = 1; }")]
    [InlineData("[Channel(\"x\")] public record Message { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Name { get; init; } = \"x\"; }")]
    public async Task Of_initializers_of_init_only_members_are_TCH0026(string source) =>
        Assert.Equal(["TCH0026 'Name': 'Name'" + Initializer], await Run.Analyze(source));

    [Theory]
    [InlineData("public string Name { get; set; } = \"x\";")]
    [InlineData("public required string Name { get; init; } = \"x\";")]
    [InlineData("[JsonRequired] public string Name { get; init; } = \"x\";")]
    [InlineData("[JsonIgnore] public string Name { get; init; } = \"x\";")]
    [InlineData("public string A { get; init; } = A;")]
    [InlineData("public string Name { get; } = \"x\";")]
    [InlineData("public string Name { get; private init; } = \"x\";")]
    [InlineData("public static string Name { get; } = \"x\";")]
    [InlineData("public string? Name { get; init; }")]
    [InlineData("public string Name { get; init; } = null!;")]
    [InlineData("public string Name { get; init; } = default!;")]
    public async Task Are_not_where_the_initializer_counts_or_says_nothing(string member) =>
        Assert.Empty(await Run.Analyze($$"""[Channel("x")] public record Message(string A) { {{member}} }"""));

    [Theory]
    [InlineData("[Channel(\"x\")] public record Message { public int Name; }")]
    [InlineData("[Channel(\"x\")] public record Message { public readonly int Name = 1; }")]
    [InlineData("[Channel(\"x\")] public record Message(Inner A); public struct Inner { public int Name; }")]
    [InlineData("[Channel(\"x\")] public record Message(int A) : Base; public record Base { public object? Name; }")]
    public async Task Of_public_fields_are_TCH0027(string source) =>
        Assert.Equal(["TCH0027 'Name': 'Name'" + Field], await Run.Analyze(source));

    [Theory]
    [InlineData("public const int Name = 1;")]
    [InlineData("public static int Name;")]
    [InlineData("[JsonIgnore] public int Name;")]
    [InlineData("internal int Name;")]
    [InlineData("private protected int Name;")]
    [InlineData("public int Name { get; set; }")]
    public async Task Are_not_of_what_no_message_would_carry(string member) =>
        Assert.Empty(await Run.Analyze($$"""[Channel("x")] public record Message(string A) { {{member}} }"""));

    [Fact]
    public async Task Of_another_assembly_are_reported_where_they_are_reached()
    {
        var library = Run.Compile("public class Author { public int Field; public string Name { get; init; } = \"x\"; }").WithAssemblyName("Library");
        var app = Run.Compile("[Channel(\"chat\")] public record ChatMessage(string Text, Author Author);").AddReferences(library.ToMetadataReference());
        Assert.Equal(["TCH0027 'Author': 'Field'" + Field], await Run.Analyze(app));
    }

    [Fact]
    public async Task Do_not_keep_the_type_from_being_generated()
    {
        const string source = "#pragma warning disable CS1591\n[Channel(\"x\")] public record Message { public int A; public string B { get; init; } = \"b\"; }";
        Assert.Equal(2, (await Run.Analyze(source)).Length);
        Assert.Contains("B = (string)args[0]", Run.GenerateAndCompile(Run.Compile(source))["ChannelJsonContext.Message.g.cs"], StringComparison.Ordinal);
    }
}
