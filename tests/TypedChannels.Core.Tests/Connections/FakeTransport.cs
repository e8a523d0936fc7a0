using System.Text;

namespace TypedChannels.Tests.Connections;

/// <summary>Carries nothing: it records what the connection asks of it, and the test takes the messages itself.</summary>
internal sealed class FakeTransport(ChannelConnection connection) : ITransport
{
    private readonly TaskCompletionSource<(CloseCode Code, string Reason)> _closeBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _wakes;

    public int Wakes => Volatile.Read(ref _wakes);

    public bool IsAborted => _aborted.Task.IsCompleted;

    /// <summary>Ends when the connection is dropped.</summary>
    public Task Aborted => _aborted.Task;

    public List<TimeSpan> Ticks { get; } = [];

    /// <summary>What else happens where the connection has its messages written.</summary>
    public Action? Woken { get; set; }

    /// <summary>The close that the connection begins.</summary>
    public Task<(CloseCode Code, string Reason)> CloseBegun => _closeBegun.Task;

    public bool TryWrite(ReadOnlySpan<byte> message, string channel) => false;

    public void Wake()
    {
        Interlocked.Increment(ref _wakes);
        Woken?.Invoke();
    }

    public void BeginClose(CloseCode code, string reason) => _closeBegun.TrySetResult((code, reason));

    public void Abort()
    {
        _aborted.TrySetResult();
        connection.StopReading();
    }

    /// <summary>What else happens where the deadlines are looked at.</summary>
    public Action? Ticked { get; set; }

    public void Tick(TimeSpan now)
    {
        Ticks.Add(now);
        Ticked?.Invoke();
    }

    /// <summary>Takes the next message from the queue, as its text.</summary>
    public string? TakeOne()
    {
        if (!connection.Outbound.TryDequeue(out var message))
            return null;
        var text = Encoding.UTF8.GetString(message.Span);
        message.Release();
        return text;
    }

    /// <summary>Takes all messages from the queue.</summary>
    public List<string> Take()
    {
        var all = new List<string>();
        while (TakeOne() is { } text)
            all.Add(text);
        return all;
    }
}
