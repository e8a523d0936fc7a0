using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace TypedChannels.Tests.Connections;

/// <summary>A connection with an owner that a test can watch, and a fake clock.</summary>
internal sealed class Rig : IConnectionOwner, ILogger
{
    public Rig(ConnectionLimits? limits = null)
    {
        Limits = limits ?? new ConnectionLimits();
        Metrics = new MetricSink(this);
        Services = new ConnectionServices(Time, this, new ChannelMetrics(new Meter(new MeterOptions(ChannelMetrics.Name) { Scope = this }), () => default))
        {
            Activities = Activities,
            Buffers = Buffers,
        };
        Connection = new ChannelConnection(this, "test", Limits, Services);
        Transport = new FakeTransport(Connection);
        Connection.Attach(Transport);
    }

    public FakeTimeProvider Time { get; } = new();

    public CountingPool Buffers { get; } = new();

    /// <summary>Where the activities of this connection's messages come from.</summary>
    public ActivitySource Activities { get; } = new("TypedChannels.Rig");

    public MetricSink Metrics { get; }

    public ConnectionServices Services { get; }

    public ConnectionLimits Limits { get; }

    public ChannelConnection Connection { get; }

    public FakeTransport Transport { get; }

    /// <summary>The handlers of the connect event.</summary>
    public Func<ValueTask> Opening { get; init; } = () => default;

    public ChannelDescriptor<Note> Channel { get; init; } = Note.Channel;

    public ChannelHandler<Rig, Note>[]? ServerHandlers { get; set; }

    public ChannelHandler<Note>[]? Handlers { get; set; }

    /// <summary>The server's channels whose names are known only at run time, where there are any.</summary>
    public RuntimeChannels? ServerChannels { get; set; }

    /// <summary>The connection's.</summary>
    public RuntimeChannels? Channels { get; set; }

    public ChannelHandler<Disconnect> Closing { get; init; } = _ => default;

    public List<MessageError> Errors { get; } = [];

    public List<(LogLevel Level, string Text)> Log { get; } = [];

    /// <summary>What happens where the connection leaves.</summary>
    public Action Leaving { get; init; } = () => { };

    public Action<string> Logged { get; set; } = _ => { };

    public Disconnect? Disconnect { get; private set; }

    public static byte[] Unknown { get; } = """{"channel":"secret name","message":{"text":"secret text"}}"""u8.ToArray();

    /// <summary>What a message with a handler that records its text looks like.</summary>
    public List<string> Record()
    {
        var handled = new List<string>();
        Handlers = [note => { handled.Add(note.Text); return default; }];
        return handled;
    }

    public Rig Open()
    {
        Connection.Open();
        return this;
    }

    public bool Receive(string text) => Connection.Receive(Opcode.Text, Note.Bytes(text));

    public ValueTask SendAsync(string text) => SendUntilAsync(text, CancellationToken.None);

    public ValueTask SendUntilAsync(string text, CancellationToken cancellationToken) => Connection.Sending.SendAsync(Note.Channel, new Note(text), cancellationToken);

    public void Advance(TimeSpan time)
    {
        Time.Advance(time);
        Connection.Tick(Time.Elapsed);
    }

    ValueTask IConnectionOwner.OpenedAsync() => Opening();

    ValueTask IConnectionOwner.DispatchAsync(ReceivedMessage received)
    {
        if (received.Channel.SequenceEqual("note"u8))
            return Connection.Messages.HandleAsync(received, Channel, this, ServerHandlers, Handlers);
        Assert.False(received.Channel.SequenceEqual("throw"u8), "The dispatch fails.");
        return RuntimeChannels.HandleAsync(Connection.Messages, received, this, ServerChannels, Channels);
    }

    bool IConnectionOwner.HandleSystemMessage(ReceivedMessage received) => Encoding.UTF8.GetString(received.Channel) == "_system:known";

    void IConnectionOwner.MessageFailed(MessageError error)
    {
        lock (Errors)
            Errors.Add(error);
    }

    bool IConnectionOwner.MeansNotAlive(Exception exception) => exception is ConnectionException { Code: ConnectionErrors.NotAlive };

    Exception IConnectionOwner.Failure(ConnectionErrors code, string message) => new ConnectionException(code, message);

    void IConnectionOwner.Left() => Leaving();

    ValueTask IConnectionOwner.ClosedAsync(Disconnect disconnect)
    {
        Disconnect = disconnect;
        return Closing(disconnect);
    }

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (Log)
            Log.Add((logLevel, formatter(state, exception)));
        Logged(formatter(state, exception));
    }

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;
}
