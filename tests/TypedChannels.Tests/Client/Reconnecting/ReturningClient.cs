using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Client.Reconnecting;

/// <summary>A client that comes back by itself, at once unless a test says otherwise, with what it tells.</summary>
internal sealed class ReturningClient : IAsyncDisposable
{
    private ReturningClient(ClientOptions options)
    {
        Client = new RoomClient(options);
        Client.OnReconnecting += async reconnecting => Reconnecting.Add(reconnecting);
        Client.OnReconnected += async reconnected => Reconnected.Add(reconnected);
        Client.OnDisconnect += async disconnect => Ended.Add(disconnect);
        Client.OnDown += async message => Heard.Add(message.Text);
    }

    public RoomClient Client { get; }

    public Seen<TypedChannels.Reconnecting> Reconnecting { get; } = new();

    public Seen<Reconnected> Reconnected { get; } = new();

    public Seen<Disconnect> Ended { get; } = new();

    public Seen<string> Heard { get; } = new();

    public static ReturningClient New(Uri uri, Action<ClientOptions>? configure = null, Action<ReconnectOptions>? reconnect = null)
    {
        var options = new ClientOptions { Uri = uri, Reconnect = new ReconnectOptions { Chance = () => 0 } };
        configure?.Invoke(options);
        reconnect?.Invoke(options.Reconnect!);
        return new ReturningClient(options);
    }

    /// <summary>One that is connected to a server of bytes, with the server's end.</summary>
    public static async Task<(ReturningClient Client, Line Line)> ConnectAsync(
        FakeServer server, Action<ClientOptions>? configure = null, Action<ReconnectOptions>? reconnect = null)
    {
        var client = New(server.Uri, configure, reconnect);
        var connecting = client.Client.ConnectAsync();
        var line = await Line.AcceptAsync(server);
        await connecting.Within();
        return (client, line);
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
