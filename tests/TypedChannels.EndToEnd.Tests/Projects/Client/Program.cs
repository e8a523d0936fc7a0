using Rooms;
using TypedChannels;

await using var client = new RoomClient(new ClientOptions { Uri = new(args[0]) });

var named = new TaskCompletionSource<string>();
var heard = new TaskCompletionSource<ChatMessage>();
client.OnSetNameSuccess += message =>
{
    named.TrySetResult(message.Name);
    return ValueTask.CompletedTask;
};
client.OnChat += message =>
{
    heard.TrySetResult(message);
    return ValueTask.CompletedTask;
};

await client.ConnectAsync();
await client.SendSetNameAsync(new SetName("alice"));
Console.WriteLine($"Named {await named.Task}");
await client.SendChatAsync(new ChatMessage("", "hello, <été> 🙂", Mood.Lively, ["a", "b"]));
var message = await heard.Task;
Console.WriteLine($"Heard {message.User}, {message.Mood}: {message.Text} {string.Join('+', message.Tags ?? [])}");
await client.DisconnectAsync();

[ChannelClient(Contracts = [typeof(ChatMessage)])]
public sealed partial class RoomClient;
