using System.Diagnostics;

namespace TypedChannels.Tests;

/// <summary>Bounds every wait of a test. Nothing is expected to take nearly that long: the bound turns a hang into a failure.</summary>
internal static class Wait
{
    public static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static Task Within(this Task task) => task.WaitAsync(Bound, TestContext.Current.CancellationToken);

    public static Task<T> Within<T>(this Task<T> task) => task.WaitAsync(Bound, TestContext.Current.CancellationToken);

    /// <summary>Ends when what is looked at is as it must be. For what nobody tells.</summary>
    public static async Task UntilAsync<T>(Func<T> look, Func<T, bool> isRight)
    {
        for (var clock = Stopwatch.StartNew(); !isRight(look()); await Task.Yield())
            Assert.True(clock.Elapsed < Bound, $"Still {look()}.");
    }

    public static Task Within(this ValueTask task) => task.AsTask().Within();

    public static Task<T> Within<T>(this ValueTask<T> task) => task.AsTask().Within();
}
