namespace TypedChannels;

/// <summary>Tells of a connection's end by a token, which is made when it is first asked for. Safe for concurrent use.</summary>
internal sealed class AbortedSignal(ChannelConnection connection)
{
    private CancellationTokenSource? _source;
    private bool _isCancelled;

    public CancellationToken Token
    {
        get
        {
            var source = Volatile.Read(ref _source);
            if (source is null)
            {
                var made = new CancellationTokenSource();
                source = Interlocked.CompareExchange(ref _source, made, null) ?? made;
                // Whoever cancels marks it first, and looks for a source then.
                if (_isCancelled)
                    source.Cancel();
            }
            return source.Token;
        }
    }

    public void Cancel()
    {
        Interlocked.Exchange(ref _isCancelled, true);
        // On the pool: the user's callbacks must not run inside the transport.
        if (Volatile.Read(ref _source) is { } source)
            _ = source.CancelAsync().ContinueWith(
                static (task, state) => ((ChannelConnection)state!).LogEventFailure("Aborted", task.Exception!.GetBaseException()),
                connection, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }
}
