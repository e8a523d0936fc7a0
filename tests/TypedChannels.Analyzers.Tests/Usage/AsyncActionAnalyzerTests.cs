namespace TypedChannels.Analyzers.Tests.Usage;

public class AsyncActionAnalyzerTests
{
    [Theory]
    [InlineData("server.OnMessageError += {|TCH0044:async|} (from, error) => await from.DisconnectAsync();")]
    [InlineData("server.OnMessageError += static {|TCH0044:async|} delegate (TheConnection from, MessageError error) { await Task.Yield(); };")]
    [InlineData("connection.OnMessageError += {|TCH0044:async|} _ => await Task.Yield();")]
    [InlineData("client.OnMessageError += {|TCH0044:async|} _ => { await Task.Yield(); };")]
    [InlineData("client.OnMessageError += {|TCH0044:LogAsync|}; async void LogAsync(MessageError error) => await Task.Yield();")]
    [InlineData("client.OnMessageError += client.IsAlive ? {|TCH0044:async|} _ => await Task.Yield() : null;")]
    [InlineData("client.OnMessageError += client.IsAlive ? Log : {|TCH0044:LogAsync|}; void Log(MessageError error) { } async void LogAsync(MessageError error) => await Task.Yield();")]
    public Task Async_handler_of_an_event_that_is_not_awaited_is_TCH0044(string statement) => Contract.Expect(statement);

    [Theory]
    [InlineData("server.OnMessageError += (from, error) => Console.WriteLine(error.Code);")]
    [InlineData("client.OnMessageError += Log; void Log(MessageError error) { }")]
    [InlineData("client.OnMessageError += error => _ = LogAsync(error); async Task LogAsync(MessageError error) => await Task.Yield();")]
    [InlineData("client.OnMessageError -= LogAsync; async void LogAsync(MessageError error) => await Task.Yield();")]
    [InlineData("server.OnChat += async (from, message) => await Task.Yield();")]
    [InlineData("connection.OnDisconnect += async _ => await Task.Yield();")]
    [InlineData("Console.CancelKeyPress += async (_, _) => await Task.Yield();")]
    public Task Handler_that_ends_when_it_returns_or_is_awaited_is_accepted(string statement) => Contract.Expect(statement);
}
