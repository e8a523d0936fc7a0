// The program with which the guide begins, as it stands there, but for the namespace, the port and where its errors go.
namespace TypedChannels.Tests.Server.OneFile;

internal static class Program
{
    public static async Task RunAsync(ServerOptions options, Action<ChatServer> started, TextWriter errors, CancellationToken cancellationToken)
    {
        await using var server = new ChatServer(options);

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
        server.OnMessageError += (connection, error) => errors.WriteLine($"{connection.Identifier}: {error.Code} {error.Detail}");

        var running = server.RunAsync(cancellationToken);
        started(server);
        await running;
    }
}

[Channel("chat")]
public sealed record ChatMessage(string User, string Text);

[Channel("set:name", Direction = ChannelDirection.ToServer)]
public sealed record SetName(string Name);

[Channel("set:name success", Direction = ChannelDirection.ToClient)]
public sealed record SetNameSuccess(string Name);

public sealed class ChatProps
{
    public string Name { get; set; } = "anonymous";
}

[ChannelServer<ChatProps>]
public sealed partial class ChatServer;

[ChannelClient(Contracts = [typeof(ChatMessage)])]
public sealed partial class ChatClient;
