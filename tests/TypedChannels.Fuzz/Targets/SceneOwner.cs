using System.Buffers;
using Microsoft.Extensions.Logging;
using TypedChannels.Fuzz.Contracts;
using TypedChannelsGenerated.TypedChannels.Fuzz;

namespace TypedChannels.Fuzz.Targets;

/// <summary>The typed side of a connection, whose handler does what a message's text says.</summary>
internal sealed class SceneOwner : IConnectionOwner, ILogger
{
    private const int InternalFailureEvent = 3;

    private readonly ChannelHandler<Chat>[] _handlers;
    private readonly Lock _gateLock = new();
    private TaskCompletionSource _gate = new();

    public SceneOwner(ConnectionLimits limits, TimeProvider time, ArrayPool<byte> pool)
    {
        _handlers = [HandleAsync];
        Connection = new ChannelConnection(this, "fuzz", limits, new ConnectionServices(time, this) { Buffers = pool });
    }

    public ChannelConnection Connection { get; }

    public Disconnect? Ended { get; private set; }

    public int InternalFailures { get; private set; }

    public List<ConnectionErrors> Errors { get; } = [];

    /// <summary>Lets handlers go on that wait.</summary>
    public void OpenGate()
    {
        TaskCompletionSource gate;
        lock (_gateLock)
            (gate, _gate) = (_gate, new TaskCompletionSource());
        gate.SetResult();
    }

    public ValueTask OpenedAsync()
    {
        Connection.Sending.Post(SystemMessages.Ready(Connection.Services.Buffers));
        return default;
    }

    public ValueTask DispatchAsync(ReceivedMessage received)
    {
        if (received.Channel.SequenceEqual("chat"u8))
            return Connection.Messages.HandleAsync(received, ChannelDescriptors.Chat, this, null, _handlers);
        if (received.Channel.SequenceEqual("unhandled"u8))
            return Connection.Messages.HandleAsync(received, ChannelDescriptors.Chat, this, null, null);
        return RuntimeChannels.HandleAsync(Connection.Messages, received, this, first: null, then: null);
    }

    public bool HandleSystemMessage(ReceivedMessage received) => false;

    public void MessageFailed(MessageError error)
    {
        lock (Errors)
            Errors.Add(error.Code);
    }

    public Exception Failure(ConnectionErrors code, string message) => new ConnectionException(code, message);

    public bool MeansNotAlive(Exception exception) => exception is ConnectionException { Code: ConnectionErrors.NotAlive };

    public void Left()
    {
    }

    public ValueTask ClosedAsync(Disconnect disconnect)
    {
        Ended = disconnect;
        return default;
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == InternalFailureEvent)
            InternalFailures++;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private async ValueTask HandleAsync(Chat message)
    {
        switch (message.Text)
        {
            case "throw":
                throw new InvalidOperationException(message.User);
            case "wait":
                await GateAsync();
                break;
            case "close":
                await Connection.CloseAsync(4000, message.User);
                break;
            case "abort":
                Connection.Abort();
                break;
            case "flood":
                for (var i = 0; i < 40; i++)
                    await SendAsync(message);
                break;
            case "later":
                await GateAsync();
                await SendAsync(message);
                break;
            default:
                await SendAsync(message);
                break;
        }
    }

    private Task GateAsync()
    {
        lock (_gateLock)
            return _gate.Task;
    }

    private ValueTask SendAsync(Chat message) => Connection.Sending.SendAsync(ChannelDescriptors.Chat, message, CancellationToken.None);
}
