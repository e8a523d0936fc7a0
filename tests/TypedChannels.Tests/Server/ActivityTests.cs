using System.Diagnostics;
using TypedChannels.Tests.Contracts;

namespace TypedChannels.Tests.Server;

public sealed class ActivityTests : IDisposable
{
    private readonly ActivitySink sink = new();

    public void Dispose() => sink.Dispose();

    [Fact]
    public async Task A_message_has_an_activity_that_is_a_root_and_linked_to_the_connections_request()
    {
        Activity? request = null, current = null;
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.Deciding = _ =>
            {
                request = Activity.Current;
                return default;
            };
            server.OnUp += (connection, _) =>
            {
                current = Activity.Current;
                return connection.SendDownAsync(new Down(""));
            };
        });
        await using var client = await room.JoinAsync();
        const string Up = """{"channel":"up","message":{"text":"x"}}""";
        await client.SendAsync(Up);
        await client.ReadTextAsync();
        var connection = await room.Connected.NextAsync();
        var activity = Assert.Single(await sink.OfAsync(connection, 1));
        Assert.Same(activity, current);
        Assert.Equal(("process up", ActivityKind.Consumer), (activity.DisplayName, activity.Kind));
        Assert.Null(activity.Parent);
        Assert.Equal(default, activity.ParentSpanId);
        Assert.Equal("Microsoft.AspNetCore", request!.Source.Name);
        Assert.Equal(request.Context, Assert.Single(activity.Links).Context);
        Assert.NotEqual(request.TraceId, activity.TraceId);
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        KeyValuePair<string, object?>[] tags =
        [
            new("messaging.system", "typedchannels"),
            new("messaging.operation.name", "process"),
            new("messaging.operation.type", "process"),
            new("messaging.destination.name", "up"),
            new("messaging.message.envelope.size", Up.Length),
            new("typedchannels.channel", "up"),
            new("typedchannels.connection.id", connection.Identifier),
        ];
        Assert.Equal(tags, activity.TagObjects);
        // And the other way.
        Assert.Equal(connection.Identifier, request.GetTagItem("typedchannels.connection.id"));
    }

    [Fact]
    public async Task An_activity_lasts_until_the_last_handler_has_ended_and_no_message_is_inside_anothers()
    {
        var seen = new Seen<Activity?>();
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += async (connection, _) =>
        {
            seen.Add(Activity.Current);
            await Task.Yield();
            seen.Add(Activity.Current);
            Assert.Equal(default, Activity.Current!.Duration);
            await connection.SendDownAsync(new Down(""));
        });
        await using var client = await room.JoinAsync();
        var frame = RawClient.Frame("""{"channel":"up","message":{"text":"x"}}""");
        await client.WriteAsync([.. frame, .. frame, .. frame]);
        for (var i = 0; i < 3; i++)
            await client.ReadTextAsync();
        var activities = await sink.OfAsync(await room.Connected.NextAsync(), 3);
        Assert.Equal(3, activities.Select(activity => activity.TraceId).Distinct().Count());
        Assert.All(activities, activity => Assert.Equal(default, activity.ParentSpanId));
        Assert.Equal(activities.SelectMany(activity => new[] { activity, activity }), await seen.NextAsync(6));
        Assert.All(activities, activity => Assert.True(activity.IsStopped));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_fails_is_an_error_with_its_exception(bool late)
    {
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += async (_, _) =>
        {
            if (late)
                await Task.Yield();
            throw new InvalidOperationException("It was told to.");
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        var activity = Assert.Single(await sink.OfAsync(await room.Connected.NextAsync(), 1));
        Assert.Equal(ActivityStatusCode.Error, activity.Status);
        Assert.Equal("HandlerFailed", activity.GetTagItem("error.type"));
        var thrown = Assert.Single(activity.Events);
        Assert.Equal("exception", thrown.Name);
        Assert.Contains(new KeyValuePair<string, object?>("exception.type", "System.InvalidOperationException"), thrown.Tags);
    }

    [Theory]
    [InlineData("{", "_OTHER", "InvalidJson")]
    [InlineData("""{"channel":"a secret"}""", "_OTHER", "UnknownChannel")]
    [InlineData("""{"channel":"up","message":{"a secret":1}}""", "up", "InvalidMessage")]
    [InlineData("""{"channel":"lonely","message":{"text":""}}""", "lonely", "NoHandler")]
    public async Task A_message_that_is_refused_is_an_error_and_tells_nothing_that_the_peer_made_up(
        string text, string channel, string error)
    {
        await using var room = await Room.StartAsync(prepare: server => server.OnUp += (_, _) => default);
        await using var client = await room.JoinAsync();
        await client.SendAsync(text);
        var activity = Assert.Single(await sink.OfAsync(await room.Connected.NextAsync(), 1));
        Assert.Equal($"process {channel}", activity.DisplayName);
        Assert.Equal((ActivityStatusCode.Error, error), (activity.Status, activity.GetTagItem("error.type")));
        Assert.Empty(activity.Events);
        Assert.DoesNotContain(activity.TagObjects, tag => $"{tag.Value}".Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_events_of_a_connection_stay_in_its_request()
    {
        Activity? request = null;
        var seen = new Seen<Activity?>();
        await using var room = await Room.StartAsync(prepare: server =>
        {
            server.Deciding = _ =>
            {
                request = Activity.Current;
                return default;
            };
            server.OnConnect += _ =>
            {
                seen.Add(Activity.Current);
                return default;
            };
            server.OnUp += (_, _) => default;
            server.OnDisconnect += (_, _) =>
            {
                seen.Add(Activity.Current);
                return default;
            };
        });
        await using var client = await room.JoinAsync();
        await client.SendAsync("""{"channel":"up","message":{"text":"x"}}""");
        await client.LeaveAsync();
        Assert.Equal([request, request], await seen.NextAsync(2));
    }
}
