using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace TypedChannels;

/// <summary>What the server's own host logs to: a factory, without what nobody needs and what anybody could fill it with.</summary>
/// <param name="factory">Where the lines go.</param>
/// <param name="time">The clock.</param>
/// <param name="isOwn">Whether it is the host's own, to be disposed of with it; a user's is not.</param>
internal sealed class HostLoggerFactory(ILoggerFactory factory, TimeProvider time, bool isOwn) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => categoryName switch
    {
        // It logs what a start fails with, which whoever starts the server is told as an exception.
        "Microsoft.Extensions.Hosting.Internal.Host" => NullLogger.Instance,
        // Were anything of it logged, each connection would have an activity and a scope as long as it lives. The server logs handshakes itself.
        "Microsoft.AspNetCore.Hosting.Diagnostics" => NullLogger.Instance,
        // They have a line for each connection beyond the limit, and several for one of HTTP/2 that is flooded.
        "Microsoft.AspNetCore.Server.Kestrel.Connections" or "Microsoft.AspNetCore.Server.Kestrel.Http2" =>
            new ThrottledLogger(factory.CreateLogger(categoryName), time),
        _ when isOwn => new ScopelessLogger(factory.CreateLogger(categoryName)),
        _ => factory.CreateLogger(categoryName),
    };

    public void AddProvider(ILoggerProvider provider) => factory.AddProvider(provider);

    public void Dispose()
    {
        if (isOwn)
            factory.Dispose();
    }

    /// <summary>For the host's own console, which shows no scopes: Kestrel's would be held as long as each connection.</summary>
    private sealed class ScopelessLogger(ILogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logger.Log(logLevel, eventId, state, exception, formatter);
    }

    /// <summary>Lets one event of a kind through in ten seconds.</summary>
    private sealed class ThrottledLogger(ILogger logger, TimeProvider time) : ILogger
    {
        private readonly ConcurrentDictionary<int, LogThrottle> _throttles = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            // What is only looked at to find a fault is not held back.
            if (logLevel < LogLevel.Warning || _throttles.GetOrAdd(eventId.Id, _ => new LogThrottle()).TryEnter(time.Elapsed, out _))
                logger.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
