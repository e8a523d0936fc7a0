using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

/// <summary>Whatever a handler of the server's calls: it works or fails with its documented error, stop ends, and nothing is left.</summary>
public class ReentrancyTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200);

    public enum Act
    {
        Send,
        Emit,
        Disconnect,
        Stop,
        Dispose,
        Enumerate,
        Attach,
    }

    public enum Place
    {
        Starting,
        Props,
        ServerError,
        ConnectionError,

        // These are awaited.
        Handshake,
        Connect,
        ServerMessage,
        ConnectionMessage,
        ServerDisconnect,
        ConnectionDisconnect,
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
                    // Before the start there is nobody to send to.
                    if (place == Place.Starting && act is Act.Send or Act.Disconnect)
                        continue;
                    all.Add(place, act, false);
                    if (place >= Place.Handshake)
                        all.Add(place, act, true);
                }
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Each_call_inside_each_handler_works_or_fails_with_its_error(Place place, Act act, bool late)
    {
        var outcome = new Seen<string>();
        var isArmed = place == Place.Starting;
        RoomConnection? other = null;
        RoomServer server = null!;
        await using var room = await Room.StartAsync(options => options.CloseTimeout = Short, made => Attach(server = made));
        var heard = new Seen<string>();
        RoomClient? witness = null;
        if (place != Place.Starting)
        {
            witness = await room.ConnectAsync(client => client.OnDown += async message => heard.Add(message.Text));
            other = await room.Connected.NextAsync();
            isArmed = true;
            await TriggerAsync();
        }
        Assert.Equal(Expected(place, act), await outcome.NextAsync());

        if (act is not (Act.Stop or Act.Dispose) || Expected(place, act) != "done")
        {
            // Whoever was not the one disconnected is still served.
            if (witness is not null && (place, act) is not (Place.Handshake or Place.Props, Act.Disconnect))
            {
                await server.EmitDownAsync(new Down("still here"));
                await Wait.UntilAsync(() => heard.All.Contains("still here"), isHeard => isHeard);
            }
            await server.StopAsync().Within();
        }
        Assert.Equal((0, 0), (server.Port, server.ConnectionCount));
        if (witness is not null)
            await witness.DisposeAsync();
        room.HasLoggedNoError();

        async Task DoAsync(Place here, RoomConnection? connection)
        {
            if (here != place || !isArmed || ReferenceEquals(connection, other) && other is not null)
                return;
            isArmed = false;
            try
            {
                if (late)
                    await Task.Yield();
                await ActAsync(connection ?? other);
                outcome.Add("done");
            }
            catch (ConnectionException exception)
            {
                outcome.Add(exception.Code.ToString());
            }
            catch (ServerException exception)
            {
                outcome.Add(exception.Code.ToString());
            }
            catch (Exception exception)
            {
                outcome.Add(exception.ToString());
            }
        }

        async Task ActAsync(RoomConnection? connection)
        {
            switch (act)
            {
                case Act.Send:
                    await connection!.SendDownAsync(new Down("sent"));
                    break;
                case Act.Emit:
                    await server.EmitDownAsync(new Down("emitted"));
                    break;
                case Act.Disconnect:
                    await connection!.DisconnectAsync(4001);
                    break;
                case Act.Stop:
                    await server.StopAsync();
                    break;
                case Act.Dispose:
                    await server.DisposeAsync();
                    break;
                case Act.Enumerate:
                    Assert.Equal(server.ConnectionCount, server.Connections.Count(each => server.ConnectionExists(each.Identifier)));
                    break;
                default:
                    AttachAndDetach(server, connection);
                    break;
            }
        }

        void Attach(RoomServer server)
        {
            server.Starting = () => _ = DoAsync(Place.Starting, null);
            server.Deciding = handshake => new ValueTask(DoAsync(Place.Handshake, null));
            server.MakingProps = handshake =>
            {
                _ = DoAsync(Place.Props, null);
                return new RoomProps();
            };
            server.OnSay += async (connection, _) => await DoAsync(Place.ServerMessage, connection);
            server.OnDisconnect += async (connection, _) => await DoAsync(Place.ServerDisconnect, connection);
            server.OnMessageError += (connection, error) => _ = DoAsync(Place.ServerError, connection);
            server.OnConnect += async connection =>
            {
                connection.OnSay += async _ => await DoAsync(Place.ConnectionMessage, connection);
                connection.OnDisconnect += async _ => await DoAsync(Place.ConnectionDisconnect, connection);
                connection.OnMessageError += error => _ = DoAsync(Place.ConnectionError, connection);
                await DoAsync(Place.Connect, connection);
            };
        }

        async Task TriggerAsync()
        {
            var client = new RoomClient(new ClientOptions { Uri = room.Uri });
            try
            {
                await client.ConnectAsync().Within();
                await (place switch
                {
                    Place.ServerMessage or Place.ConnectionMessage => client.SendSayAsync(new Say("x")),
                    Place.ServerError or Place.ConnectionError => client.SendLonelyAsync(new Lonely("x")),
                    // Its connection lives until its handler has done what it does.
                    Place.Connect => default,
                    _ => client.DisconnectAsync(),
                }).Within();
            }
            catch (ClientException)
            {
                // The server stopped while it came.
            }
            await Wait.UntilAsync(() => outcome.All.Count, count => count > 0);
            await client.DisposeAsync();
        }
    }

    private static void AttachAndDetach(RoomServer server, RoomConnection? connection)
    {
        ChannelHandler<RoomConnection> onConnect = _ => default;
        ChannelHandler<RoomConnection, Say> onSay = (_, _) => default;
        ChannelHandler<RoomConnection, Disconnect> onDisconnect = (_, _) => default;
        Action<RoomConnection, MessageError> onError = (_, _) => { };
        ChannelHandler<Say> onItsSay = _ => default;
        ChannelHandler<Disconnect> onItsDisconnect = _ => default;
        Action<MessageError> onItsError = _ => { };
        server.OnConnect += onConnect;
        server.OnSay += onSay;
        server.OnDisconnect += onDisconnect;
        server.OnMessageError += onError;
        server.OnConnect -= onConnect;
        server.OnSay -= onSay;
        server.OnDisconnect -= onDisconnect;
        server.OnMessageError -= onError;
        if (connection is null)
            return;
        connection.OnSay += onItsSay;
        connection.OnDisconnect += onItsDisconnect;
        connection.OnMessageError += onItsError;
        connection.OnSay -= onItsSay;
        connection.OnDisconnect -= onItsDisconnect;
        connection.OnMessageError -= onItsError;
    }

    private static string Expected(Place place, Act act) => (place, act) switch
    {
        (Place.Starting, Act.Stop) => nameof(ServerErrors.NotRunning),
        (Place.ServerDisconnect or Place.ConnectionDisconnect, Act.Send or Act.Disconnect) => nameof(ConnectionErrors.NotAlive),
        _ => "done",
    };
}
