namespace TypedChannels;

/// <summary>
/// Tells of an end that comes once, by a task that is made when somebody first waits for it: most connections' ends nobody does. Safe for
/// concurrent use. A mutable struct: a field of one must not be <see langword="readonly"/>.
/// </summary>
internal struct LateSignal
{
    private static readonly Task<bool> True = System.Threading.Tasks.Task.FromResult(true);
    private static readonly Task<bool> False = System.Threading.Tasks.Task.FromResult(false);

    private TaskCompletionSource<bool>? _source;
    private Task<bool>? _end;

    /// <summary>Whether it has come.</summary>
    public readonly bool IsSet => Volatile.Read(in _end) is not null;

    /// <summary>Ends when it comes, with what <see cref="TrySet"/> was given.</summary>
    public Task<bool> Task
    {
        get
        {
            if (Volatile.Read(ref _end) is { } end)
                return end;
            var made = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            var source = Interlocked.CompareExchange(ref _source, made, null) ?? made;
            // Whoever sets it marks it first, and looks for a source then.
            if (Volatile.Read(ref _end) is { } meanwhile)
                source.TrySetResult(meanwhile.Result);
            return source.Task;
        }
    }

    /// <summary>It has come. Only the first call counts.</summary>
    public void TrySet(bool result = true)
    {
        if (Interlocked.CompareExchange(ref _end, result ? True : False, null) is null)
            Volatile.Read(ref _source)?.TrySetResult(result);
    }
}
