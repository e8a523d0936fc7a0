using Chat;
using TypedChannels;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("Usage: Chat.Client NAME [ws://127.0.0.1:3549/chat]");
    return 2;
}

var name = args[0];
var uri = new Uri(args.Length == 2 ? args[1] : "ws://127.0.0.1:3549/chat");
var ended = new TaskCompletionSource<int>();
Guid? myId = null;

await using var client = new ChatClient(new ClientOptions { Uri = uri });

client.OnHistory += history => Print(history.Messages.Select(Line));
client.OnChat += message =>
{
    // What one says oneself stands on the terminal already.
    if (message.From?.Id == myId)
        return ValueTask.CompletedTask;
    return Print(Line(message));
};
client.OnJoined += joined => Print($"* {joined.Who.Name} joined");
client.OnLeft += left => Print($"* {left.Who.Name} left");
client.OnSetNameSuccess += success =>
{
    myId = success.You.Id;
    return ValueTask.CompletedTask;
};
client.OnSetNameRefused += refused => End($"The name was refused: {refused.Reason}.");
client.OnDisconnect += disconnect => End($"The connection is closed ({disconnect.Code}).");
client.OnMessageError += error => Console.Error.WriteLine($"A message was refused: {error.Code}.");

Console.CancelKeyPress += (_, key) =>
{
    key.Cancel = true;
    ended.TrySetResult(0);
};

try
{
    await client.ConnectAsync();
    await client.SendSetNameAsync(new SetName(name));
}
catch (ClientException exception)
{
    Console.Error.WriteLine($"{uri}: {exception.Message}");
    return 1;
}

// Reading the console blocks its thread, and nothing but a line ends it: it must not hold up the end of the program.
_ = Task.Run(SendLinesAsync);
return await ended.Task;

async Task SendLinesAsync()
{
    try
    {
        while (Console.ReadLine() is { } line)
            await client.SendChatAsync(new ChatMessage(line));
        ended.TrySetResult(0);
    }
    catch (Exception exception)
    {
        await End(exception.Message);
    }
}

ValueTask End(string why)
{
    if (ended.TrySetResult(1))
        Console.Error.WriteLine(why);
    return ValueTask.CompletedTask;
}

static string Line(ChatMessage message) => $"{message.At?.ToLocalTime():HH:mm} {message.From?.Name}: {message.Text}";

// Others wrote what is printed here: without control characters it can neither steer the terminal nor pass for a second line.
static ValueTask Print(params IEnumerable<string> lines)
{
    foreach (var line in lines)
        Console.WriteLine(string.Concat(line.Select(c => char.IsControl(c) ? ' ' : c)));
    return ValueTask.CompletedTask;
}
