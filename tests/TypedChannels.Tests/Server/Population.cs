using System.Collections.Concurrent;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

/// <summary>A real server with clients that come and go, beside a model of who is there and of what each has said and must hear.</summary>
internal sealed class Population : IAsyncDisposable
{
    private readonly Room _room;
    private readonly Dictionary<int, Member> _members = [];
    private readonly List<RoomConnection> _gone = [];
    private readonly ConcurrentDictionary<string, ConcurrentQueue<int>> _heard = new();
    private int _last;
    private bool _isRunning = true;

    private Population(Room room) => _room = room;

    public enum Kind
    {
        Join,
        Say,
        Send,
        Leave,
        SayAndLeave,
        SayAndKill,
        Disconnect,
        Emit,
        StopOrStart,
    }

    public static async Task<Population> StartAsync()
    {
        Population population = null!;
        var room = await Room.StartAsync(prepare: server =>
        {
            // While its handlers run a new connection counts; one that is gone does not.
            server.OnConnect += async connection => Assert.Same(connection, server.GetConnection(connection.Identifier));
            server.OnSay += async (connection, message) =>
            {
                // Some handlers end on another thread.
                if (message.Number % 3 == 0)
                    await Task.Yield();
                population._heard.GetOrAdd(connection.Identifier, _ => new()).Enqueue(message.Number);
            };
            server.OnDisconnect += async (connection, _) => Assert.False(server.ConnectionExists(connection.Identifier));
        });
        return population = new Population(room);
    }

    /// <summary>
    /// Operations that meet: each is another client's, and they run at once. What concerns the whole server comes alone after them.
    /// </summary>
    public async Task StepAsync((Kind Kind, int Slot)[] operations)
    {
        var each = operations.Where(operation => operation.Kind < Kind.Emit).DistinctBy(operation => operation.Slot);
        var steps = each.Where(operation => _isRunning && operation.Kind == Kind.Join != _members.ContainsKey(operation.Slot)).ToArray();
        var codes = await Task.WhenAll(steps.Select(step => step.Kind == Kind.Join ? JoinAsync(step.Slot) : ActAsync(step.Kind, step.Slot)));
        foreach (var _ in steps.Where(step => step.Kind == Kind.Join))
        {
            var connection = await _room.Connected.NextAsync();
            _members[int.Parse(connection.Handshake.Query["slot"].ToString())].Connection = connection;
        }
        await AreGoneAsync(steps.Zip(codes, (step, code) => (step.Slot, Code: code)).Where(end => end.Code is not null));
        await CheckAsync();

        foreach (var (kind, _) in operations.Where(operation => operation.Kind >= Kind.Emit))
        {
            await (kind == Kind.Emit ? EmitAsync() : _isRunning ? StopAsync() : StartServerAsync());
            await CheckAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members.Values)
        {
            await member.HearAllAsync();
            await member.DisposeAsync();
        }
        await _room.DisposeAsync();
        _room.HasLoggedNothing();
    }

    private async Task<int?> JoinAsync(int slot)
    {
        var member = slot % 2 == 0 ? await RawMember.JoinAsync(_room.Server.Port, slot) : await TypedMember.JoinAsync(_room.Server.Port, slot);
        lock (_members)
            _members[slot] = member;
        return null;
    }

    /// <summary>What one client does, or the server with one connection. Tells the close code, where it ends.</summary>
    private async Task<int?> ActAsync(Kind kind, int slot)
    {
        var member = _members[slot];
        switch (kind)
        {
            case Kind.Send:
                var sent = Next(1)[0];
                member.ToHear.Enqueue(sent);
                await member.Connection.SendSayAsync(new Say("x", sent)).Within();
                return null;
            case Kind.Disconnect:
                var closing = member.Connection.DisconnectAsync(4100 + slot);
                Assert.False(member.Connection.IsAlive);
                Assert.Equal(4100 + slot, await member.BeClosedAsync());
                await closing.Within();
                return 4100 + slot;
            case Kind.Say:
                await SayAsync(member, Next(2), code: null);
                // All of it, before anything else happens to it.
                await Wait.UntilAsync(() => Heard(member).Count, count => count == member.Said.Count);
                return null;
            case Kind.SayAndKill:
                var before = member.Said.Count;
                await SayAsync(member, Next(3), code: null);
                if (member.TryKill())
                    return 1006;
                await Wait.UntilAsync(() => Heard(member).Count, count => count == before + 3);
                return null;
            default:
                await SayAsync(member, Next(kind == Kind.SayAndLeave ? 3 : 0), 4000 + slot);
                return 4000 + slot;
        }
    }

    private async Task EmitAsync()
    {
        var number = Next(1)[0];
        foreach (var member in _members.Values)
            member.ToHear.Enqueue(number);
        await _room.Server.EmitSayAsync(new Say("x", number)).Within();
    }

    private async Task StopAsync()
    {
        var stopping = _room.Server.StopAsync();
        Assert.All(await Task.WhenAll(_members.Values.Select(member => member.BeClosedAsync())), code => Assert.Equal(1001, code));
        await stopping.Within();
        _isRunning = false;
        Assert.Equal(_gone.Count + _members.Count, _room.Disconnected.All.Count);
        await AreGoneAsync(_members.Keys.Select(slot => (slot, (int?)1001)));
        Assert.Equal(0, _room.Server.Intake.Count);
    }

    private async Task StartServerAsync()
    {
        await _room.Server.StartAsync().Within();
        _isRunning = true;
    }

    private static Task SayAsync(Member member, int[] numbers, int? code)
    {
        member.Said.AddRange(numbers);
        return member.SayAsync(numbers, code);
    }

    /// <summary>The disconnect event tells of each once, with its code, after the last of its messages.</summary>
    private async Task AreGoneAsync(IEnumerable<(int Slot, int? Code)> ends)
    {
        var expected = ends.ToDictionary(end => _members[end.Slot].Connection, end => end);
        while (expected.Count > 0)
        {
            var (connection, disconnect) = await _room.Disconnected.NextAsync();
            Assert.True(expected.Remove(connection, out var end), $"{disconnect} of a connection that did not end.");
            Assert.Equal((end.Code, end.Code != 1006), (disconnect.Code, disconnect.WasClean));
            Assert.True(connection.Aborted.IsCancellationRequested);
            _members.Remove(end.Slot, out var member);
            // A reset may overtake what was said before it, but not mix it up.
            var heard = Heard(member!);
            Assert.Equal(end.Code == 1006 ? member!.Said.Take(heard.Count) : member!.Said, heard);
            await member.DisposeAsync();
            _gone.Add(connection);
        }
    }

    private async Task CheckAsync()
    {
        var server = _room.Server;
        var present = _members.Values.Select(member => member.Connection).ToHashSet();
        Assert.Equal(present.Count, server.ConnectionCount);
        Assert.Equal(present.Count, server.Connections.Count);
        Assert.True(present.SetEquals(server.Connections));
        Assert.Equal(present.Count, _room.Metrics["active_connections"]);
        Assert.Equal(_gone.Count + present.Count, _room.Connected.All.Count);
        Assert.Equal(_gone.Count, _room.Disconnected.All.Count);
        foreach (var connection in present)
        {
            Assert.True(connection.IsAlive && server.ConnectionExists(connection.Identifier));
            Assert.Same(connection, server.GetConnection(connection.Identifier));
        }
        foreach (var connection in _gone)
        {
            Assert.False(connection.IsAlive || server.ConnectionExists(connection.Identifier));
            Assert.Null(server.GetConnection(connection.Identifier));
            var late = await Assert.ThrowsAsync<ConnectionException>(() => connection.SendSayAsync(new Say("late")).AsTask());
            Assert.Equal(ConnectionErrors.NotAlive, late.Code);
        }
        Assert.Equal(_gone.Count + present.Count, _gone.Concat(present).Select(connection => connection.Identifier).Distinct().Count());
    }

    private ConcurrentQueue<int> Heard(Member member) => _heard.GetOrAdd(member.Connection.Identifier, _ => new());

    private int[] Next(int count)
    {
        var end = Interlocked.Add(ref _last, count);
        return [.. Enumerable.Range(end - count + 1, count)];
    }
}
