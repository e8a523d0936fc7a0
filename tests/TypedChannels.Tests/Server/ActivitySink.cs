using System.Collections.Concurrent;
using System.Diagnostics;

namespace TypedChannels.Tests.Server;

/// <summary>Listens to the activities of all servers of the process; a test asks for those of its connections.</summary>
internal sealed class ActivitySink : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public ActivitySink()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "TypedChannels" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>So many activities of a connection's messages, in the order in which they ended.</summary>
    public async Task<Activity[]> OfAsync(RoomConnection connection, int count)
    {
        await Wait.UntilAsync(() => Of(connection).Length, length => length >= count);
        return Of(connection);
    }

    public void Dispose() => _listener.Dispose();

    private Activity[] Of(RoomConnection connection) =>
    [
        .. _ended.Where(activity => activity.Source.Name == "TypedChannels"
            && activity.GetTagItem("typedchannels.connection.id") as string == connection.Identifier),
    ];
}
