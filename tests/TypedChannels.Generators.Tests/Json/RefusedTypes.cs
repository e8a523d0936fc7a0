using Microsoft.CodeAnalysis;

namespace TypedChannels.Generators.Tests.Json;

/// <summary>Records that cannot be created, named or told apart.</summary>
public sealed class RefusedTypes
{
    [Theory]
    [InlineData("[Channel(\"x\")] public class Message { private Message() { } }", "TCH0021 'Message': 'Message' cannot be created from JSON: it has no public constructor")]
    [InlineData("[Channel(\"x\")] public class Message { public Message(int a) { } public Message(string b) { } }", "TCH0021 'Message': 'Message' cannot be created from JSON: it has several public constructors, and none is marked [JsonConstructor]")]
    [InlineData("[Channel(\"x\")] public class Message { [JsonConstructor] public Message(int a) { } [JsonConstructor] public Message() { } public int A { get; } }", "TCH0021 'Message': 'Message' cannot be created from JSON: several of its constructors are marked [JsonConstructor]")]
    [InlineData("[Channel(\"x\")] public class Message { [JsonConstructor] private Message() { } }", "TCH0021 'Message': 'Message' cannot be created from JSON: its [JsonConstructor] cannot be called by the other code of the project")]
    [InlineData("[Channel(\"x\")] public class Message { public Message(ref int a) => A = a; public int A { get; } }", "TCH0021 'Message': 'Message' cannot be created from JSON: its constructor has a ref or out parameter")]
    [InlineData("[Channel(\"x\")] public class Message { public Message(int b) { } public int A { get; set; } }", "TCH0021 'b': 'Message' cannot be created from JSON: its constructor's parameter 'b' has no public property of the same name and type")]
    [InlineData("[Channel(\"x\")] public class Message { public Message(long a) { } public int A { get; set; } }", "TCH0021 'a': 'Message' cannot be created from JSON: its constructor's parameter 'a' has no public property of the same name and type")]
    [InlineData("[Channel(\"x\")] public class Message { public Message(int a) { } public int A { get; set; } [JsonPropertyName(\"b\")] public int a { get; set; } }", "TCH0021 'a': 'Message' cannot be created from JSON: its constructor's parameter 'a' has several properties that differ in case only")]
    [InlineData("[Channel(\"x\")] public record Message([property: JsonIgnore] string Secret);", "TCH0021 'Secret': 'Message' cannot be created from JSON: its constructor's parameter 'Secret' belongs to an ignored property and has no default, so that every message would be refused")]
    [InlineData("[Channel(\"x\")] public class Message { [JsonIgnore] public required int A { get; set; } }", "TCH0021 'A': 'Message' cannot be created from JSON: its required member 'A' cannot be set from JSON")]
    [InlineData("[Channel(\"x\")] public class Message { public required int A; }", "TCH0021 'A': 'Message' cannot be created from JSON: its required member 'A' cannot be set from JSON")]
    [InlineData("[Channel(\"x\")] public record Message(Inner Inner); public class Inner { internal Inner() { } }", "TCH0021 'Inner': 'Message.Inner' cannot be created from JSON: Inner: it has no public constructor")]
    [InlineData("[Channel(\"x\")] public class Message { public int A { get; set; } public int a { get; set; } }", "TCH0023 'a': 'a' has the same JSON name as 'A': \"a\"")]
    [InlineData("[Channel(\"x\")] public record Message(int A, [property: JsonPropertyName(\"a\")] int B);", "TCH0023 'B': 'B' has the same JSON name as 'A': \"a\"")]
    [InlineData("[assembly: ChannelJson(ContextName = \"No Name\")] [Channel(\"x\")] public record Message(int A);", "TCH0025 'ChannelJson(ContextName = \"No Name\")': \"No Name\" cannot be the name of the generated JSON context: it is no C# identifier")]
    public async Task Are_reported(string source, string diagnostic)
    {
        Assert.Equal([diagnostic], await Run.Analyze(source));
        // Whatever is wrong, what is generated compiles as far as the source does.
        var compilation = Run.Compile(source);
        Run.Generate(compilation, out var output);
        Assert.Empty(output.GetDiagnostics(TestContext.Current.CancellationToken).Where(d => d.Location.SourceTree is { } tree && !compilation.ContainsSyntaxTree(tree)).Select(d => d.ToString()));
    }

    [Theory]
    [InlineData("[Channel(\"x\")] public abstract record Message(int A);")]
    [InlineData("[Channel(\"x\")] public static class Message;")]
    [InlineData("[Channel(\"x\")] public ref struct Message { public int A { get; set; } }")]
    [InlineData("[Channel(\"x\")] public record Message<T>(T A);")]
    [InlineData("public class Outer<T> { [Channel(\"x\")] public record Message(T A); }")]
    [InlineData("public class Outer { [Channel(\"x\")] private record Message(int A); }")]
    [InlineData("public class Outer { [Channel(\"x\")] protected record Message(int A); }")]
    [InlineData("[Channel(\"x\")] file record Message(int A);")]
    [InlineData("[Channel(\"x\")] public class Message : List<int>;")]
    public async Task Are_left_to_the_analyzer_of_channels_where_no_channel_can_be(string source)
    {
        Assert.Empty(await Run.Analyze(source));
        Assert.Empty(Run.Generate(Run.Compile(source)));
    }

    [Theory]
    [InlineData("#pragma warning disable TCH0020\n[Channel(\"x\")] public record Message(object A);")]
    [InlineData("[Channel(\"x\"), System.Diagnostics.CodeAnalysis.SuppressMessage(\"TypedChannels\", \"TCH0020\")] public record Message(object A);")]
    public async Task Can_be_suppressed(string source) => Assert.Empty(await Run.Analyze(source));

    [Fact]
    public async Task Can_be_suppressed_in_the_editorconfig()
    {
        var compilation = Run.Compile("[Channel(\"x\")] public record Message(object A);");
        Assert.Single(await Run.Analyze(compilation));
        Assert.Empty(await Run.Analyze(compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new Configured("TCH0020", ReportDiagnostic.Suppress)))));
    }

    /// <summary>Stands for an .editorconfig file with one line.</summary>
    private sealed class Configured(string configured, ReportDiagnostic severity) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.NotGenerated;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic found)
        {
            found = severity;
            return diagnosticId == configured;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic found)
        {
            found = severity;
            return diagnosticId == configured;
        }
    }
}
