namespace TypedChannels.Generators.Tests.Json;

/// <summary>What another generator makes is seen by the analyzers only, and told by the path that the compiler gives it.</summary>
public sealed class OtherGenerators
{
    private const string Path = "/app/obj/Other.Generators/Other.Generators.PropertyGenerator/Message.g.cs";

    [Fact]
    public async Task Make_members_that_are_not_part_of_the_message() =>
        Assert.Equal(
            ["TCH0030 'Message': 'Name' of 'Message' is made by another generator, and none sees what another makes: it is not part of the message; declare the type in a project of its own"],
            await Analyze("[Channel(\"x\")] public partial class Message { public int A { get; set; } }", "partial class Message { public object? Name { get; set; } public static int Static { get; set; } internal int Internal { get; set; } [JsonIgnore] public int Ignored { get; set; } }", Path));

    [Fact]
    public async Task Make_types_that_no_message_can_hold() =>
        Assert.Equal(
            ["TCH0020 'A': 'Message.A' of type 'Made' cannot be generated as JSON: another generator makes it, and none sees what another makes; declare it in a project of its own"],
            await Analyze("[Channel(\"x\")] public record Message(Made A);", "public record Made(int A);", Path));

    [Theory]
    [InlineData("/app/Message.g.cs")]
    [InlineData("/app/src/Models/Message.g.cs")]
    [InlineData("/app/Other.Generators/Message.g.cs")]
    [InlineData("/app/Other.Models/Other.Models.Messages/Message.cs")]
    public async Task Are_not_whoever_wrote_a_file_of_the_project(string path) =>
        Assert.Empty(await Analyze("[Channel(\"x\")] public partial class Message { public Made? A { get; set; } }", "partial class Message { public int B { get; set; } } public record Made(int A);", path));

    private static Task<string[]> Analyze(string source, string generated, string path) =>
        Run.Analyze(Run.Compile(source).AddSyntaxTrees(Run.Parse(generated, path)));
}
