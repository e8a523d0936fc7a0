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

    [Theory]
    [InlineData("var m = new Chat(); Action show = () => Console.WriteLine(m.Count); await server.EmitChatAsync(m); m.Count = 1; show();")]
    [InlineData("var m = new Chat(); int Get() => m.Count; await server.EmitChatAsync(m); m.Count = 1; Console.WriteLine(Get());")]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); m.Count = 1; Console.WriteLine(Get()); int Get() => m.Count;")]
    [InlineData("var m = new Chat(); var lazy = new Lazy<string>(() => m.Text); await server.EmitChatAsync(m); m.Text = \"b\"; Console.WriteLine(lazy.Value);")]
    [InlineData("var m = new Chat(); System.Linq.Expressions.Expression<Func<int>> tree = () => m.Count; await server.EmitChatAsync(m); m.Count = 1;")]
    [InlineData("var m = new Chat(); Action add = () => m.Count++; await server.EmitChatAsync(m); m.Count = 1;")]
    [InlineData("server.OnChat += async (from, m) => { Func<int> get = () => m.Count; await server.EmitChatAsync(m); m.Count = 1; Console.WriteLine(get()); };")]
    public Task Change_that_a_function_within_may_see_is_accepted(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("var m = new Chat(); again: if (m.Count > 3) return; await server.EmitChatAsync(m); m.Count++; goto again;")]
    [InlineData("var m = new Chat(); switch (m.Count) { case 0: await server.EmitChatAsync(m); m.Count++; goto case 1; case 1: goto case 0; }")]
    public Task Change_that_a_jump_back_may_send_is_accepted(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); Console.WriteLine(m.Count++);")]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); Console.WriteLine(m.Text += \"b\");")]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); (m.Count, m.Text) = (m.Count + 1, m.Text);")]
    public Task Change_whose_value_goes_on_is_accepted(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("server.OnChat += async (from, m) => { await from.SendChatAsync(m); m.Count = 1; }; server.OnChat += (from, m) => { Console.WriteLine(m.Count); return default; };")]
    [InlineData("server.OnChat += async (from, m) => { await from.SendChatAsync(m); m.Count = 1; }; connection.OnChat += m => { Console.WriteLine(m.Count); return default; };")]
    [InlineData("server.OnChat += HandleAsync; server.OnChat += HandleAsync; async ValueTask HandleAsync(TheConnection from, Chat m) { await from.SendChatAsync(m); m.Count++; }")]
    public Task Message_that_another_handler_of_the_event_is_given_too_is_accepted(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("server.OnChat += HandleAsync; await HandleAsync(connection, new Chat()); async ValueTask HandleAsync(TheConnection from, Chat m) { await from.SendChatAsync(m); m.Count++; }")]
    [InlineData("ChannelHandler<TheConnection, Chat> handle = async (from, m) => { await from.SendChatAsync(m); m.Count++; }; await handle(connection, new Chat());")]
    [InlineData("await HandleAsync(new Chat()); async ValueTask HandleAsync(Chat m) { await connection.SendChatAsync(m); m.Count++; }")]
    public Task Message_that_the_caller_of_a_function_within_has_is_accepted(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("server.OnChat += HandleAsync; async ValueTask HandleAsync(TheConnection from, Chat m) { await from.SendChatAsync(m); {|TCH0045:m.Count|} = 1; }")]
    [InlineData("server.On<Chat>(\"any\", App.ChannelJsonContext.Default.Chat, async (from, m) => { await from.SendChatAsync(m); {|TCH0045:m.Count|} = 1; });")]
    public Task Change_of_a_message_that_only_its_handler_has_is_TCH0045(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("var m = new Chat(); foreach (var one in server.Connections) await one.SendChatAsync(m); {|TCH0045:m.Count|} = 1;")]
    [InlineData("var m = new Chat(); foreach (var one in server.Connections) { if (!one.IsAlive) continue; m.Count++; await one.SendChatAsync(m); } {|TCH0045:m.Count|} = 1;")]
    [InlineData("var m = new Chat(); try { await server.EmitChatAsync(m); } finally { {|TCH0045:m.Count|} = 1; }")]
    [InlineData("var m = new Chat(); try { await server.EmitChatAsync(m); } catch (ConnectionException) { } {|TCH0045:m.Count|} = 1;")]
    [InlineData("var m = new Chat(); foreach (var one in server.Connections) { try { await one.SendChatAsync(m); } catch (ConnectionException) { } } {|TCH0045:m.Count|} = 1;")]
    public Task Change_after_the_loop_or_the_try_of_the_send_is_TCH0045(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("var m = new Chat(); foreach (var one in server.Connections) { await one.SendChatAsync(m); return; } m.Count = 1;")]
    [InlineData("var m = new Chat(); foreach (var one in server.Connections) { await one.SendChatAsync(m); m.Count++; }")]
    [InlineData("var m = new Chat(); foreach (var one in server.Connections) { foreach (var other in server.Connections) await other.SendChatAsync(m); m.Count++; }")]
    [InlineData("var m = new Chat(); try { await server.EmitChatAsync(m); } catch (ConnectionException) { m.Count = 1; }")]
    [InlineData("var m = new Chat(); try { await server.EmitChatAsync(m); return; } catch (ConnectionException) { } m.Count = 1;")]
    [InlineData("foreach (var one in server.Connections) { var m = new Chat(); try { await one.SendChatAsync(m); continue; } catch (ConnectionException) { } m.Count = 1; }")]
    public Task Change_that_need_not_follow_the_send_is_accepted(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("var m = new Chat(); await server.EmitChatAsync(m); ({|TCH0045:m.Count|}, m.Text) = (1, \"late\");")]
    [InlineData("Chat m; m = new(); await server.EmitChatAsync(m); {|TCH0045:m.Count|} = 1;")]
    [InlineData("Chat m; if (connection.IsAlive) m = new Chat(); else m = new Chat { Count = 1 }; await server.EmitChatAsync(m); {|TCH0045:m.Count|} = 1;")]
    public Task Change_by_a_tuple_and_of_a_message_made_by_an_assignment_is_TCH0045(string statements) => Contract.Expect(statements);

    [Theory]
    [InlineData("Chat m; if (connection.IsAlive) m = new Chat(); else m = Last(); await server.EmitChatAsync(m); m.Count = 1; Chat Last() => new();")]
    [InlineData("Chat m; var kept = m = new Chat(); await server.EmitChatAsync(m); m.Count = 1;")]
    [InlineData("foreach (var m in new Chat[1]) { await server.EmitChatAsync(m); m.Count = 1; }")]
    public Task Message_that_may_be_anothers_is_accepted(string statements) => Contract.Expect(statements);

    [Fact]
    public Task Message_that_the_caller_has_is_accepted() => Diagnosis.ExpectOfLibrary(Contract.Text + """
        public static class User
        {
            public static async Task TellAsync(TheServer server, Chat state) { await server.EmitChatAsync(state); state.Count++; }
        }
        """);
}
