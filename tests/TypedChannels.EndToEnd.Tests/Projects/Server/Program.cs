using Rooms;
using TypedChannels;

await using var server = new RoomServer(new ServerOptions());

server.OnSetName += async (connection, message) =>
{
    connection.Props.Name = message.Name;
    await connection.SendSetNameSuccessAsync(new SetNameSuccess(message.Name));
};
server.OnChat += (connection, message) => server.EmitChatAsync(message with { User = connection.Props.Name });

await server.StartAsync();
Console.WriteLine($"Listening on {server.Port}");

var stop = new TaskCompletionSource();
using var terminated = System.Runtime.InteropServices.PosixSignalRegistration.Create(
    System.Runtime.InteropServices.PosixSignal.SIGTERM,
    signal =>
    {
        signal.Cancel = true;
        stop.TrySetResult();
    });
await stop.Task;
await server.StopAsync();

public sealed class RoomProps
{
    public string Name { get; set; } = "anonymous";
}

[ChannelServer<RoomProps>(Contracts = [typeof(ChatMessage)])]
public sealed partial class RoomServer;
