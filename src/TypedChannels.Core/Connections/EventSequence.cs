using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>Runs the handlers of events whose failure is only logged: the rest still run. Does not throw.</summary>
internal static class EventSequence
{
    public static async ValueTask RunAsync<TArgument>(
        ChannelHandler<TArgument>[]? handlers, TArgument argument, ILogger logger, string connection, string name)
    {
        foreach (var handler in handlers ?? [])
        {
            try
            {
                await handler(argument).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // A handler may throw what it likes; the others still run.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                ConnectionLog.EventHandlerFailed(logger, connection, name, exception);
            }
        }
    }

    public static void Run<TDelegate>(TDelegate? handlers, Action<TDelegate> invoke, ILogger logger, string connection, string name)
        where TDelegate : Delegate
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
        {
            try
            {
                invoke(handler);
            }
#pragma warning disable CA1031 // A handler may throw what it likes; the others still run.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                ConnectionLog.EventHandlerFailed(logger, connection, name, exception);
            }
        }
    }
}
