using TypedChannels;

await using var server = new ChatServer(new ServerOptions { Port = 3549 });

server.OnConnect += async connection =>
{
    connection.OnSetName += async message =>
    {
        connection.Props.Name = message.Name;
        await connection.SendSetNameSuccessAsync(new SetNameSuccess(message.Name));
    };
    connection.OnDisconnect += disconnect => server.EmitChatAsync(new ChatMessage("server", $"{connection.Props.Name} left ({disconnect.Code})"));
    await server.EmitChatAsync(new ChatMessage("server", "someone joined"));
};
server.OnChat += (connection, message) => server.EmitChatAsync(message with { User = connection.Props.Name });
server.OnMessageError += (connection, error) => Console.Error.WriteLine($"{connection.Identifier}: {error.Code} {error.Detail}");

await server.RunAsync();

[Channel("chat")]
public sealed record ChatMessage(string User, string Text);

[Channel("set:name", Direction = ChannelDirection.ToServer)]
public sealed record SetName(string Name);

[Channel("set:name success", Direction = ChannelDirection.ToClient)]
public sealed record SetNameSuccess(string Name);

public sealed class ChatProps { public string Name { get; set; } = "anonymous"; }

[ChannelServer<ChatProps>]
public sealed partial class ChatServer;
