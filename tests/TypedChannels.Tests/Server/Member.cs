using System.Text.Json;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

/// <summary>One client of a <see cref="Population"/>, of whatever kind, and what it must have heard when it is gone.</summary>
internal abstract class Member : IAsyncDisposable
{
    /// <summary>The server's side, once the connect event has told of it.</summary>
    public RoomConnection Connection { get; set; } = null!;

    /// <summary>What was said, in order.</summary>
    public List<int> Said { get; } = [];

    /// <summary>What was sent to it and not heard yet, in order.</summary>
    public Queue<int> ToHear { get; } = new();

    /// <summary>Says numbers, and closes right after them where there is a code.</summary>
    public abstract Task SayAsync(int[] numbers, int? code = null);

    /// <summary>The server closes: ends when the connection has ended, and tells the code.</summary>
    public abstract Task<int> BeClosedAsync();

    /// <summary>Goes without a close. False: this kind cannot.</summary>
    public abstract bool TryKill();

    /// <summary>The next number that the server sent.</summary>
    public abstract Task<int> HearAsync();

    public async Task HearAllAsync()
    {
        while (ToHear.TryDequeue(out var number))
            Assert.Equal(number, await HearAsync());
    }

    public abstract ValueTask DisposeAsync();
}

/// <summary>Knows only RFC 6455.</summary>
internal sealed class RawMember(RawClient client) : Member
{
    public static async Task<Member> JoinAsync(int port, int slot)
    {
        var client = await RawClient.OpenAsync(port, $"/?slot={slot}");
        await client.ReadReadyAsync();
        return new RawMember(client);
    }

    public override async Task SayAsync(int[] numbers, int? code = null)
    {
        var frames = numbers.SelectMany(number => RawClient.Frame($$$"""{"channel":"say","message":{"text":"x","number":{{{number}}}}}"""));
        if (code is null)
        {
            await client.WriteAsync([.. frames]);
            return;
        }
        await client.WriteAsync([.. frames, .. RawClient.Frame(RawClient.Close, [(byte)(code.Value >> 8), (byte)code.Value])]);
        await HearAllAsync();
        // The next frame is the answer: nothing was heard that was not sent.
        Assert.Equal(RawClient.Close, (await client.ReadFrameAsync()).Opcode);
        await client.ReadEndAsync();
    }

    public override async Task<int> BeClosedAsync()
    {
        await HearAllAsync();
        var (opcode, payload) = await client.ReadFrameAsync();
        Assert.Equal(RawClient.Close, opcode);
        await client.SendAsync(RawClient.Close, payload);
        await client.ReadEndAsync();
        return (payload[0] << 8) | payload[1];
    }

    public override bool TryKill()
    {
        client.Kill();
        return true;
    }

    public override async Task<int> HearAsync()
    {
        using var text = JsonDocument.Parse(await client.ReadTextAsync());
        return text.RootElement.GetProperty("message").GetProperty("number").GetInt32();
    }

    public override ValueTask DisposeAsync() => client.DisposeAsync();
}

/// <summary>A generated client.</summary>
internal sealed class TypedMember(RoomClient client) : Member
{
    private readonly Seen<int> _heard = new();
    private readonly Seen<int> _closed = new();

    public static async Task<Member> JoinAsync(int port, int slot)
    {
        var client = new RoomClient(new ClientOptions { Uri = new Uri($"ws://127.0.0.1:{port}/?slot={slot}") });
        var member = new TypedMember(client);
        client.OnSay += async message => member._heard.Add(message.Number);
        client.OnDisconnect += async disconnect => member._closed.Add(disconnect.Code);
        await client.ConnectAsync().Within();
        return member;
    }

    public override async Task SayAsync(int[] numbers, int? code = null)
    {
        foreach (var number in numbers)
            await client.SendSayAsync(new Say("x", number)).Within();
        if (code is null)
            return;
        // What still comes once this side has begun to close is dropped.
        await HearAllAsync();
        await client.DisconnectAsync(code.Value).Within();
        Assert.Equal(code, await _closed.NextAsync());
    }

    public override async Task<int> BeClosedAsync()
    {
        await HearAllAsync();
        return await _closed.NextAsync();
    }

    public override bool TryKill() => false;

    public override Task<int> HearAsync() => _heard.NextAsync();

    public override async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        Assert.False(client.IsAlive);
        Assert.True(_closed.All.Count <= 1, "The client was told more than once that it is disconnected.");
    }
}
