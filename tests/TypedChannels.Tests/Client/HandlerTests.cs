using TypedChannels.Tests.Contracts;
using TypedChannels.Tests.Hosting;

namespace TypedChannels.Tests.Client;

/// <summary>Handlers of a client that never end, fail, or change while others run.</summary>
public class HandlerTests
{
    [Theory]
    [InlineData("message", "dispose")]
    [InlineData("message", "disconnect")]
    [InlineData("message", "stop")]
    [InlineData("disconnect", "dispose")]
    [InlineData("disconnect", "disconnect")]
    [InlineData("disconnect", "stop")]
    public async Task Client_ends_though_a_handler_never_does(string place, string end)
    {
        var time = new CountingTime();
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        var told = new Seen<int>();
        await using var room = await Room.StartAsync();
        var options = new ClientOptions { Uri = room.Uri, TimeProvider = time, CloseTimeout = TimeSpan.FromMilliseconds(200) };
        await using var client = new RoomClient(options);
        client.OnDown += async _ => await HandleAsync("message");
        client.OnDisconnect += async disconnect =>
        {
            told.Add(disconnect.Code);
            await HandleAsync("disconnect");
        };
        await client.ConnectAsync().Within();
        var connection = await room.Connected.NextAsync();
        if (place == "message")
        {
            await connection.SendDownAsync(new Down("x"));
            await entered.Task.Within();
        }
        await (end switch
        {
            "dispose" => client.DisposeAsync().AsTask(),
            "disconnect" => client.DisconnectAsync().AsTask(),
            _ => room.Server.StopAsync(),
        }).Within();
        Assert.False(client.IsAlive);
        // Once, though the message's handler still runs.
        Assert.Equal(end == "stop" ? 1001 : 1000, await told.NextAsync());
        await entered.Task.Within();
        Assert.False(go.Task.IsCompleted);
        if (end == "disconnect")
            await client.ConnectAsync().Within();
        await client.DisposeAsync().Within();
        go.SetResult();
        await Wait.UntilAsync(() => time.Timers, timers => timers == 0);
        Assert.Equal(end == "disconnect" ? 2 : 1, told.All.Count);

        async ValueTask HandleAsync(string here)
        {
            if (here != place)
                return;
            entered.TrySetResult();
            await go.Task;
        }
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Failure_of_a_message_handler_is_told_and_of_a_disconnect_handler_logged(bool late, bool cancelled)
    {
        var log = new LogSink();
        var errors = new Seen<MessageError>();
        var heard = new Seen<string>();
        var ended = new Seen<int>();
        await using var room = await Room.StartAsync();
        await using var client = new RoomClient(new ClientOptions { Uri = room.Uri, LoggerFactory = log });
        client.OnMessageError += _ => throw new InvalidOperationException("in the error event");
        client.OnMessageError += errors.Add;
        client.OnDown += message => message.Text == "fail" ? FailAsync("in a message") : default;
        client.OnDown += async message => heard.Add(message.Text);
        client.OnDisconnect += _ => FailAsync("in the disconnect event");
        client.OnDisconnect += async disconnect => ended.Add(disconnect.Code);
        await client.ConnectAsync().Within();
        var connection = await room.Connected.NextAsync();
        await connection.SendDownAsync(new Down("fail"));
        await connection.SendDownAsync(new Down("go on"));
        Assert.Equal("go on", await heard.NextAsync());
        var error = Assert.Single(errors.All);
        Assert.Equal((ConnectionErrors.HandlerFailed, "down", "in a message"), (error.Code, error.Channel, error.Exception!.Message));
        await client.DisconnectAsync().Within();
        Assert.Equal(1000, await ended.NextAsync());
        foreach (var place in new[] { "in a message", "in the error event", "in the disconnect event" })
            Assert.Single(log.Lines, line => line.Text.Contains(place, StringComparison.Ordinal));

        ValueTask FailAsync(string where)
        {
            Exception failure = cancelled ? new OperationCanceledException(where) : new InvalidOperationException(where);
            return late ? FailLateAsync(failure) : throw failure;
        }

        static async ValueTask FailLateAsync(Exception failure)
        {
            await Task.Yield();
            throw failure;
        }
    }

    [Fact]
    public async Task Handlers_that_change_while_a_message_is_handled_count_from_the_next_on()
    {
        var order = new Seen<string>();
        await using var room = await Room.StartAsync();
        await using var client = await room.ConnectAsync(client =>
        {
            ChannelHandler<Down> second = async message => order.Add("second " + message.Text);
            ChannelHandler<Down> third = async message => order.Add("third " + message.Text);
            client.OnDown += async message =>
            {
                order.Add("first " + message.Text);
                client.OnDown -= second;
                if (message.Text == "1")
                    client.OnDown += third + third;
            };
            client.OnDown += second;
            client.OnDown += null!;
        });
        var connection = await room.Connected.NextAsync();
        await connection.SendDownAsync(new Down("1"));
        await connection.SendDownAsync(new Down("2"));
        Assert.Equal(["first 1", "second 1", "first 2", "third 2", "third 2"], await order.NextAsync(5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Each_connect_that_succeeds_is_told_one_end_whatever_many_threads_do(int seed)
    {
        const int Threads = 4, Goal = 20;
        int connects = 0, ends = 0;
        await using var room = await Room.StartAsync(
            prepare: server => server.OnUp += (connection, _) => new ValueTask(connection.DisconnectAsync(4001).AsTask()));
        var uri = room.Uri;
        var client = new RoomClient(new ClientOptions { Uri = uri });
        client.OnDisconnect += async _ => Interlocked.Increment(ref ends);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            var random = new Random(seed * 100 + thread);
            // Most tries fail, for another thread was faster: what counts is what succeeded.
            while (Volatile.Read(ref connects) < Goal)
            {
                try
                {
                    switch (random.Next(6))
                    {
                        case 0:
                            await client.DisconnectAsync(4000);
                            break;
                        case 1:
                            await client.SendUpAsync(new Up("disconnect me"));
                            break;
                        case 2:
                            using (var soon = new CancellationTokenSource(random.Next(3)))
                                await ConnectAsync(soon.Token);
                            break;
                        default:
                            await ConnectAsync(CancellationToken.None);
                            break;
                    }
                }
                catch (ClientException)
                {
                    // Another thread was faster.
                    await Task.Yield();
                }
                catch (OperationCanceledException)
                {
                    // Given up.
                }
            }
        }))).Within();
        await client.DisposeAsync().Within();
        await Wait.UntilAsync(() => (Volatile.Read(ref connects), Volatile.Read(ref ends)), counts => counts.Item1 == counts.Item2);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.ConnectAsync());
        await Wait.UntilAsync(() => room.Server.ConnectionCount, count => count == 0);

        async Task ConnectAsync(CancellationToken cancellationToken)
        {
            await client.ConnectAsync(cancellationToken);
            Interlocked.Increment(ref connects);
        }
    }
}
