namespace TypedChannels;

/// <summary>A message that waits for a connection, and its caller's task. One end comes, the first.</summary>
internal sealed class WaitingSend
{
    private readonly TaskCompletionSource _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _cancellationToken;

    /// <param name="message">The message, which is held to the end.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public WaitingSend(EncodedMessage message, CancellationToken cancellationToken)
    {
        message.Retain();
        (Message, _cancellationToken) = (message, cancellationToken);
    }

    public EncodedMessage Message { get; }

    public bool IsCancelled => _cancellationToken.IsCancellationRequested;

    /// <summary>Ends with the message's fate.</summary>
    /// <param name="cancelled">Called when the caller's token is cancelled.</param>
    public async Task WaitAsync(Action cancelled)
    {
        using var registration = _cancellationToken.UnsafeRegister(static state => ((Action)state!)(), cancelled);
        await _outcome.Task.ConfigureAwait(false);
    }

    public void Succeed() => End(_outcome.TrySetResult());

    public void Fail(Exception failure) => End(_outcome.TrySetException(failure));

    public void Cancel() => End(_outcome.TrySetCanceled(_cancellationToken));

    private void End(bool isFirst)
    {
        if (isFirst)
            Message.Release();
    }
}
