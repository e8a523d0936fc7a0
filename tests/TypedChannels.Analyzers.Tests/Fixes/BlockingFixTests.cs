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
    [InlineData("Thread.Sleep(millisecondsTimeout: 5);", "await Task.Delay(5);")]
    [InlineData("Thread.Sleep(timeout: TimeSpan.FromSeconds(1));", "await Task.Delay(TimeSpan.FromSeconds(1));")]
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
    public Task Leaves_what_is_thrown_instead_of_a_task() => Fix.Expect(
        "TCH0042",
        Title,
        Wrap("(connection, message) => throw new InvalidOperationException(WorkAsync().Result.ToString())"),
        Wrap("async (connection, message) => throw new InvalidOperationException((await WorkAsync()).ToString())"));

    [Fact]
    public Task Lets_a_return_of_nothing_be() => Fix.Expect(
        "TCH0042",
        Title,
        Wrap("(connection, message) =>\n        {\n            Thread.Sleep(1);\n            if (message.Text == \"\")\n                return ;\n            return default;\n        }"),
        Wrap("async (connection, message) =>\n        {\n            await Task.Delay(1);\n            if (message.Text == \"\")\n                return ;\n        }"));

    [Fact]
    public Task Awaits_in_all_of_several_tasks() => Fix.ExpectAll(
        "TCH0042",
        Title,
        Wrap("(connection, message) =>\n        {\n            Task.WaitAll(Task.Delay(WorkAsync().Result));\n            return default;\n        }"),
        Wrap("async (connection, message) =>\n        {\n            await Task.WhenAll(Task.Delay(await WorkAsync()));\n        }"));

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
    [InlineData("(_, _) => { Task.WaitAll([WorkAsync()], 1000); return default; }")]
    [InlineData("(_, _) => { Task.WaitAll([WorkAsync()], TimeSpan.FromSeconds(1)); return default; }")]
    [InlineData("(_, _) => { Task.WaitAll([WorkAsync()], CancellationToken.None); return default; }")]
    public Task Offers_nothing_where_no_await_says_the_same(string handler) => Fix.ExpectOffered("TCH0042", Wrap(handler));

    [Theory]
    [InlineData("(_, message) => new(Task.Delay(WorkAsync().Result))")]
    [InlineData("(_, message) => WorkAsync().Result > 1 ? throw new InvalidOperationException() : default")]
    [InlineData("(_, message) => WorkAsync().Result > 1 ? default : default")]
    [InlineData("(_, message) => { Thread.Sleep(1); return message.Text == \"\" ? default : new(); }")]
    [InlineData("(_, message) => { Thread.Sleep(1); return new(Task.CompletedTask); }")]
    [InlineData("(_, message) => { try { } catch when (WorkAsync().Result == 1) { } return default; }")]
    [InlineData("(_, message) => { var text = message.Text.AsSpan(); Thread.Sleep(1); Console.WriteLine(text.Length); return default; }")]
    [InlineData("(_, message) => { foreach (var c in message.Text.AsSpan()) Thread.Sleep(1); return default; }")]
    [InlineData("(_, message) => { var x = new int[1]; ref var y = ref x[0]; Thread.Sleep(1); y = 2; return default; }")]
    [InlineData("async (_, message) => { var x = new int[1]; foreach (ref var y in x.AsSpan()) Thread.Sleep(1); await Task.Yield(); }")]
    [InlineData("(_, message) => { Console.WriteLine(message.Text.AsSpan()[WorkAsync().Result]); return default; }")]
    public Task Offers_nothing_where_the_await_would_not_compile(string handler) => Fix.ExpectOffered("TCH0042", Wrap(handler));

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
