namespace TypedChannels.Analyzers.Tests.Usage;

public class BlockingHandlerAnalyzerTests
{
    private const string Work = "Task<int> WorkAsync() => Task.FromResult(1);";

    [Theory]
    [InlineData("{|TCH0042:System.Threading.Thread.Sleep(10)|};")]
    [InlineData("{|TCH0042:WorkAsync().Wait()|};")]
    [InlineData("{|TCH0042:WorkAsync().Wait(10)|};")]
    [InlineData("_ = {|TCH0042:WorkAsync().Result|};")]
    [InlineData("_ = {|TCH0042:WorkAsync().GetAwaiter().GetResult()|};")]
    [InlineData("_ = {|TCH0042:WorkAsync().ConfigureAwait(false).GetAwaiter().GetResult()|};")]
    [InlineData("{|TCH0042:from.SendChatAsync(message).GetAwaiter().GetResult()|};")]
    [InlineData("{|TCH0042:from.SendChatAsync(message).AsTask().Wait()|};")]
    [InlineData("{|TCH0042:Task.WaitAll(WorkAsync(), WorkAsync())|};")]
    [InlineData("var work = WorkAsync(); if (message.Count > 1) { _ = {|TCH0042:work.Result|}; }")]
    public async Task Handler_that_blocks_is_TCH0042(string blocks)
    {
        await Contract.Expect($"server.OnChat += (from, message) => {{ {blocks} return default; }}; {Work}");
        await Contract.Expect($"server.OnChat += SayAsync; ValueTask SayAsync(TheConnection from, Chat message) {{ {blocks} return default; }} {Work}");
        await Diagnosis.ExpectOfLibrary(Contract.Text + $$"""
            public partial class TheServer
            {
                protected override void OnStarting() => OnChat += SayAsync;
                private ValueTask SayAsync(TheConnection from, Chat message) { {{blocks}} return default; }
                private static {{Work}}
            }
            """);
    }

    [Theory]
    [InlineData("await from.SendChatAsync(message); {|TCH0042:from.SendChatAsync(message).AsTask().Wait()|};")]
    [InlineData("await Task.Delay({|TCH0042:WorkAsync().Result|});")]
    [InlineData("var work = WorkAsync(); await Task.Delay({|TCH0042:work.Result|});")]
    [InlineData("var work = WorkAsync(); await work; work = WorkAsync(); _ = {|TCH0042:work.Result|};")]
    [InlineData("var all = new[] { WorkAsync() }; foreach (var task in all) _ = {|TCH0042:task.Result|};")]
    [InlineData("if (from.SendChatAsync(message).IsCompleted) { } {|TCH0042:from.SendChatAsync(message).AsTask().Wait()|};")]
    public Task Await_of_another_task_does_not_make_a_task_done(string statement) =>
        Contract.Expect($"server.OnChat += async (from, message) => {{ await Task.Yield(); {statement} }}; {Work}");

    [Fact]
    public Task Handler_that_is_a_partial_method_is_looked_at() => Diagnosis.ExpectOfLibrary(Contract.Text + """
        public partial class TheServer
        {
            protected override void OnStarting() => OnChat += SayAsync;
            private partial ValueTask SayAsync(TheConnection from, Chat message);
            private partial ValueTask SayAsync(TheConnection from, Chat message) { {|TCH0042:Task.Delay(1).Wait()|}; return default; }
        }
        """);

    [Theory]
    [InlineData("server.OnConnect += from => { {|TCH0042:Task.Delay(1).Wait()|}; return default; };")]
    [InlineData("server.OnConnect += async from => {|TCH0042:Task.Delay(1).Wait()|};")]
    [InlineData("connection.OnDisconnect += _ => { {|TCH0042:Task.Delay(1).Wait()|}; return default; };")]
    [InlineData("client.OnTell += _ => { {|TCH0042:Task.Delay(1).Wait()|}; return default; };")]
    [InlineData("server.OnMessageError += (_, _) => {|TCH0042:Task.Delay(1).Wait()|};")]
    [InlineData("ChannelHandler<Chat> handler = _ => { {|TCH0042:Task.Delay(1).Wait()|}; return default; };")]
    [InlineData("using var on = client.On<Chat>(\"any\", null!, _ => { {|TCH0042:Task.Delay(1).Wait()|}; return default; });")]
    public Task Handler_of_any_event_and_of_a_name_is_looked_at(string statement) => Contract.Expect(statement);

    [Theory]
    [InlineData("await Task.Delay(1);")]
    [InlineData("System.Threading.Thread.Sleep(0);")]
    [InlineData("var (a, b) = (Task.FromResult(1), Task.FromResult(2)); await Task.WhenAll(a, b); _ = a.Result + b.Result;")]
    [InlineData("var tasks = new[] { Task.FromResult(1) }; await Task.WhenAll(tasks); _ = tasks[0].Result;")]
    [InlineData("var work = Task.FromResult(1); if (work.IsCompleted) { _ = work.Result; }")]
    [InlineData("await Task.Run(() => System.Threading.Thread.Sleep(10));")]
    [InlineData("_ = Task.FromResult(1).ContinueWith(done => done.Result, TaskScheduler.Default);")]
    [InlineData("if (Task.FromResult(1).Wait(0)) { }")]
    [InlineData("_ = new { Result = 1 }.Result;")]
    [InlineData("System.Threading.Thread.Sleep(TimeSpan.Zero);")]
    [InlineData("var work = Task.FromResult(1); await work; _ = work.ConfigureAwait(false).GetAwaiter().GetResult();")]
    [InlineData("var work = Task.FromResult(1); if (work is { IsCompleted: true }) _ = work.Result;")]
    [InlineData("var first = await Task.WhenAny(Task.FromResult(1), Task.FromResult(2)); _ = first.Result;")]
    [InlineData("var tasks = new[] { Task.FromResult(1) }; await Task.WhenAll(tasks); foreach (var task in tasks) _ = task.Result;")]
    [InlineData("await foreach (var task in Task.WhenEach(Task.FromResult(1))) _ = task.Result;")]
    public Task What_does_not_hold_the_thread_is_accepted(string statement) =>
        Contract.Expect($"server.OnChat += async (from, message) => {{ await Task.Yield(); {statement} }};");

    [Theory]
    [InlineData("System.Threading.Thread.Sleep(10);")]
    [InlineData("Func<Chat, ValueTask> own = _ => { Task.Delay(1).Wait(); return default; };")]
    [InlineData("Block(); void Block() => Task.Delay(1).Wait();")]
    [InlineData("Console.CancelKeyPress += (_, _) => Task.Delay(1).Wait();")]
    public Task What_is_no_handler_is_accepted(string statement) => Contract.Expect(statement);

    [Fact]
    public Task Method_that_only_looks_like_a_handler_is_accepted() => Diagnosis.ExpectOfLibrary(Contract.Text + """
        public partial class TheServer
        {
            private ValueTask SayAsync(TheConnection from, Chat message) { Task.Delay(1).Wait(); return default; }
        }
        """);

    [Fact]
    public Task Method_that_is_attached_twice_is_told_once() => Diagnosis.ExpectOfLibrary(Contract.Text + """
        public partial class TheServer
        {
            protected override void OnStarting() { OnConnect += WaitAsync; OnConnect += WaitAsync; }
            private ValueTask WaitAsync(TheConnection from) { {|TCH0042:Task.Delay(1).Wait()|}; return default; }
        }
        """);

    [Fact]
    public Task Handlers_of_top_level_statements_are_looked_at() => Diagnosis.ExpectOfProgram("""
        await using var server = new TheServer();
        server.OnChat += (_, _) => { {|TCH0042:Task.Delay(1).Wait()|}; return default; };
        server.OnChat += SayAsync;
        static ValueTask SayAsync(TheConnection from, Chat message) { {|TCH0042:Task.Delay(1).Wait()|}; return default; }
        [Channel("chat")] public sealed record Chat(string Text);
        public sealed class P;
        [ChannelServer<P>] public sealed partial class TheServer;
        """);
}
