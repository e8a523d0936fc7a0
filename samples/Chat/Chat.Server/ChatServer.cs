using TypedChannels;

namespace Chat;

/// <summary>One room. Everybody who has a name is in it, and hears everything.</summary>
[ChannelServer<ChatProps>(Contracts = [typeof(ChatMessage)])]
public sealed partial class ChatServer
{
    private const int HistoryLength = 50;

    // JSON takes up to six bytes for a character, and a history has to fit the 64 KiB that a client accepts in one message.
    private const int HistoryCharacters = 8_000;

    // Handlers of different connections run at the same time. What changes the room is told within the lock (a send or an emit
    // only queues), so that everybody hears the changes in the order in which they happened.
    private readonly Lock _room = new();
    private readonly Queue<ChatMessage> _history = new();

    /// <summary>Creates the room.</summary>
    /// <param name="options">The server's options.</param>
    public ChatServer(ServerOptions options)
        : base(options)
    {
        OnConnect += WelcomeAsync;
        OnSetName += SetNameAsync;
        OnChat += SayAsync;
        OnDisconnect += SayGoodbyeAsync;
    }

    private async ValueTask WelcomeAsync(ChatConnection connection)
    {
        await SendHistoryAsync(connection);
        await SendWhoIsHereAsync(connection);
    }

    private async ValueTask SetNameAsync(ChatConnection connection, SetName message)
    {
        var joins = connection.Props.Name is null;
        var name = message.Name.Trim();
        if (TryTakeName(connection, name) is { } refusal)
        {
            await connection.SendSetNameRefusedAsync(new SetNameRefused(refusal));
            return;
        }

        var person = new Person(connection.Props.Id, name);
        await connection.SendSetNameSuccessAsync(new SetNameSuccess(person));
        if (joins)
            await EmitJoinedAsync(new Joined(person));
        await EmitWhoIsHereAsync();
    }

    private ValueTask SayAsync(ChatConnection connection, ChatMessage message)
    {
        if (connection.Props.Person is not { } person)
            return connection.SendSetNameRefusedAsync(new SetNameRefused(NameRefusal.Missing));
        if (string.IsNullOrWhiteSpace(message.Text))
            return ValueTask.CompletedTask;

        var said = new ChatMessage(message.Text, person, DateTimeOffset.UtcNow);
        lock (_room)
        {
            _history.Enqueue(said);
            while (_history.Count > HistoryLength || _history.Sum(kept => kept.Text.Length) > HistoryCharacters)
                _history.Dequeue();
            return EmitChatAsync(said);
        }
    }

    private async ValueTask SayGoodbyeAsync(ChatConnection connection, Disconnect disconnect)
    {
        if (connection.Props.Person is not { } person)
            return;
        await EmitLeftAsync(new Left(person));
        await EmitWhoIsHereAsync();
    }

    /// <summary>Gives the connection the name, or says why not.</summary>
    private NameRefusal? TryTakeName(ChatConnection connection, string name)
    {
        if (name.Length == 0)
            return NameRefusal.Missing;
        if (name.Length > SetName.MaxLength)
            return NameRefusal.TooLong;

        lock (_room)
        {
            if (Connections.Any(other => other != connection && name.Equals(other.Props.Name, StringComparison.OrdinalIgnoreCase)))
                return NameRefusal.Taken;
            connection.Props.Name = name;
            return null;
        }
    }

    private ValueTask SendHistoryAsync(ChatConnection connection)
    {
        lock (_room)
            return connection.SendHistoryAsync(new History([.. _history]));
    }

    private ValueTask SendWhoIsHereAsync(ChatConnection connection)
    {
        lock (_room)
            return connection.SendPeopleAsync(WhoIsHere());
    }

    private ValueTask EmitWhoIsHereAsync()
    {
        lock (_room)
            return EmitPeopleAsync(WhoIsHere());
    }

    private People WhoIsHere() => new(
    [
        .. Connections.Select(connection => connection.Props.Person).OfType<Person>()
            .OrderBy(person => person.Name, StringComparer.OrdinalIgnoreCase),
    ]);
}
