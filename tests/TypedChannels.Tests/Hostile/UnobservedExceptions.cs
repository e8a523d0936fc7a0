using System.Collections.Concurrent;

namespace TypedChannels.Tests.Hostile;

/// <summary>Fails a class of tests during which the server lost a task's exception.</summary>
public sealed class UnobservedExceptions : IDisposable
{
    private readonly ConcurrentQueue<Exception> _seen = new();

    public UnobservedExceptions() => TaskScheduler.UnobservedTaskException += OnUnobserved;

    public void Dispose()
    {
        // An exception is unobserved once its task has been collected.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        Assert.Empty(_seen);
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs unobserved)
    {
        // Other tests run at the same time, and their own tasks do not matter here.
        var own = unobserved.Exception.ToString().Replace("at TypedChannels.Tests.", "", StringComparison.Ordinal);
        if (new[] { "at TypedChannels.", "at Microsoft.AspNetCore." }.Any(place => own.Contains(place, StringComparison.Ordinal)))
            _seen.Enqueue(unobserved.Exception);
    }
}
