namespace TypedChannels;

/// <summary>
/// The way back from one lost connection: attempt after attempt, until one succeeds, none is left, or somebody ends it. Safe for
/// concurrent use.
/// </summary>
/// <param name="lifetime">The client's connections.</param>
/// <param name="options">The client's options.</param>
/// <param name="events">Whom it is told to.</param>
/// <param name="lost">How the connection ended.</param>
/// <param name="disposed">Cancelled when the client is disposed of.</param>
internal sealed class Reconnection(
    ClientLifetime lifetime, ClientOptions options, ClientEvents events, Disconnect lost, CancellationToken disposed)
{
    private readonly ReconnectOptions _reconnect = options.Reconnect!;
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(disposed);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _cancelling;

    /// <summary>How the connection ended.</summary>
    public Disconnect Lost => lost;

    /// <summary>Whether no connection may come of it any more.</summary>
    public bool IsEnded => _end.IsCancellationRequested;

    /// <summary>Ends when nothing is tried any more, before the event that tells of it.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Ends when its last event's handlers have ended too.</summary>
    public Task Completed => _completed.Task;

    /// <summary>Stops trying, at once. Called within the lifetime's lock, as long as this is its way back.</summary>
    public void End() => _cancelling ??= _end.CancelAsync();

    /// <summary>Nothing is tried any more.</summary>
    public void TellEnded() => _ended.TrySetResult();

    /// <summary>Runs to the end. Does not throw.</summary>
    /// <param name="before">The way back from the connection before, whose last event comes before this one's first.</param>
    public async Task RunAsync(Task before)
    {
        Exception? failure = null;
        var attempt = 0;
        ClientSession? session = null;
        try
        {
            await events.WaitAsync(before, _end.Token).ConfigureAwait(false);
            while (session is null && lifetime.TryCountAttempt(_reconnect.MaxAttempts, out attempt))
            {
                var delay = ReconnectDelay.Before(attempt, _reconnect);
                var told = events.RaiseAsync(new Reconnecting(attempt, delay, lost, failure as ClientException));
                await Task.Delay(delay, options.TimeProvider, _end.Token).ConfigureAwait(false);
                await events.WaitAsync(told.AsTask(), _end.Token).ConfigureAwait(false);
                (session, failure) = await TryConnectAsync().ConfigureAwait(false);
                if (failure is ClientException final && ReconnectRule.IsFinal(final))
                    break;
            }
        }
        catch (OperationCanceledException) when (IsEnded)
        {
            failure = null;
        }
#pragma warning disable CA1031 // An option that was changed into nonsense, or a clock that fails: the client must not wait for ever.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }
        try
        {
            if (session is not null)
                await lifetime.ReturnAsync(this, session, new Reconnected(attempt)).ConfigureAwait(false);
            else
                await GiveUpAsync(failure).ConfigureAwait(false);
        }
        finally
        {
            if (_cancelling is not null)
                await _cancelling.ConfigureAwait(false);
            _end.Dispose();
            _completed.TrySetResult();
        }
    }

    private async Task GiveUpAsync(Exception? failure)
    {
        try
        {
            // Where somebody ended it there is nothing to look at.
            if (!IsEnded)
                events.LogEnd(lost, failure);
        }
        finally
        {
            await lifetime.GiveUpAsync(this, failure).ConfigureAwait(false);
        }
    }

    private async Task<(ClientSession? Session, ClientException? Failure)> TryConnectAsync()
    {
        _end.Token.ThrowIfCancellationRequested();
        options.Check();
        var session = lifetime.BeginAttempt(this);
        try
        {
            await lifetime.OpenAsync(session, _end.Token).ConfigureAwait(false);
            return (session, null);
        }
        catch (ClientException exception)
        {
            return (null, exception);
        }
    }
}
