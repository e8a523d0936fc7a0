using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace TypedChannels.Tests.Server;

/// <summary>Keeps every event of our own categories, whatever its level.</summary>
internal sealed class EventSink : ILoggerFactory
{
    private readonly ConcurrentQueue<(string Category, LogLevel Level, EventId Id, string Text)> _events = new();

    public IReadOnlyCollection<(string Category, LogLevel Level, EventId Id, string Text)> Events => _events;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public void Dispose()
    {
    }

    private sealed class Logger(EventSink sink, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => category.StartsWith("TypedChannels.", StringComparison.Ordinal);

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                sink._events.Enqueue((category, logLevel, eventId, formatter(state, exception)));
        }
    }
}
