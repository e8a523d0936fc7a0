namespace TypedChannels.Analyzers.Tests.Fixes;

public class BlockingFixTests
{
    private const string Title = "Await instead of blocking";

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(10);", "await Task.Delay(10);")]
    [InlineData("Thread.Sleep(TimeSpan.FromSeconds(1));", "await Task.Delay(TimeSpan.FromSeconds(1));")]
    [InlineData("WorkAsync().Wait();", "await WorkAsync();")]
    [InlineData("Console.WriteLine(WorkAsync().Result + 1);", "Console.WriteLine(await WorkAsync() + 1);")]
    [InlineData("Console.WriteLine(WorkAsync().Result.ToString());", "Console.WriteLine((await WorkAsync()).ToString());")]
    [InlineData("Console.WriteLine(WorkAsync().GetAwaiter().GetResult());", "Console.WriteLine(await WorkAsync());")]
    [InlineData("connection.SendChatAsync(message).AsTask().Wait();", "await connection.SendChatAsync(message).AsTask();")]
    [InlineData("Task.WaitAll(WorkAsync(), WorkAsync());", "await Task.WhenAll(WorkAsync(), WorkAsync());")]
    public Task Awaits_and_makes_the_handler_async(string before, string after) => Fix.Expect(
        "TCH0042",
        Title,
        Wrap($"(connection, message) =>\n        {{\n            {before}\n            return default;\n        }}"),
        Wrap($"async (connection, message) =>\n        {{\n            {after}\n        }}"));

    [Fact]
    public Task Awaits_in_a_handler_of_one_expression() => Fix.Expect(
        "TCH0042",
        Title,
        Wrap("(connection, message) => connection.SendChatAsync(new(WorkAsync().Result.ToString()))"),
        Wrap("async (connection, message) => await connection.SendChatAsync(new((await WorkAsync()).ToString()))"));

    [Fact]
    public Task Awaits_in_a_method() => Fix.Expect(
        "TCH0042",
        Title,
        Wrap("SayAsync", "private ValueTask SayAsync(TheConnection connection, Chat message)\n    {\n        Thread.Sleep(1);\n        return connection.SendChatAsync(message);\n    }"),
        Wrap("SayAsync", "private async ValueTask SayAsync(TheConnection connection, Chat message)\n    {\n        await Task.Delay(1);\n        await connection.SendChatAsync(message);\n    }"));

    [Fact]
    public Task Fixes_all_of_a_handler_at_once_one_inside_the_other() => Fix.ExpectAll(
        "TCH0042",
        Title,
        Wrap("(connection, message) =>\n        {\n            Thread.Sleep(WorkAsync().Result);\n            WorkAsync().Wait();\n            return default;\n        }"),
        Wrap("async (connection, message) =>\n        {\n            await Task.Delay(await WorkAsync());\n            await WorkAsync();\n        }"));

    [Theory]
    [InlineData("(_, _) => { WorkAsync().Wait(10); return default; }")]
    [InlineData("(_, _) => { Task.WaitAny(WorkAsync()); return default; }")]
    [InlineData("(_, _) => { lock (this) Thread.Sleep(1); return default; }")]
    [InlineData("(_, message) => { Thread.Sleep(1); lock (this) { return EmitChatAsync(message); } }")]
    public Task Offers_nothing_where_no_await_says_the_same(string handler) => Fix.ExpectOffered("TCH0042", Wrap(handler));

    [Fact]
    public Task Offers_nothing_where_the_handler_is_not_awaited() => Fix.ExpectOffered(
        "TCH0042", Wrap("(_, _) => default;\n        OnMessageError += (_, _) => Thread.Sleep(1)"));

    private static string Wrap(string handler, string? member = null) => $$"""
        using System.Threading;
        [Channel("chat")] public sealed record Chat(string Text);
        public sealed class P;
        [ChannelServer<P>]
        public sealed partial class TheServer
        {
            protected override void OnStarting()
            {
                OnChat += {{handler}};
            }

            private static Task<int> WorkAsync() => Task.FromResult(1);
            {{member}}
        }

        """;
}
