using Poll;
using TypedChannels;

if (args is not [var address, var choice] || !Enum.TryParse<Drink>(choice, ignoreCase: true, out var drink))
{
    Console.Error.WriteLine("Usage: Poll.Client ws://localhost:5000/poll tea|coffee");
    return 2;
}

var ended = new TaskCompletionSource<Disconnect>();
await using var client = new PollClient(new ClientOptions { Uri = new Uri(address) });
client.OnResults += async results => Console.WriteLine($"Tea {results.Tea}, coffee {results.Coffee}");
client.OnMessageError += error => Console.Error.WriteLine($"{error.Channel}: {error.Code}");
client.OnDisconnect += async disconnect => ended.SetResult(disconnect);

try
{
    await client.ConnectAsync();
    await client.SendVoteAsync(new Vote(drink));
}
catch (ClientException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

var end = await ended.Task;
Console.WriteLine($"The server closed the connection: {end.Code} {end.Reason}");
return 0;

[ChannelClient(Contracts = [typeof(Vote)])]
internal sealed partial class PollClient;
