namespace TypedChannels.Tests.Connections;

internal static class Patience
{
    // Generous: no test is about how long something takes, but one that hangs must end.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    public static Task Soon(this Task task) => task.WaitAsync(Bound, TestContext.Current.CancellationToken);

    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Bound, TestContext.Current.CancellationToken);

    public static Task Soon(this ValueTask task) => task.AsTask().Soon();

    public static Task<T> Soon<T>(this ValueTask<T> task) => task.AsTask().Soon();
}
