using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Client;

/// <summary>Whatever a handler of the client's calls: it works or fails with its documented error, and both sides still end.</summary>
public class ReentrancyTests
{
    public enum Act
    {
        Send,
        Connect,
        Disconnect,
        Dispose,
        Attach,
        StopServer,
        DisposeServer,
    }

    public enum Place
    {
        Message,
        Disconnect,
        Error,
    }

    public static TheoryData<Place, Act, bool> All
    {
        get
        {
            var all = new TheoryData<Place, Act, bool>();
            foreach (var place in Enum.GetValues<Place>())
            {
                foreach (var act in Enum.GetValues<Act>())
                {
                    all.Add(place, act, false);
                    all.Add(place, act, true);
                }
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_call_inside_each_handler_of_a_client_works_or_fails_with_its_error(Place place, Act act, bool late)
    {
        var outcome = new Seen<string>();
        var heard = new Seen<string>();
        var isDone = false;
        RoomClient client = null!;
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += (connection, message) =>
            connection.SendDownAsync(new Down(message.Text)));
        await using var made = await room.ConnectAsync(it =>
        {
            client = it;
            client.OnDown += async message =>
            {
                heard.Add(message.Text);
                await DoAsync(Place.Message);
            };
            client.OnDisconnect += async _ => await DoAsync(Place.Disconnect);
            client.OnMessageError += error => _ = DoAsync(Place.Error);
        });
        var connection = await room.Connected.NextAsync();
        if (place == Place.Error)
            await connection.SendLonelyAsync(new Lonely("nobody handles it"));
        else if (place == Place.Disconnect)
            await connection.DisconnectAsync(4001).Within();
        else
            await client.SendUpAsync(new Up("one"));
        Assert.Equal(Expected(place, act), await outcome.NextAsync());

        // A client that was neither closed nor left alone goes on; one that was closed connects again.
        if (act is not (Act.Dispose or Act.StopServer or Act.DisposeServer))
        {
            if (act == Act.Disconnect || place == Place.Disconnect && act != Act.Connect)
                await ConnectAgainAsync();
            await client.SendUpAsync(new Up("two"));
            await Wait.UntilAsync(() => heard.All.Contains("two"), isHeard => isHeard);
        }
        room.HasLoggedNoError();

        async Task DoAsync(Place here)
        {
            if (here != place || Interlocked.Exchange(ref isDone, true))
                return;
            try
            {
                if (late)
                    await Task.Yield();
                await ActAsync();
                outcome.Add("done");
            }
            catch (ClientException exception)
            {
                outcome.Add(exception.Code.ToString());
            }
            catch (Exception exception)
            {
                outcome.Add(exception.ToString());
            }
        }

        async Task ActAsync()
        {
            switch (act)
            {
                case Act.Send:
                    await client.SendUpAsync(new Up("inside"));
                    break;
                case Act.Connect:
                    await client.ConnectAsync();
                    break;
                case Act.Disconnect:
                    await client.DisconnectAsync(4002);
                    break;
                case Act.Dispose:
                    await client.DisposeAsync();
                    break;
                case Act.StopServer:
                    await room.Server.StopAsync();
                    break;
                case Act.DisposeServer:
                    await room.Server.DisposeAsync();
                    break;
                default:
                    ChannelHandler<Say> onSay = _ => default;
                    ChannelHandler<Disconnect> onDisconnect = _ => default;
                    Action<MessageError> onError = _ => { };
                    client.OnSay += onSay;
                    client.OnDisconnect += onDisconnect;
                    client.OnMessageError += onError;
                    client.OnSay -= onSay;
                    client.OnDisconnect -= onDisconnect;
                    client.OnMessageError -= onError;
                    break;
            }
        }

        // The disconnect event may be under way still.
        async Task ConnectAgainAsync()
        {
            while (true)
            {
                try
                {
                    await client.ConnectAsync().Within();
                    return;
                }
                catch (ClientException exception) when (exception.Code == ClientErrors.AlreadyConnected)
                {
                    await Task.Yield();
                }
            }
        }
    }

    private static string Expected(Place place, Act act) => (place, act) switch
    {
        (Place.Message or Place.Error, Act.Connect) => nameof(ClientErrors.AlreadyConnected),
        (Place.Disconnect, Act.Send or Act.Disconnect) => nameof(ClientErrors.NotAlive),
        _ => "done",
    };
}
