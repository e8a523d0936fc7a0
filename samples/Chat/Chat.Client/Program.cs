using System.Runtime.InteropServices;
using Chat;
using TypedChannels;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}
if (!Arguments.TryParse(args, out var arguments))
{
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

var terminal = new Terminal();
await using var client = new ChatClient(new ClientOptions
{
    Uri = arguments.Uri,
    Reconnect = new ReconnectOptions { WaitingSendBytes = 64 * 1024 },
});
var conversation = new Conversation(client, terminal, arguments.Name);

using var leaving = new CancellationTokenSource();
var left = Task.Delay(Timeout.Infinite, leaving.Token);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);

try
{
    if (await conversation.EnterAsync(leaving.Token) is { } refusal)
        return Fail($"The name was refused: {refusal}.");
}
catch (ClientException exception)
{
    return Fail(exception.Message);
}
catch (OperationCanceledException)
{
    return 0;
}

// Reading the console blocks its thread, and nothing but a key ends it: it must not hold up the end of the program.
var talking = Task.Run(conversation.TalkAsync);
await Task.WhenAny(talking, conversation.Ended, left);
terminal.End();
if (conversation.Ended.IsCompleted)
    return Fail(await conversation.Ended);
if (talking.IsFaulted)
    return Fail(talking.Exception.GetBaseException().Message);
return 0;

void Leave(PosixSignalContext context)
{
    context.Cancel = true;
    leaving.Cancel();
}

static int Fail(string why)
{
    Console.Error.WriteLine(why);
    return 1;
}
