namespace TypedChannels.Analyzers.Tests.Fixes;

public class AwaitFixTests
{
    private const string Await = "Await the task";
    private const string Discard = "Say with '_ =' that nobody looks at the task";

    private const string Contract = """
        [Channel("chat")] public sealed record Chat(string Text);
        public sealed class P;
        [ChannelServer<P>]
        public sealed partial class TheServer
        {

        """;

    [Theory]
    [InlineData(
        """
        public async Task UseAsync(TheConnection connection)
        {
            connection.SendChatAsync(new("a"));
        }
        """,
        """
        public async Task UseAsync(TheConnection connection)
        {
            await connection.SendChatAsync(new("a"));
        }
        """)]
    [InlineData(
        """
        // A comment.
        private ValueTask SayAsync(TheConnection connection, Chat message)
        {
            // Another.
            connection.SendChatAsync(message).ConfigureAwait(false);
            if (message.Text.Length > 1)
                return EmitChatAsync(message);
            return ValueTask.CompletedTask;
        }
        """,
        """
        // A comment.
        private async ValueTask SayAsync(TheConnection connection, Chat message)
        {
            // Another.
            await connection.SendChatAsync(message).ConfigureAwait(false);
            if (message.Text.Length > 1)
            {
                await EmitChatAsync(message);
                return;
            }
        }
        """)]
    [InlineData(
        """
        ValueTask SayAsync(TheConnection connection, int x)
        {
            (connection.SendChatAsync(new("a"))).AsTask();
            switch (x)
            {
                case 1:
                    return (default);
                case 2:
                    return default!;
                default:
                    return (x > 3 ? EmitAsync("b") : throw new InvalidOperationException());
            }
        }
        """,
        """
        async ValueTask SayAsync(TheConnection connection, int x)
        {
            await (connection.SendChatAsync(new("a"))).AsTask();
            switch (x)
            {
                case 1:
                    return;
                case 2:
                    return;
                default:
                    await (x > 3 ? EmitAsync("b") : throw new InvalidOperationException());
                    return;
            }
        }
        """)]
    [InlineData(
        """
        [Obsolete]
        // Why.
        ValueTask<int> CountAsync()
        {
            EmitAsync("a");
            return ValueTask.FromResult(1);
        }
        """,
        """
        [Obsolete]
        // Why.
        async ValueTask<int> CountAsync()
        {
            await EmitAsync("a");
            return 1;
        }
        """)]
    [InlineData(
        """
        protected override void OnStarting()
        {
            OnChat += (connection, message) =>
            {
                connection.SendChatAsync(message);
                return default;
            };
            OnConnect += static connection =>
            {
                return connection.SendChatAsync(new("a"));
            };
        }
        """,
        """
        protected override void OnStarting()
        {
            OnChat += async (connection, message) =>
            {
                await connection.SendChatAsync(message);
            };
            OnConnect += static connection =>
            {
                return connection.SendChatAsync(new("a"));
            };
        }
        """)]
    [InlineData(
        """
        protected override void OnStarting()
        {
            OnConnect += static connection =>
            {
                connection.DisconnectAsync();
                return ValueTask.CompletedTask;
            };
        }
        """,
        """
        protected override void OnStarting()
        {
            OnConnect += static async connection =>
            {
                await connection.DisconnectAsync();
            };
        }
        """)]
    public Task Awaits_and_makes_the_function_async(string before, string after) =>
        Fix.Expect("TCH0043", Await, Wrap(before), Wrap(after));

    [Theory]
    [InlineData("public void Use() => EmitAsync(\"a\");", "public void Use() => _ = EmitAsync(\"a\");")]
    [InlineData("public void Use(TheConnection? connection) { connection?.DisconnectAsync(); }", "public void Use(TheConnection? connection) { _ = connection?.DisconnectAsync(); }")]
    [InlineData("private readonly object _lock = new(); public void Use() { lock (_lock) EmitAsync(\"a\"); }", "private readonly object _lock = new(); public void Use() { lock (_lock) _ = EmitAsync(\"a\"); }")]
    public async Task Says_that_nobody_looks_where_no_await_can_stand(string before, string after)
    {
        await Fix.ExpectOffered("TCH0043", Wrap(before), Discard);
        await Fix.Expect("TCH0043", Discard, Wrap(before), Wrap(after));
    }

    [Theory]
    [InlineData("ValueTask<int> CountAsync() { EmitAsync(\"a\"); return new(1); }")]
    [InlineData("ValueTask<int> CountAsync() { EmitAsync(\"a\"); return default; }")]
    [InlineData("ValueTask FillAsync(ref int x) { EmitAsync(\"a\"); return default; }")]
    [InlineData("int Count { get { EmitAsync(\"a\"); return 1; } }")]
    [InlineData("TheServer(int x) : base(null) { EmitAsync(\"a\"); }")]
    [InlineData("ValueTask PassAsync(Task t) { EmitAsync(\"a\"); return new(t); }")]
    [InlineData("ValueTask PassAsync(bool b) { EmitAsync(\"a\"); return b ? throw new Exception() : default; }")]
    [InlineData("ValueTask PassAsync(bool b) { EmitAsync(\"a\"); return b ? default : default; }")]
    [InlineData("Task NullAsync() { EmitAsync(\"a\"); return null!; }")]
    [InlineData("Task<int> NullAsync() { EmitAsync(\"a\"); return null!; }")]
    [InlineData("Task<int> NullAsync() { EmitAsync(\"a\"); return (default)!; }")]
    [InlineData("void Use() { Func<ValueTask> f = Same(() => { EmitAsync(\"a\"); return ValueTask.CompletedTask; }); } static Func<T> Same<T>(Func<T> f) => f;")]
    [InlineData("ValueTask SpanAsync(Span<int> span) { EmitAsync(\"a\"); span.Clear(); return default; }")]
    [InlineData("ValueTask Sent { get { EmitAsync(\"a\"); return default; } }")]
    public Task Does_not_offer_an_await_that_would_not_compile(string member) => Fix.ExpectOffered("TCH0043", Wrap(member), Discard);

    [Theory]
    [InlineData("protected override void OnStarting() => OnConnect += _ => { EmitAsync(\"a\"); return default; };", Await)]
    [InlineData("void Use(int _) { EmitAsync(\"a\"); }")]
    [InlineData("void Use() { EmitAsync(\"a\"); var _ = 1; }")]
    [InlineData("protected override void OnStarting() => OnChat += (_, _) => { EmitAsync(\"a\"); return default; };", Await, Discard)]
    public Task Does_not_offer_to_assign_something_that_is_called_like_that(string member, params string[] offered) =>
        Fix.ExpectOffered("TCH0043", Wrap(member), offered);

    [Fact]
    public Task Awaits_in_top_level_statements() => Fix.Expect(
        "TCH0043",
        Await,
        "await using var client = new TheClient();\nclient.SendChatAsync(new(\"a\"));\n[Channel(\"chat\", Direction = ChannelDirection.ToServer)] public sealed record Chat(string Text);\n[ChannelClient] public sealed partial class TheClient;",
        "await using var client = new TheClient();\nawait client.SendChatAsync(new(\"a\"));\n[Channel(\"chat\", Direction = ChannelDirection.ToServer)] public sealed record Chat(string Text);\n[ChannelClient] public sealed partial class TheClient;",
        Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Fixes_all_of_a_function_at_once() => Fix.ExpectAll(
        "TCH0043",
        Await,
        Wrap("""
            ValueTask TwiceAsync()
            {
                EmitAsync("a");
                EmitAsync("b");
                return default;
            }

            ValueTask OnceAsync()
            {
                EmitAsync("c");
                return EmitAsync("d");
            }
            """),
        Wrap("""
            async ValueTask TwiceAsync()
            {
                await EmitAsync("a");
                await EmitAsync("b");
            }

            async ValueTask OnceAsync()
            {
                await EmitAsync("c");
                await EmitAsync("d");
            }
            """));

    private static string Wrap(string members) => Contract + "    " + members.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n}\n";
}
