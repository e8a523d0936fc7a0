using TypedChannels;

await using var client = new ChatClient(new ClientOptions { Uri = new("ws://localhost:3549") });
client.OnChat += async message => Console.WriteLine($"{message.User}: {message.Text}");
await client.ConnectAsync();
await client.SendSetNameAsync(new SetName("alice"));

[ChannelClient(Contracts = [typeof(ChatMessage)])]
public sealed partial class ChatClient;
