using System.Text.Json;
using System.Text.Json.Serialization;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

/// <summary>Channels whose names are known only at run time, at the server and its connections.</summary>
public partial class UntypedTests
{
    private static Contracts.ChannelJsonContext Json => Contracts.ChannelJsonContext.Default;

    [Fact]
    public async Task Server_runs_before_the_connection_and_each_handler_is_awaited()
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.On("room:1", Json.Say, async (connection, message) =>
            {
                order.Add($"server begins {connection.Props.Name} {message.Text}");
                await Task.Yield();
                order.Add("server ends");
            });
            server.OnConnect += async connection => connection.On("room:1", Json.Say, async message =>
            {
                order.Add($"connection begins {message.Text}");
                await Task.Yield();
                order.Add("connection ends");
            });
        });
        await using var client = await room.JoinAsync();
        for (var i = 0; i < 2; i++)
            await client.SendAsync("""{"channel":"room:1","message":{"text":"x"}}""");
        string[] once = ["server begins anonymous x", "server ends", "connection begins x", "connection ends"];
        Assert.Equal(once.Concat(once), await order.NextAsync(8));
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Each_handler_reads_the_message_as_its_own_type()
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.On("room:1", Json.Say, async (_, message) => order.Add($"say {message.Number}"));
            server.OnConnect += async connection => connection.On("room:1", Json.Up, async message => order.Add($"up {message.Text}"));
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"room:1","message":{"number":7,"text":"x"}}""");
        Assert.Equal(["say 7", "up x"], await order.NextAsync(2));
    }

    [Theory]
    [InlineData("""{"text":1}""")]
    [InlineData("""{"text":null}""")]
    [InlineData("""{"text":"x","text":"y"}""")]
    [InlineData("{}")]
    public async Task Message_that_does_not_fit_is_InvalidMessage_with_the_name_and_costs_only_itself(string message)
    {
        var handled = new Seen<Say>();
        await using var room = await Room.StartAsync(prepare: server => server.On("room:1", Json.Say, async (_, say) => handled.Add(say)));
        await using var client = await room.JoinAsync();
        await client.SendAsync($$"""{"channel":"room:1","message":{{message}}}""");
        Assert.Equal("""{"channel":"_system:error","message":{"code":"InvalidMessage","channel":"room:1"}}""", await client.ReadTextAsync());
        await client.SendAsync("""{"channel":"room:1","message":{"text":"next"}}""");
        Assert.Equal(new Say("next"), await handled.NextAsync());
        var error = Assert.Single(room.Errors.All);
        Assert.Equal((ConnectionErrors.InvalidMessage, "room:1"), (error.Code, error.Channel));
    }

    [Fact]
    public async Task Handler_that_fails_ends_its_message_with_HandlerFailed()
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.On("room:1", Json.Say, async (_, message) =>
            {
                await Task.Yield();
                if (message.Number == 0)
                    throw new InvalidOperationException("on purpose");
            });
            server.On("room:1", Json.Say, async (_, message) => order.Add($"{message.Number}"));
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"room:1","message":{"text":"x","number":0}}""");
        await client.SendAsync("""{"channel":"room:1","message":{"text":"x","number":1}}""");
        Assert.Equal("1", await order.NextAsync());
        var error = Assert.Single(room.Errors.All);
        Assert.Equal((ConnectionErrors.HandlerFailed, "room:1"), (error.Code, error.Channel));
        Assert.Contains("on purpose", Assert.Single(room.Log.Lines).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_whose_registration_is_disposed_of_is_UnknownChannel()
    {
        var handled = new Seen<Say>();
        await using var room = await Room.StartAsync();
        var gone = room.Server.On("room:1", Json.Say, async (_, _) => Assert.Fail("Removed."));
        using var other = room.Server.On("room:2", Json.Say, async (_, say) => handled.Add(say));
        gone.Dispose();
        gone.Dispose();
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"room:1","message":{"text":"x"}}""");
        Assert.Equal("""{"channel":"_system:error","message":{"code":"UnknownChannel"}}""", await client.ReadTextAsync());
        await client.SendAsync("""{"channel":"room:2","message":{"text":"x"}}""");
        await handled.NextAsync();
        Assert.Equal((ConnectionErrors.UnknownChannel, null), (Assert.Single(room.Errors.All).Code, room.Errors.All.Single().Channel));
    }

    [Fact]
    public async Task Registration_of_a_connection_is_for_that_connection_alone()
    {
        var handled = new Seen<Say>();
        await using var room = await Room.StartAsync();
        await using var first = await room.JoinAsync();
        (await room.Connected.NextAsync()).On("room:1", Json.Say, async say => handled.Add(say));
        await using var second = await room.JoinAsync();
        await second.SendAsync("""{"channel":"room:1","message":{"text":"x"}}""");
        Assert.Equal("""{"channel":"_system:error","message":{"code":"UnknownChannel"}}""", await second.ReadTextAsync());
        await first.SendAsync("""{"channel":"room:1","message":{"text":"mine"}}""");
        Assert.Equal("mine", (await handled.NextAsync()).Text);
    }

    [Fact]
    public async Task Handler_joins_leaves_and_answers_within_itself()
    {
        await using var room = await Room.StartAsync(prepare: server => server.OnConnect += async connection =>
        {
            IDisposable? door = null;
            door = connection.On("join", Json.Up, async message =>
            {
                door!.Dispose();
                connection.On(message.Text, Json.Say, say => connection.SendAsync(message.Text, say with { Number = say.Number + 1 }, Json.Say));
                await connection.SendAsync("joined");
            });
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"join","message":{"text":"room \"é\""}}""");
        Assert.Equal("""{"channel":"joined","message":{}}""", await client.ReadTextAsync());
        await client.SendAsync("""{"channel":"join","message":{"text":"again"}}""");
        Assert.Equal("""{"channel":"_system:error","message":{"code":"UnknownChannel"}}""", await client.ReadTextAsync());
        await client.SendAsync("""{"channel":"room \"\u00e9\"","message":{"text":"x","number":1}}""");
        Assert.Equal("""{"channel":"room \"é\"","message":{"text":"x","number":2}}""", await client.ReadTextAsync());
    }

    [Theory]
    [InlineData("say", "OnSay")]
    [InlineData("up", "OnUp")]
    [InlineData("caf\u00e9", "OnCafe")]
    public async Task Channel_that_the_server_receives_by_its_contract_is_refused_with_its_event(string name, string @event)
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        var atServer = Assert.Throws<ArgumentException>("channel", () => room.Server.On(name, Json.Say, (_, _) => default));
        var atConnection = Assert.Throws<ArgumentException>("channel", () => connection.On(name, Json.Say, _ => default));
        Assert.Contains(@event, atServer.Message, StringComparison.Ordinal);
        Assert.Contains(@event, atConnection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Channel_that_the_server_only_sends_by_its_contract_may_be_received_too()
    {
        var handled = new Seen<Down>();
        await using var room = await Room.StartAsync(prepare: server => server.On("down", Json.Down, async (_, down) => handled.Add(down)));
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"down","message":{"text":"x"}}""");
        Assert.Equal(new Down("x"), await handled.NextAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\tb")]
    [InlineData("_system:error")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789")]
    public async Task Name_that_no_channel_may_have_is_refused_by_every_member(string name)
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        Assert.Throws<ArgumentException>("channel", () => room.Server.On(name, Json.Say, (_, _) => default));
        Assert.Throws<ArgumentException>("channel", () => connection.On(name, Json.Say, _ => default));
        Assert.Throws<ArgumentException>("channel", () => { _ = room.Server.EmitAsync(name).AsTask(); });
        Assert.Throws<ArgumentException>("channel", () => { _ = room.Server.EmitAsync(name, new Say("x"), Json.Say).AsTask(); });
        Assert.Throws<ArgumentException>("channel", () => { _ = connection.SendAsync(name).AsTask(); });
        Assert.Throws<ArgumentException>("channel", () => { _ = connection.SendAsync(name, new Say("x"), Json.Say).AsTask(); });
        Assert.Throws<ArgumentNullException>("channel", () => { _ = connection.SendAsync(null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("typeInfo", () => connection.On<Say>("x", null!, _ => default));
        Assert.Throws<ArgumentNullException>("typeInfo", () => { _ = connection.SendAsync("x", new Say("x"), null!).AsTask(); });
        Assert.Throws<ArgumentNullException>("message", () => { _ = connection.SendAsync("x", null!, Json.Say).AsTask(); });
        Assert.Throws<ArgumentNullException>("handler", () => room.Server.On("x", Json.Say, null!));
        Assert.Throws<ArgumentNullException>("handler", () => connection.On("x", Json.Say, null!));
    }

    [Fact]
    public async Task Sends_and_emits_of_every_kind_keep_the_order_of_their_calls()
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        await connection.SendAsync("room:1", new Say("x", 1), Json.Say);
        await connection.SendSayAsync(new Say("x", 2));
        await room.Server.EmitAsync("room:1", new Say("x", 3), Json.Say);
        await connection.SendAsync("room:1");
        await room.Server.EmitSayAsync(new Say("x", 4));
        await room.Server.EmitAsync("room:2");
        // On a channel of the contract: as good as its own method.
        await connection.SendAsync("say", new Say("x", 5), Json.Say);
        string[] expected =
        [
            """{"channel":"room:1","message":{"text":"x","number":1}}""",
            """{"channel":"say","message":{"text":"x","number":2}}""",
            """{"channel":"room:1","message":{"text":"x","number":3}}""",
            """{"channel":"room:1","message":{}}""",
            """{"channel":"say","message":{"text":"x","number":4}}""",
            """{"channel":"room:2","message":{}}""",
            """{"channel":"say","message":{"text":"x","number":5}}""",
        ];
        foreach (var text in expected)
            Assert.Equal(text, await client.ReadTextAsync());
    }

    [Fact]
    public async Task Emit_is_written_once_for_all_receivers()
    {
        await using var room = await Room.StartAsync();
        await using var first = await room.JoinAsync();
        await using var second = await room.JoinAsync();
        await room.Connected.NextAsync(2);
        var message = new Counting();
        await room.Server.EmitAsync("room:1", message, CountingContext.Default.Counting);
        Assert.Equal("""{"channel":"room:1","message":{"Reads":1}}""", await first.ReadTextAsync());
        Assert.Equal("""{"channel":"room:1","message":{"Reads":1}}""", await second.ReadTextAsync());
    }

    [Fact]
    public async Task What_fits_into_no_queue_is_MessageTooLarge_and_cuts_nobody()
    {
        await using var room = await Room.StartAsync(options => options.SendQueueBytes = 4096);
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        var large = new Say(new string('x', 5000));
        var sent = await Assert.ThrowsAsync<ConnectionException>(async () => await connection.SendAsync("room:1", large, Json.Say));
        var emitted = await Assert.ThrowsAsync<ConnectionException>(async () => await room.Server.EmitAsync("room:1", large, Json.Say));
        Assert.Equal((ConnectionErrors.MessageTooLarge, ConnectionErrors.MessageTooLarge), (sent.Code, emitted.Code));
        await connection.SendAsync("room:1");
        Assert.Equal("""{"channel":"room:1","message":{}}""", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Full_queue_is_QueueFull_and_then_NotAlive()
    {
        await using var room = await Room.StartAsync();
        await using var client = await RawClient.OpenAsync(room.Server.Port, receiveBytes: 4096);
        var connection = await room.Connected.NextAsync();
        var large = new Say(new string('x', 60_000));
        var full = await Assert.ThrowsAsync<ConnectionException>(async () =>
        {
            while (true)
                await connection.SendAsync("room:1", large, Json.Say);
        });
        Assert.Equal(ConnectionErrors.QueueFull, full.Code);
        var dead = await Assert.ThrowsAsync<ConnectionException>(async () => await connection.SendAsync("room:1"));
        Assert.Equal(ConnectionErrors.NotAlive, dead.Code);
        client.Kill();
        await room.Disconnected.NextAsync();
    }

    [Fact]
    public async Task Closed_connection_is_NotAlive_and_an_emit_passes_it_by()
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        await client.LeaveAsync();
        await room.Disconnected.NextAsync();
        var failure = await Assert.ThrowsAsync<ConnectionException>(async () => await connection.SendAsync("room:1", new Say("x"), Json.Say));
        Assert.Equal(ConnectionErrors.NotAlive, failure.Code);
        await room.Server.EmitAsync("room:1", new Say("x"), Json.Say);
        await room.Server.EmitAsync("room:1");
        // What comes too late is registered for nothing, and harms nothing.
        connection.On("room:1", Json.Say, _ => default).Dispose();
    }

    [Fact]
    public async Task What_cannot_be_written_fails_in_its_task_and_sends_nothing()
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        var list = connection.SendAsync("room:1", [1], CountingContext.Default.ListInt32);
        await Assert.ThrowsAsync<JsonException>(async () => await list);
        var emitted = room.Server.EmitAsync("room:1", 1, CountingContext.Default.Int32);
        await Assert.ThrowsAsync<JsonException>(async () => await emitted);
        var failing = connection.SendAsync("room:1", new Failing(), CountingContext.Default.Failing);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await failing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await connection.SendAsync("room:1", new CancellationToken(true)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await room.Server.EmitAsync("room:1", new CancellationToken(true)));
        await connection.SendAsync("next");
        Assert.Equal("""{"channel":"next","message":{}}""", await client.ReadTextAsync());
    }

    [Fact]
    public async Task Handlers_come_and_go_while_messages_are_handled_and_none_is_lost()
    {
        const int Count = 500;
        var handled = new Seen<int>();
        await using var room = await Room.StartAsync(prepare: server => server.On("room:1", Json.Say, async (_, say) => handled.Add(say.Number)));
        await using var client = await room.JoinAsync();
        var connection = await room.Connected.NextAsync();
        using var done = new CancellationTokenSource();
        var coming = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                using (room.Server.On("room:1", Json.Say, (_, _) => default))
                using (connection.On("room:1", Json.Up, _ => default))
                    connection.On("room:2", Json.Up, _ => default).Dispose();
            }
        })).ToArray();
        for (var i = 0; i < Count; i++)
            await client.SendAsync($$$"""{"channel":"room:1","message":{"text":"x","number":{{{i}}}}}""");
        var numbers = await handled.NextAsync(Count);
        await done.CancelAsync();
        await Task.WhenAll(coming).Within();
        Assert.True(numbers.SequenceEqual(Enumerable.Range(0, Count)));
        Assert.Empty(room.Errors.All);
    }

    internal sealed class Counting
    {
        private int _reads;

        public int Reads => Interlocked.Increment(ref _reads);
    }

    internal sealed class Failing
    {
        private readonly string _why = "on purpose";

        public int Value => throw new InvalidOperationException(_why);
    }

    [JsonSerializable(typeof(Counting))]
    [JsonSerializable(typeof(Failing))]
    [JsonSerializable(typeof(List<int>))]
    [JsonSerializable(typeof(int))]
    internal sealed partial class CountingContext : JsonSerializerContext;
}
