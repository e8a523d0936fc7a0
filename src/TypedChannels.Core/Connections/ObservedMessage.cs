using System.Diagnostics;

namespace TypedChannels;

/// <summary>
/// What is measured of one received message: it is counted, its handlers are timed, and it has an activity. Costs next to nothing where
/// nobody listens, and a message no allocation where only its figures are listened to.
/// </summary>
/// <remarks>
/// The activity is a root of its own, linked to the request that opened the connection: that request lasts as long as the connection, and
/// a trace of all its messages would have no end and no single cause.
/// </remarks>
internal struct ObservedMessage
{
    private readonly ConnectionServices _services;
    private readonly Activity? _activity;
    private readonly Activity? _ambient;
    private long? _handlersBeganAt;

    private ObservedMessage(ChannelConnection connection, string channel, int byteCount)
    {
        _services = connection.Services;
        Channel = channel;
        _services.Metrics?.Received(channel, byteCount);
        if (_services.Activities is not { } activities || !activities.HasListeners())
            return;
        _ambient = Activity.Current;
        // A source takes what is current for the parent, where it is given none.
        Activity.Current = null;
        _activity = activities.StartActivity(
            $"process {channel}", ActivityKind.Consumer, default(ActivityContext), Tags(connection, channel, byteCount), Links(connection));
        if (_activity is null)
            Activity.Current = _ambient;
    }

    /// <summary>What names its channel where messages are counted; never what a peer wrote.</summary>
    public string Channel { get; }

    /// <summary>Begins with a message whose channel is known, or is known to be none.</summary>
    /// <param name="connection">On which it came.</param>
    /// <param name="channel">What names its channel where messages are counted; never what a peer wrote.</param>
    /// <param name="byteCount">The length of the whole text message.</param>
    public static ObservedMessage Begin(ChannelConnection connection, string channel, int byteCount) =>
        new(connection, channel, byteCount);

    /// <summary>The handlers begin to run.</summary>
    public void BeginHandlers()
    {
        if (_services.Metrics is { TimesHandlers: true })
            _handlersBeganAt = _services.Time.GetTimestamp();
    }

    /// <summary>A handler goes on later, in the activity: who called it is out of it at once.</summary>
    public readonly void Suspend()
    {
        if (_activity is not null)
            Activity.Current = _ambient;
    }

    /// <summary>What follows, such as a line of the log, belongs to the activity.</summary>
    public readonly void Resume()
    {
        if (_activity is not null)
            Activity.Current = _activity;
    }

    /// <summary>The message is handled.</summary>
    /// <param name="error">Why it was refused, or that a handler failed.</param>
    /// <param name="exception">What was thrown.</param>
    public readonly void End(ConnectionErrors? error = null, Exception? exception = null)
    {
        if (_handlersBeganAt is { } began)
            _services.Metrics!.HandlersEnded(Channel, _services.Time.GetElapsedTime(began), error);
        if (_activity is null)
            return;
        if (error is { } code)
            SetError(_activity, code, exception);
        _activity.Stop();
        Activity.Current = _ambient;
    }

    private static void SetError(Activity activity, ConnectionErrors code, Exception? exception)
    {
        activity.SetTag(MetricLabels.ErrorKey, code.ToString());
        activity.SetStatus(ActivityStatusCode.Error);
        // What reading a message throws may quote it, and a flood of bad ones need not cost a stack trace each.
        if (code == ConnectionErrors.HandlerFailed && exception is not null && activity.IsAllDataRequested)
            activity.AddException(exception);
    }

    // https://opentelemetry.io/docs/specs/semconv/messaging/messaging-spans/, as far as it knows of connections.
    private static KeyValuePair<string, object?>[] Tags(ChannelConnection connection, string channel, int byteCount) =>
    [
        new("messaging.system", "typedchannels"),
        new("messaging.operation.name", "process"),
        new("messaging.operation.type", "process"),
        new("messaging.destination.name", channel),
        new("messaging.message.envelope.size", byteCount),
        MetricLabels.Channel(channel),
        new(MetricLabels.ConnectionKey, connection.Identifier),
    ];

    private static ActivityLink[]? Links(ChannelConnection connection) =>
        connection.Origin is { IdFormat: ActivityIdFormat.W3C } origin ? [new ActivityLink(origin.Context)] : null;
}
