using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Client.Reconnecting;

/// <summary>What is sent while the connection is lost.</summary>
public partial class WaitingSendTests
{
    private const int Plenty = 1_000_000;

    private static Task<(ReturningClient Client, Line Line)> ConnectAsync(FakeServer server, int waitingSendBytes = Plenty) =>
        ReturningClient.ConnectAsync(server, reconnect: reconnect => reconnect.WaitingSendBytes = waitingSendBytes);

    private static async Task FailsAsync(ClientErrors code, Task send) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<ClientException>(() => send.Within())).Code);

    [Fact]
    public async Task Send_while_the_connection_is_lost_fails_with_NotAlive_unless_it_may_wait()
    {
        await using var server = new FakeServer();
        var (client, line) = await ConnectAsync(server, waitingSendBytes: 0);
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        await FailsAsync(ClientErrors.NotAlive, client.Client.SendUpAsync(new Up("x")).AsTask());
    }

    [Fact]
    public async Task What_waits_is_sent_in_the_order_of_the_calls_and_before_what_comes_later()
    {
        await using var server = new FakeServer();
        var (client, line) = await ConnectAsync(server);
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        var sends = Enumerable.Range(0, 100).Select(i => client.Client.SendUpAsync(new Up($"{i}")).AsTask()).ToArray();
        Assert.All(sends, send => Assert.False(send.IsCompleted));
        await using var next = await Line.AcceptAsync(server);
        await Task.WhenAll(sends).Within();
        await client.Client.SendUpAsync(new Up("100")).Within();
        for (var i = 0; i <= 100; i++)
            Assert.Equal($"{i}", await next.HearAsync());
    }

    [Fact]
    public async Task What_the_Reconnected_handlers_send_goes_before_what_waits()
    {
        await using var server = new FakeServer();
        var (client, line) = await ConnectAsync(server);
        await using var _ = client;
        client.Client.OnReconnected += async _ =>
        {
            await Task.Yield();
            await client.Client.SendUpAsync(new Up("sign in"));
        };
        client.Client.OnReconnected += _ => client.Client.SendUpAsync(new Up("join"));
        line.Kill();
        await client.Reconnecting.NextAsync();
        var waits = client.Client.SendUpAsync(new Up("waited")).AsTask();
        await using var next = await Line.AcceptAsync(server);
        await waits.Within();
        Assert.Equal(["sign in", "join", "waited"], [await next.HearAsync(), await next.HearAsync(), await next.HearAsync()]);
    }

    [Fact]
    public async Task What_waits_waits_through_connections_that_are_lost_before_it_was_sent()
    {
        // Its handlers hold back what waits for as long as each connection lives.
        var gates = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToArray();
        await using var server = new FakeServer();
        var (client, line) = await ConnectAsync(server);
        await using var _ = client;
        client.Client.OnReconnected += reconnected => reconnected.Attempts < 3 ? new ValueTask(gates[reconnected.Attempts].Task) : default;
        line.Kill();
        await client.Reconnecting.NextAsync();
        var waits = client.Client.SendUpAsync(new Up("x")).AsTask();
        for (var i = 1; i < 3; i++)
        {
            line = await Line.AcceptAsync(server);
            await client.Reconnected.NextAsync();
            line.Kill();
            await Wait.UntilAsync(() => client.Client.IsAlive, isAlive => !isAlive);
            gates[i].SetResult();
        }
        Assert.False(waits.IsCompleted);
        await using var next = await Line.AcceptAsync(server);
        await waits.Within();
        Assert.Equal("x", await next.HearAsync());
    }

    [Fact]
    public async Task What_a_Reconnected_handler_sends_fails_with_its_connection_and_does_not_wait_for_another()
    {
        var failure = new Seen<ClientErrors>();
        await using var server = new FakeServer();
        var (client, line) = await ConnectAsync(server);
        await using var _ = client;
        client.Client.OnReconnected += async reconnected =>
        {
            if (reconnected.Attempts > 1)
                return;
            line.Kill();
            await Wait.UntilAsync(() => client.Client.IsAlive, isAlive => !isAlive);
            try
            {
                await client.Client.SendUpAsync(new Up("sign in"));
            }
            catch (ClientException exception)
            {
                failure.Add(exception.Code);
            }
        };
        line.Kill();
        line = await Line.AcceptAsync(server);
        Assert.Equal(ClientErrors.NotAlive, await failure.NextAsync());
    }

    [Fact]
    public async Task Send_in_a_handler_of_the_lost_connection_waits_like_any_other_and_keeps_nobody_from_coming_back()
    {
        var entered = new TaskCompletionSource();
        var sent = new TaskCompletionSource();
        var isLost = new TaskCompletionSource();
        await using var server = new FakeServer();
        var (client, line) = await ReturningClient.ConnectAsync(
            server, options => options.CloseTimeout = TimeSpan.FromMilliseconds(50), reconnect => reconnect.WaitingSendBytes = Plenty);
        await using var _ = client;
        client.Client.OnDown += async _ =>
        {
            entered.SetResult();
            await isLost.Task;
            await client.Client.SendUpAsync(new Up("answer"));
            sent.SetResult();
        };
        await line.SendDownAsync("question");
        await entered.Task.Within();
        line.Kill();
        await Wait.UntilAsync(() => client.Client.IsAlive, isAlive => !isAlive);
        isLost.SetResult();
        await using var next = await Line.AcceptAsync(server);
        Assert.Equal("answer", await next.HearAsync());
        await sent.Task.Within();
    }

    [Fact]
    public async Task Beyond_the_bound_a_send_fails_with_QueueFull_and_what_waits_is_not_touched()
    {
        await using var server = new FakeServer();
        // Each takes 64 bytes beside its own.
        var length = """{"channel":"up","message":{"text":"x"}}""".Length + 64;
        var (client, line) = await ConnectAsync(server, (3 * length) + 1);
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        var sends = Enumerable.Range(0, 3).Select(_ => client.Client.SendUpAsync(new Up("x")).AsTask()).ToArray();
        await FailsAsync(ClientErrors.QueueFull, client.Client.SendUpAsync(new Up("x")).AsTask());
        await FailsAsync(ClientErrors.MessageTooLarge, client.Client.SendUpAsync(new Up(new string('x', 4 * length))).AsTask());
        await using var next = await Line.AcceptAsync(server);
        await Task.WhenAll(sends).Within();
        // There is room again, next time.
        await next.DisposeAsync();
        await client.Reconnecting.NextAsync();
        var again = client.Client.SendUpAsync(new Up("x")).AsTask();
        await using var last = await Line.AcceptAsync(server);
        await again.Within();
    }

    [Fact]
    public async Task More_may_wait_than_the_send_queue_holds_and_all_of_it_is_sent()
    {
        const int Count = 50;
        await using var room = await Room.StartAsync(
            prepare: server => server.OnUp += (connection, message) => connection.SendDownAsync(new Down(message.Text)));
        await using var client = ReturningClient.New(
            room.Uri,
            options => options.SendQueueBytes = 2000,
            reconnect => (reconnect.WaitingSendBytes, reconnect.Chance) = (Plenty, () => 0.3));
        await client.Client.ConnectAsync().Within();
        (await room.Connected.NextAsync()).Core.Abort();
        await client.Reconnecting.NextAsync();
        var filler = new string('x', 1000);
        var sends = Enumerable.Range(0, Count).Select(i => client.Client.SendUpAsync(new Up($"{i} {filler}")).AsTask()).ToArray();
        await FailsAsync(ClientErrors.MessageTooLarge, client.Client.SendUpAsync(new Up(new string('x', 2000))).AsTask());
        await Task.WhenAll(sends).Within();
        for (var i = 0; i < Count; i++)
            Assert.StartsWith($"{i} ", await client.Heard.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_that_waits_can_be_cancelled_and_is_not_sent()
    {
        using var cancellation = new CancellationTokenSource();
        await using var server = new FakeServer();
        var (client, line) = await ConnectAsync(server);
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        var first = client.Client.SendUpAsync(new Up("first"), cancellation.Token).AsTask();
        var second = client.Client.SendUpAsync(new Up("second")).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Within());
        await using var next = await Line.AcceptAsync(server);
        await second.Within();
        Assert.Equal("second", await next.HearAsync());
    }

    [Fact]
    public async Task Message_that_waits_is_sent_as_it_was_at_the_call()
    {
        await using var server = new FakeServer();
        var (client, line) = await ConnectAsync(server);
        await using var _ = client;
        line.Kill();
        await client.Reconnecting.NextAsync();
        var message = new Dictionary<string, string> { ["text"] = "before" };
        var waits = client.Client.SendAsync("up", message, Json.Default.DictionaryStringString).AsTask();
#pragma warning disable TCH0045 // That the change is not seen is what is tested.
        message["text"] = "after";
#pragma warning restore TCH0045
        await using var next = await Line.AcceptAsync(server);
        await waits.Within();
        Assert.Equal("before", await next.HearAsync());
    }

    [Fact]
    public async Task Before_the_first_connect_and_after_the_end_nothing_waits()
    {
        await using var server = new FakeServer();
        await using var client = ReturningClient.New(server.Uri, reconnect: reconnect => reconnect.WaitingSendBytes = Plenty);
        await FailsAsync(ClientErrors.NotAlive, client.Client.SendTickAsync().AsTask());
        var connecting = client.Client.ConnectAsync();
        await using var stream = await server.HandshakeAsync();
        await FailsAsync(ClientErrors.NotAlive, client.Client.SendTickAsync().AsTask());
        await stream.WriteAsync(FakeServer.Ready);
        await connecting.Within();
        await client.Client.SendTickAsync().Within();
        var disconnecting = client.Client.DisconnectAsync().AsTask();
        await FailsAsync(ClientErrors.NotAlive, client.Client.SendTickAsync().AsTask());
        await FakeServer.ReadCloseAsync(stream);
        await stream.WriteAsync(FakeServer.Close(1000));
        await disconnecting.Within();
        await FailsAsync(ClientErrors.NotAlive, client.Client.SendTickAsync().AsTask());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Plenty)]
    public async Task What_was_accepted_and_not_written_is_counted_where_the_loss_is_told(int waitingSendBytes)
    {
        var accepted = 0;
        await using var server = new FakeServer();
        var (client, line) = await ConnectAsync(server, waitingSendBytes);
        await using var _ = client;
        try
        {
            // Nobody reads: TCP takes some, then the queue fills.
            for (; ; accepted++)
                await client.Client.SendUpAsync(new Up(new string('x', 60_000)));
        }
        catch (ClientException exception) when (exception.Code == ClientErrors.QueueFull)
        {
        }
        line.Kill();
        // The queue's 17, and the one that was being written.
        Assert.InRange((await client.Reconnecting.NextAsync()).Lost.Unsent, 17, Math.Min(18, accepted));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Every_send_ends_and_nothing_comes_twice_or_out_of_order_in_one_connection_whatever_is_cut(int seed)
    {
        const int Senders = 4, Each = 200;
        var heard = new Seen<(string Connection, string Sender, int Number)>();
        await using var room = await Room.StartAsync(
            prepare: server => server.OnSay += async (connection, say) => heard.Add((connection.Identifier, say.Text, say.Number)));
        await using var client = ReturningClient.New(room.Uri, reconnect: reconnect => reconnect.WaitingSendBytes = Plenty);
        await client.Client.ConnectAsync().Within();
        using var done = new CancellationTokenSource();
        var cutting = Task.Run(async () =>
        {
            var random = new Random(seed);
            while (!done.IsCancellationRequested)
            {
                foreach (var connection in room.Server.Connections)
                    connection.Core.Abort();
                for (var i = random.Next(200); i > 0; i--)
                    await Task.Yield();
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
                await client.Client.SendSayAsync(new Say($"{sender}", i)).Within();
        })));
        await done.CancelAsync();
        await cutting.Within();
        await client.Client.DisconnectAsync().Within();
        await client.Ended.NextAsync();
        await Wait.UntilAsync(() => room.Server.ConnectionCount, count => count == 0);
        // What was accepted by a connection that died may be lost.
        Assert.Distinct(heard.All.Select(each => (each.Sender, each.Number)));
        foreach (var numbers in heard.All.GroupBy(each => (each.Connection, each.Sender), each => each.Number))
            Assert.Equal(numbers.Order(), numbers);
        Assert.Single(client.Ended.All);
    }

    [System.Text.Json.Serialization.JsonSerializable(typeof(Dictionary<string, string>))]
    private sealed partial class Json : System.Text.Json.Serialization.JsonSerializerContext;
}
