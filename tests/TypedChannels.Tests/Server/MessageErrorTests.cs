using Microsoft.Extensions.Time.Testing;

namespace TypedChannels.Tests.Server;

public class MessageErrorTests
{
    /// <summary>The table of the wire's description: what is received, its code, and the channel that the answer names.</summary>
    public static TheoryData<string, ConnectionErrors, string?> BadMessages => new()
    {
        { "", ConnectionErrors.InvalidJson, null },
        { "nonsense", ConnectionErrors.InvalidJson, null },
        { """{"channel":"say","message":{"text":"x"}}!""", ConnectionErrors.InvalidJson, null },
        { """{"channel":"say","message":{"text":"x"}}{}""", ConnectionErrors.InvalidJson, null },
        { """{"channel":"say","message":{"text":"x","deep":""" + new string('[', 32) + new string(']', 32) + "}}", ConnectionErrors.InvalidJson, null },
        { """{"channel":"say","channel":"say","message":{"text":"x"}}""", ConnectionErrors.InvalidEnvelope, null },
        { """{"channel":"say","message":{"text":"x"},"message":{}}""", ConnectionErrors.InvalidEnvelope, null },
        { "[]", ConnectionErrors.InvalidEnvelope, null },
        { "null", ConnectionErrors.InvalidEnvelope, null },
        { "{}", ConnectionErrors.InvalidEnvelope, null },
        { """{"message":{}}""", ConnectionErrors.InvalidEnvelope, null },
        { """{"channel":1}""", ConnectionErrors.InvalidEnvelope, null },
        { """{"channel":null}""", ConnectionErrors.InvalidEnvelope, null },
        { """{"channel":"say","message":[]}""", ConnectionErrors.InvalidEnvelope, null },
        { """{"channel":"say","message":"x"}""", ConnectionErrors.InvalidEnvelope, null },
        { """{"channel":"nowhere","message":{}}""", ConnectionErrors.UnknownChannel, null },
        { """{"channel":"Say","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel, null },
        { """{"channel":"down","message":{"text":"x"}}""", ConnectionErrors.UnknownChannel, null },
        { """{"channel":"_system:status:ready","message":{}}""", ConnectionErrors.UnknownChannel, null },
        { """{"channel":"_system:no such","message":{}}""", ConnectionErrors.UnknownChannel, null },
        { """{"channel":"say"}""", ConnectionErrors.InvalidMessage, "say" },
        { """{"channel":"say","message":null}""", ConnectionErrors.InvalidMessage, "say" },
        { """{"channel":"say","message":{"text":null}}""", ConnectionErrors.InvalidMessage, "say" },
        { """{"channel":"say","message":{"text":1}}""", ConnectionErrors.InvalidMessage, "say" },
        { """{"channel":"say","message":{"text":"x","number":99999999999}}""", ConnectionErrors.InvalidMessage, "say" },
        { """{"channel":"say","message":{"text":"x","number":1.5}}""", ConnectionErrors.InvalidMessage, "say" },
        { """{"channel":"say","message":{"text":"x","text":"y"}}""", ConnectionErrors.InvalidMessage, "say" },
        { """{"channel":"strict","message":{"count":1,"level":1,"name":"n"}}""", ConnectionErrors.InvalidMessage, "strict" },
        { """{"channel":"strict","message":{"count":1,"level":"Middle","name":"n"}}""", ConnectionErrors.InvalidMessage, "strict" },
        { """{"channel":"small","message":{"text":"0123456789012345678901234567890123456789012345678901234567890123456789"}}""", ConnectionErrors.MessageTooLarge, "small" },
        { """{"channel":"tick","message":{}}""", ConnectionErrors.HandlerFailed, "tick" },
    };

    private static async Task<Room> StartAsync(Action<ServerOptions>? configure = null) => await Room.StartAsync(configure, server =>
    {
        server.OnSay += (connection, message) => connection.SendSayAsync(message);
        server.OnStrict += (_, _) => default;
        server.OnSmall += (_, _) => default;
        server.OnTick += (_, _) => throw new InvalidOperationException("on purpose");
    });

    private static string Answer(ConnectionErrors code, string? channel) =>
        $$$"""{"channel":"_system:error","message":{"code":"{{{code}}}"{{{(channel is null ? "" : $",\"channel\":\"{channel}\"")}}}}}""";

    private static async Task StillEchoesAsync(RawClient client)
    {
        const string Message = """{"channel":"say","message":{"text":"still here","number":7}}""";
        await client.SendAsync(Message);
        Assert.Equal(Message, await client.ReadTextAsync());
    }

    [Theory]
    [MemberData(nameof(BadMessages))]
    public async Task Bad_message_is_told_and_costs_only_itself(string text, ConnectionErrors code, string? channel)
    {
        await using var room = await StartAsync();
        await using var client = await room.JoinAsync();
        await client.SendAsync(text);
        Assert.Equal(Answer(code, channel), await client.ReadTextAsync());
        var error = await room.Errors.NextAsync();
        Assert.Equal((code, channel), (error.Code, error.Channel));
        await StillEchoesAsync(client);
    }

    [Fact]
    public async Task One_connection_outlives_every_kind_of_bad_message()
    {
        var time = new FakeTimeProvider();
        await using var room = await StartAsync(options => options.TimeProvider = time);
        await using var client = await room.JoinAsync();
        foreach (var row in BadMessages)
        {
            var (text, code, channel) = row.Data;
            await client.SendAsync(text);
            Assert.Equal(Answer(code, channel), await client.ReadTextAsync());
            // Another second, in which there are answers again.
            time.Advance(TimeSpan.FromSeconds(1));
        }
        await StillEchoesAsync(client);
    }

    [Fact]
    public async Task Message_that_nobody_handles_is_told_to_the_server_and_not_to_its_sender()
    {
        await using var room = await StartAsync();
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"lonely","message":{"text":"hello?"}}""");
        await StillEchoesAsync(client);
        var error = Assert.Single(room.Errors.All);
        Assert.Equal((ConnectionErrors.NoHandler, "lonely"), (error.Code, error.Channel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failing_handler_ends_its_message_is_logged_and_carries_its_exception(bool late)
    {
        var after = false;
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnUp += async (_, _) =>
            {
                if (late)
                    await Task.Yield();
                throw new InvalidOperationException("secret");
            };
            server.OnUp += (_, _) =>
            {
                after = true;
                return default;
            };
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        Assert.Equal(Answer(ConnectionErrors.HandlerFailed, "up"), await client.ReadTextAsync());
        var error = await room.Errors.NextAsync();
        Assert.Equal("secret", Assert.IsType<InvalidOperationException>(error.Exception).Message);
        Assert.False(after);
        Assert.Contains(room.Log.Lines, line => line.Text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Over_the_limit_of_message_errors_the_connection_is_closed_with_1008()
    {
        var time = new FakeTimeProvider();
        await using var room = await StartAsync(options => (options.MessageErrorLimit, options.TimeProvider) = (3, time));
        await using var client = await room.JoinAsync();
        for (var i = 0; i < 3; i++)
            await client.SendAsync("bad");
        for (var i = 0; i < 3; i++)
            await client.ReadTextAsync();
        await StillEchoesAsync(client);
        // Later, and still within the same minute.
        time.Advance(TimeSpan.FromSeconds(10));
        await StillEchoesAsync(client);
        await client.SendAsync("bad");
        Assert.Equal((1008, "Too many message errors."), await client.CloseBackAsync());
        Assert.Equal(1008, (await room.Disconnected.NextAsync()).Disconnect.Code);
        Assert.Equal(4, room.Errors.All.Count);
    }

    [Fact]
    public async Task Failing_and_missing_handlers_do_not_count_against_the_limit()
    {
        await using var room = await StartAsync(options => options.MessageErrorLimit = 0);
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"tick"}""");
        await client.ReadTextAsync();
        await client.SendAsync("""{"channel":"lonely","message":{"text":"x"}}""");
        await StillEchoesAsync(client);
    }

    [Fact]
    public async Task At_most_ten_answers_a_second_are_sent()
    {
        var time = new FakeTimeProvider();
        await using var room = await StartAsync(options => options.TimeProvider = time);
        await using var client = await room.JoinAsync();
        for (var i = 0; i < 15; i++)
            await client.SendAsync("bad");
        await client.SendAsync("""{"channel":"say","message":{"text":"end"}}""");
        var answers = 0;
        while (!(await client.ReadTextAsync()).Contains("end", StringComparison.Ordinal))
            answers++;
        Assert.Equal(10, answers);
        Assert.Equal(15, room.Errors.All.Count);
    }

    [Fact]
    public async Task Failing_message_error_handler_is_logged_and_the_others_still_run()
    {
        var seen = new Seen<MessageError>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.OnMessageError += (_, _) => throw new InvalidOperationException("on purpose");
            server.OnMessageError += (_, error) => seen.Add(error);
            server.OnConnect += connection =>
            {
                connection.OnMessageError += seen.Add;
                return default;
            };
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("bad");
        await seen.NextAsync(2);
        await client.ReadTextAsync();
        Assert.True(Assert.Single(room.Server.Connections).IsAlive);
    }
}
