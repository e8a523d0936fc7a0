namespace TypedChannels.Analyzers.Tests.Fixes;

public class AwaitCommentTests
{
    [Theory]
    [InlineData("return EmitAsync(\"b\"); // told", "await EmitAsync(\"b\"); // told")]
    [InlineData("return /* in */ EmitAsync(\"b\" /* b */) /* after */; /* end */", "/* in */\nawait EmitAsync(\"b\" /* b */) /* after */; /* end */")]
    [InlineData("return default; // keep", "return; // keep")]
    [InlineData("// First.\nreturn default;", "// First.")]
    [InlineData("return /* in */ new ValueTask(/* nothing */); // keep", "return /* in */ /* nothing */; // keep")]
    [InlineData(
        "if (x > 0)\n    return EmitAsync(\"none\"); // nothing to do\nreturn default;",
        "if (x > 0)\n{\n    await EmitAsync(\"none\"); // nothing to do\n    return;\n}")]
    [InlineData(
        "if (x > 0) // positive\n    // Nobody.\n    return EmitAsync(\"none\");\nelse\n    return default; // keep",
        "if (x > 0) // positive\n{\n    // Nobody.\n    await EmitAsync(\"none\");\n    return;\n}\nelse\n    return; // keep")]
    public Task Keeps_each_comment_once(string before, string after) => Fix.Expect(
        "TCH0043",
        "Await the task",
        Wrap("ValueTask SayAsync(int x)", $"EmitAsync(\"a\"); // say\n{before}"),
        Wrap("async ValueTask SayAsync(int x)", $"await EmitAsync(\"a\"); // say\n{after}"));

    [Theory]
    [InlineData("EmitAsync(\"a\"); return ValueTask.FromResult(/* one */ 1);")]
    [InlineData("EmitAsync(\"a\"); return /* a */ ValueTask./* b */FromResult(1);")]
    public Task Offers_nothing_where_a_comment_would_be_lost(string body) => Fix.ExpectOffered(
        "TCH0043", Wrap("ValueTask<int> CountAsync()", body), "Say with '_ =' that nobody looks at the task");

    private static string Wrap(string head, string body) => $$"""
        [Channel("chat")] public sealed record Chat(string Text);
        public sealed class P;
        [ChannelServer<P>]
        public sealed partial class TheServer
        {
            {{head}}
            {
                {{body.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
        }

        """;
}
