using System.Globalization;

namespace TypedChannels.Analyzers.Tests.Usage;

public class DroppedTaskAnalyzerTests
{
    [Theory]
    [InlineData("{|TCH0043:connection.SendChatAsync(new Chat())|};")]
    [InlineData("{|TCH0043:server.EmitTellAsync(new Tell(\"\"))|};")]
    [InlineData("{|TCH0043:client.SendAskAsync(new Ask(\"\"))|};")]
    [InlineData("{|TCH0043:connection.DisconnectAsync()|};")]
    [InlineData("{|TCH0043:client.DisconnectAsync(1000, \"done\")|};")]
    [InlineData("{|TCH0043:server.EmitAsync(\"any\")|};")]
    [InlineData("{|TCH0043:connection.SendAsync(\"any\")|};")]
    [InlineData("{|TCH0043:connection.SendAsync(\"any\")|}.AsTask();")]
    [InlineData("{|TCH0043:connection.SendAsync(\"any\")|}.ConfigureAwait(false);")]
    [InlineData("connection?{|TCH0043:.SendChatAsync(new Chat())|};")]
    [InlineData("Action act = () => {|TCH0043:connection.SendChatAsync(new Chat())|};")]
    [InlineData("server.OnMessageError += (from, error) => {|TCH0043:from.DisconnectAsync()|};")]
    [InlineData("server.OnChat += (from, message) => { {|TCH0043:from.SendChatAsync(message)|}; return default; };")]
    public Task Task_that_nobody_has_is_TCH0043(string statement) => Contract.Expect(statement);

    [Theory]
    [InlineData("await connection.SendChatAsync(new Chat());")]
    [InlineData("await connection.SendChatAsync(new Chat()).ConfigureAwait(false);")]
    [InlineData("var sent = connection.SendChatAsync(new Chat()); await sent;")]
    [InlineData("_ = connection.SendChatAsync(new Chat());")]
    [InlineData("await Task.WhenAll(connection.SendChatAsync(new Chat()).AsTask(), server.EmitAsync(\"any\").AsTask());")]
    [InlineData("server.OnChat += (from, message) => from.SendChatAsync(message);")]
    [InlineData("Func<ValueTask> send = () => connection.SendChatAsync(new Chat());")]
    [InlineData("System.Linq.Expressions.Expression<Action> tree = () => connection.SendChatAsync(new Chat(), default);")]
    public Task Task_that_somebody_has_or_that_never_runs_is_accepted(string statement) => Contract.Expect(statement);

    // A close is refused as a message is, and is none.
    [Fact]
    public void Text_speaks_of_no_message() =>
        Assert.DoesNotContain("message", UsageRules.Dropped.MessageFormat.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [Fact]
    public Task Method_of_the_users_own_is_none_of_ours() => Diagnosis.ExpectOfLibrary(Contract.Text + """
        public class Mail
        {
            public ValueTask SendChatAsync() => default;
            public void Use() { SendChatAsync(); }
        }
        public partial class TheConnection
        {
            private ValueTask SendMuchAsync() => default;
            public void Use() { SendMuchAsync(); }
        }
        """);
}
