namespace TypedChannels.Analyzers.Tests.Usage;

public class ChangedMessageAnalyzerTests
{
    [Theory]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); {|TCH0045:m.Text|} = \"late\";")]
    [InlineData("var m = new Chat { Text = \"a\" }; await connection.SendChatAsync(m); {|TCH0045:m.Count|}++;")]
    [InlineData("Chat m = new(); m.Text = \"a\"; await client.SendChatAsync(m); {|TCH0045:m.Text|} += \"late\";")]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); if (connection.IsAlive) { {|TCH0045:m.Text|} = \"late\"; }")]
    [InlineData("foreach (var text in new[] { \"a\" }) { var m = new Chat { Text = text }; await server.EmitChatAsync(m); {|TCH0045:m.Text|} = \"late\"; }")]
    [InlineData("server.OnChat += async (from, m) => { await server.EmitChatAsync(m); {|TCH0045:m.Text|} = \"late\"; };")]
    [InlineData("var m = new Chat(); var sent = server.EmitChatAsync(m); {|TCH0045:m.Text|} = \"late\"; await sent;")]
    public Task Change_that_no_receiver_sees_is_TCH0045(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("var m = new Chat(); m.Text = \"early\"; await server.EmitChatAsync(m);")]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); m.Text = \"b\"; await server.EmitChatAsync(m);")]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); m = new Chat(); m.Text = \"b\";")]
    [InlineData("var m = new Chat(); while (connection.IsAlive) { await server.EmitChatAsync(m); m.Count++; }")]
    [InlineData("var m = new Chat(); if (connection.IsAlive) await server.EmitChatAsync(m); else m.Text = \"b\";")]
    [InlineData("var m = new Chat(); if (connection.IsAlive) { await server.EmitChatAsync(m); return; } m.Text = \"b\";")]
    [InlineData("var m = new Chat(); var kept = m; await server.EmitChatAsync(m); m.Text = \"b\";")]
    [InlineData("var m = new Chat(); Keep(m); await server.EmitChatAsync(m); m.Text = \"b\"; void Keep(Chat kept) { }")]
    [InlineData("var m = Last(); await server.EmitChatAsync(m); m.Text = \"b\"; Chat Last() => new();")]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); m.Text = \"b\"; Console.WriteLine(m.Text);")]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); if (m.Count > 1) m.Text = \"b\";")]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(new Chat()); m.Text = \"b\";")]
    public Task Change_that_somebody_may_see_is_accepted(string statements) => Contract.Expect(statements);

    [Fact]
    public Task Message_that_the_caller_has_is_accepted() => Diagnosis.ExpectOfLibrary(Contract.Text + """
        public static class User
        {
            public static async Task TellAsync(TheServer server, Chat state) { await server.EmitChatAsync(state); state.Count++; }
        }
        """);
}
