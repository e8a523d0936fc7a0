namespace TypedChannels;

/// <summary>What a peer may send a second. A mutable struct: keep it in a field. Not safe for concurrent use.</summary>
/// <param name="maxControlFrames">Pings and pongs, those that answer too.</param>
/// <param name="maxMessages">Messages; null: any number.</param>
/// <param name="maxBytes">Bytes of messages; null: any number.</param>
internal struct ReceiveRates(int maxControlFrames, int? maxMessages, int? maxBytes)
{
    private readonly bool _countsMessages = maxMessages is not null || maxBytes is not null;
    private TokenBucket _controlFrames = new(maxControlFrames);
    private TokenBucket _messages = new(maxMessages ?? int.MaxValue);
    private TokenBucket _bytes = new(maxBytes ?? int.MaxValue);

    /// <summary>Whether messages are counted at all: the time need not be asked for otherwise.</summary>
    public readonly bool CountsMessages => _countsMessages;

    /// <summary>Counts a ping or a pong.</summary>
    public Violation? OnControlFrame(TimeSpan now) => _controlFrames.TryTake(1, now) ? null : Violation.TooManyControlFrames;

    /// <summary>Counts a message.</summary>
    public Violation? OnMessage(int byteCount, TimeSpan now)
    {
        if (!_messages.TryTake(1, now))
            return Violation.TooManyMessages;
        return _bytes.TryTake(byteCount, now) ? null : Violation.TooManyBytes;
    }
}
