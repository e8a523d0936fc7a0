using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TypedChannels;

/// <summary>What a client tells of its connection, and to whom. A handler that fails is logged, and the rest still run.</summary>
internal sealed class ClientEvents(ClientOptions options)
{
    private ChannelHandler<Disconnect>[]? _onDisconnect;
    private ChannelHandler<Reconnecting>[]? _onReconnecting;
    private ChannelHandler<Reconnected>[]? _onReconnected;

    public event ChannelHandler<Disconnect> OnDisconnect
    {
        add => ChannelHandlers.Add(ref _onDisconnect, value);
        remove => ChannelHandlers.Remove(ref _onDisconnect, value);
    }

    public event ChannelHandler<Reconnecting> OnReconnecting
    {
        add => ChannelHandlers.Add(ref _onReconnecting, value);
        remove => ChannelHandlers.Remove(ref _onReconnecting, value);
    }

    public event ChannelHandler<Reconnected> OnReconnected
    {
        add => ChannelHandlers.Add(ref _onReconnected, value);
        remove => ChannelHandlers.Remove(ref _onReconnected, value);
    }

    private ILogger Logger => options.LoggerFactory?.CreateLogger("TypedChannels.Client") ?? NullLogger.Instance;

    public ValueTask RaiseAsync(Disconnect disconnect) => RaiseAsync(_onDisconnect, disconnect, "Disconnect");

    public ValueTask RaiseAsync(Reconnecting reconnecting)
    {
        ClientLog.ConnectingAgain(Logger, options.Address, reconnecting.Lost.Code, reconnecting.Attempt, reconnecting.Delay);
        return RaiseAsync(_onReconnecting, reconnecting, "Reconnecting");
    }

    public ValueTask RaiseAsync(Reconnected reconnected)
    {
        ClientLog.ConnectedAgain(Logger, options.Address, reconnected.Attempts);
        return RaiseAsync(_onReconnected, reconnected, "Reconnected");
    }

    /// <summary>Logs that a lost connection does not come back.</summary>
    public void LogEnd(Disconnect lost, Exception? failure) => ClientLog.GaveUp(Logger, options.Address, lost.Code, failure);

    /// <summary>Waits for handlers of a way back, and not for ever.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task WaitAsync(Task handlers, CancellationToken cancellationToken)
    {
        try
        {
            await handlers.WaitAsync(options.CloseTimeout, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            ClientLog.HandlerHoldsUp(Logger, options.Address);
        }
    }

    private ValueTask RaiseAsync<TArgument>(ChannelHandler<TArgument>[]? handlers, TArgument argument, string name) =>
        EventSequence.RunAsync(handlers, argument, Logger, options.Address, name);
}
