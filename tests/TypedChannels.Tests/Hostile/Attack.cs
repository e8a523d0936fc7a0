using System.Text;
using Microsoft.Extensions.Time.Testing;

namespace TypedChannels.Tests.Hostile;

/// <summary>
/// A server, and a client that sends it what it should not. Each method ends with an honest message, which must be handled as ever.
/// </summary>
internal sealed class Attack : IAsyncDisposable
{
    private const string Honest = """{"channel":"say","message":{"text":"still here","number":77777}}""";
    private const int HonestNumber = 77777;

    private readonly FakeTimeProvider _time;
    private RawClient _client;

    private Attack(Room room, FakeTimeProvider time, Seen<object> handled, RawClient client) =>
        (Room, _time, Handled, _client) = (room, time, handled, client);

    public Room Room { get; }

    /// <summary>Every message that came to a handler.</summary>
    public Seen<object> Handled { get; }

    public static async Task<Attack> StartAsync(Action<ServerOptions>? configure = null, Action<RoomServer>? prepare = null)
    {
        var time = new FakeTimeProvider();
        var handled = new Seen<object>();
        var room = await Room.StartAsync(
            options =>
            {
                // A test may send more bad messages than a server would bear.
                (options.TimeProvider, options.MessageErrorLimit) = (time, int.MaxValue);
                configure?.Invoke(options);
            },
            server =>
            {
                server.OnSay += (connection, message) =>
                {
                    handled.Add(message);
                    return message.Number == HonestNumber ? connection.SendSayAsync(message) : default;
                };
                server.OnUp += (_, message) => Handle(message);
                server.OnSmall += (_, message) => Handle(message);
                server.OnStrict += (_, message) => Handle(message);
                server.OnFree += (_, message) => Handle(message);
                server.OnCafe += (_, message) => Handle(message);
                server.OnEverything += (_, message) => Handle(message);
                prepare?.Invoke(server);
            });
        return new Attack(room, time, handled, await room.JoinAsync());

        ValueTask Handle(object message)
        {
            handled.Add(message);
            return default;
        }
    }

    public Task RefusesAsync(string text, ConnectionErrors code, string? channel = null) =>
        RefusesAsync(Encoding.UTF8.GetBytes(text), code, channel);

    /// <summary>The sender is told this code and this channel and nothing else, and no handler runs.</summary>
    public async Task RefusesAsync(byte[] text, ConnectionErrors code, string? channel = null)
    {
        var handled = Handled.All.Count;
        await SendAsync(text);
        var named = channel is null ? "" : $",\"channel\":\"{channel}\"";
        var answer = await _client.ReadTextAsync();
        Assert.True(answer == $$$"""{"channel":"_system:error","message":{"code":"{{{code}}}"{{{named}}}}}""", $"{Start(text)} was answered with {answer}");
        var error = await Room.Errors.NextAsync();
        Assert.Equal((code, channel), (error.Code, error.Channel));
        if (code != ConnectionErrors.HandlerFailed)
            Room.HasLoggedNothing();
        await IsHonestAsync(handled);
    }

    public Task RefusesMessageAsync(string channel, string message) =>
        RefusesAsync($$"""{"channel":"{{channel}}","message":{{message}}}""", ConnectionErrors.InvalidMessage, channel);

    /// <summary>The message comes to its handler.</summary>
    public async Task<T> AcceptsAsync<T>(string text)
    {
        var handled = Handled.All.Count;
        await SendAsync(Encoding.UTF8.GetBytes(text));
        await IsHonestAsync(handled + 1);
        return Assert.IsType<T>(Handled.All.ElementAt(handled));
    }

    public Task<T> AcceptsMessageAsync<T>(string channel, string message) =>
        AcceptsAsync<T>($$"""{"channel":"{{channel}}","message":{{message}}}""");

    /// <summary>The connection is closed with this code and no handler runs. Another connection is served.</summary>
    public async Task ClosesAsync(byte[] text, int code)
    {
        var handled = Handled.All.Count;
        await _client.SendAsync(RawClient.Text, text);
        Assert.Equal(code, (await _client.ReadCloseAsync()).Code);
        Assert.Equal(code, await RejoinAsync());
        await _client.SendAsync(Honest);
        await IsHonestAsync(handled);
    }

    /// <summary>What becomes of the text: a code of <see cref="ConnectionErrors"/>, a close code, or <c>handled</c>.</summary>
    public async Task<string> OutcomeAsync(byte[] text)
    {
        var handled = Handled.All.Count;
        await SendAsync(text);
        var (opcode, payload) = await _client.ReadFrameAsync();
        if (opcode == RawClient.Close)
        {
            var code = await RejoinAsync();
            await _client.SendAsync(Honest);
            await IsHonestAsync(handled);
            return $"closed with {code}";
        }
        if (Encoding.UTF8.GetString(payload) == Honest)
        {
            Assert.Equal(handled + 2, Handled.All.Count);
            return "handled";
        }
        await IsHonestAsync(handled);
        return (await Room.Errors.NextAsync()).Code.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        await Room.DisposeAsync();
    }

    private static string Start(byte[] text) => Encoding.UTF8.GetString(text.AsSpan(0, Math.Min(text.Length, 200)));

    private async Task SendAsync(byte[] text)
    {
        await _client.SendAsync(RawClient.Text, text);
        await _client.SendAsync(Honest);
    }

    /// <summary>The honest message is what comes next, and nothing was handled but that.</summary>
    private async Task IsHonestAsync(int handledBefore)
    {
        Assert.Equal(Honest, await _client.ReadTextAsync());
        Assert.Equal(handledBefore + 1, Handled.All.Count);
        // Another second, in which errors are answered again.
        _time.Advance(TimeSpan.FromSeconds(1));
    }

    /// <returns>The code of the connection that has ended.</returns>
    private async Task<int> RejoinAsync()
    {
        // After a violation the server reads no more frames: TCP's own end is what it waits for.
        await _client.DisposeAsync();
        var (_, disconnect) = await Room.Disconnected.NextAsync();
        _client = await Room.JoinAsync();
        return disconnect.Code;
    }
}
