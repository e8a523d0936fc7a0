using System.Text;
using Microsoft.Extensions.Time.Testing;
using TypedChannels.Tests.Hosting;

namespace TypedChannels.Tests.Hostile;

/// <summary>
/// A room under attack, whose time a test sets. However the attackers end: when it is disposed of it must still serve an honest
/// client, have logged little and nothing that could be mistaken for another line, and leave nothing behind.
/// </summary>
internal sealed class HostileRoom : IAsyncDisposable
{
    /// <summary>Longer than a connection lives once its close has begun: the close timeout, and the sweep that sees it.</summary>
    private static readonly TimeSpan LongestClose = TimeSpan.FromSeconds(5.25);

    private readonly FakeTimeProvider _clock;
    private readonly CountingTime _timers;
    private readonly Dictionary<int, int> _ended = [];

    private HostileRoom(Room room, FakeTimeProvider clock, CountingTime timers) => (Room, _clock, _timers) = (room, clock, timers);

    public Room Room { get; }

    public int Port => Room.Server.Port;

    /// <summary>How many lines the test's attackers may write into the log.</summary>
    public int MostLogLines { get; set; } = 1;

    /// <param name="configure">Changes the options.</param>
    /// <param name="prepare">Changes the server, which echoes what is said.</param>
    public static async Task<HostileRoom> StartAsync(Action<ServerOptions>? configure = null, Action<RoomServer>? prepare = null)
    {
        var clock = new FakeTimeProvider();
        var timers = new CountingTime(clock);
        var room = await Room.StartAsync(
            options =>
            {
                options.TimeProvider = timers;
                configure?.Invoke(options);
            },
            server =>
            {
                server.OnSay += (connection, message) => connection.SendSayAsync(message);
                prepare?.Invoke(server);
            });
        return new HostileRoom(room, clock, timers);
    }

    public Task<RawClient> JoinAsync() => Room.JoinAsync();

    /// <summary>So many attackers, who are gone when the test is over.</summary>
    public async Task<Crowd> JoinAsync(int count, int? receiveBytes = null)
    {
        var crowd = new Crowd();
        for (var i = 0; i < count; i++)
        {
            crowd.Add(await RawClient.OpenAsync(Port, receiveBytes: receiveBytes));
            await crowd[i].ReadReadyAsync();
        }
        return crowd;
    }

    /// <summary>Lets time pass for the server; Kestrel has its own.</summary>
    public void Advance(TimeSpan time) => _clock.Advance(time);

    public void Advance(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets time pass, a sweep at a time and no faster than the server can follow, until something has happened.</summary>
    public async Task AdvanceUntilAsync(Task happened)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!happened.IsCompleted && await pace.WaitForNextTickAsync().Within())
            Advance(0.25);
        await happened;
    }

    /// <summary>A new attacker sends this, is closed with the code, neither answers nor goes, and is dropped.</summary>
    public Task ClosesAsync(byte[] input, int code) => ClosesAsync([input], code);

    /// <summary>The same for each of several inputs, an attacker each.</summary>
    public async Task ClosesAsync(IEnumerable<byte[]> inputs, int code)
    {
        foreach (var input in inputs)
        {
            await using var attacker = await JoinAsync();
            await attacker.WriteAsync(input);
            try
            {
                await IsClosedAsync(attacker, code);
            }
            catch (Exception exception)
            {
                var front = Convert.ToHexString(input.AsSpan(0, Math.Min(100, input.Length)));
                throw new InvalidOperationException($"Input: {front}", exception);
            }
        }
    }

    /// <summary>The attacker sees the close frame, does not answer it, and is dropped.</summary>
    public async Task IsClosedAsync(RawClient attacker, int code)
    {
        Assert.Equal(code, (await attacker.ReadCloseAsync()).Code);
        Advance(LongestClose);
        await attacker.ReadEndAsync();
        await HasEndedAsync(code);
    }

    /// <summary>The next disconnects are told with this code, and counted.</summary>
    public async Task HasEndedAsync(int code, int count = 1)
    {
        foreach (var (_, disconnect) in await Room.Disconnected.NextAsync(count))
            Assert.Equal((code, false), (disconnect.Code, disconnect.WasClean));
        _ended[code] = _ended.GetValueOrDefault(code) + count;
        Assert.Equal(_ended[code], Room.Metrics[$"disconnects {code}"]);
    }

    /// <summary>Sends a request on a connection of its own.</summary>
    /// <returns>The status of the answer; 0 where the connection was ended without one.</returns>
    public Task<int> AskAsync(string request) => AskAsync(Encoding.Latin1.GetBytes(request));

    public async Task<int> AskAsync(byte[] request)
    {
        await using var client = await RawClient.DialAsync(Port);
        var writing = client.WriteAsync(request);
        try
        {
            return int.Parse((await client.ReadResponseAsync()).Split(' ')[1], null);
        }
        catch (IOException)
        {
            return 0;
        }
        finally
        {
            // The server may end the connection while more is coming.
            await writing.ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>An honest client comes, is answered, and leaves.</summary>
    public async Task ServesAsync()
    {
        await using var honest = await JoinAsync();
        await EchoesAsync(honest);
        await honest.LeaveAsync();
    }

    public static async Task EchoesAsync(RawClient client, string text = "honest")
    {
        var message = Say(text);
        await client.SendAsync(message);
        Assert.Equal(message, await client.ReadTextAsync());
    }

    public static string Say(string text, int number = 1) =>
        $$$"""{"channel":"say","message":{"text":"{{{text}}}","number":{{{number}}}}}""";

    public async ValueTask DisposeAsync()
    {
        await ServesAsync();
        await Wait.UntilAsync(() => Room.Server.Intake.Count, count => count == 0);
        // While there is a server to ask.
        await Wait.UntilAsync(() => Room.Metrics["active_connections"], count => count == 0);
        await Room.DisposeAsync();
        await Wait.UntilAsync(() => _timers.Timers, timers => timers == 0);
        // The machine's own troubles are not the attackers' doing.
        var lines = Room.Log.Lines.Select(line => line.Text).Where(line => !line.Contains("heartbeat", StringComparison.Ordinal)).ToArray();
        Assert.True(lines.Length <= MostLogLines, string.Join('\n', lines));
        Assert.All(lines, line => Assert.All(line, c => Assert.InRange(c, ' ', '~')));
    }

    internal sealed class Crowd : List<RawClient>, IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var client in this)
                await client.DisposeAsync();
        }
    }
}
