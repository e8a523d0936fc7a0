namespace TypedChannels;

/// <summary>A send or a disconnect failed.</summary>
public sealed class ConnectionException : Exception
{
    internal ConnectionException(ConnectionErrors code, string message)
        : base(message) => Code = code;

    internal static ConnectionException TooLarge() =>
        new(ConnectionErrors.MessageTooLarge, "The message is longer than the whole send queue.");

    /// <summary>What went wrong.</summary>
    public ConnectionErrors Code { get; }
}
