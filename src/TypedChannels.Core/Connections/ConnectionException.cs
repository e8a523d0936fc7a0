namespace TypedChannels;

/// <summary>A send or a disconnect failed.</summary>
public sealed class ConnectionException : Exception
{
    internal ConnectionException(ConnectionErrors code, string message)
        : base(message) => Code = code;

    /// <summary>What went wrong.</summary>
    public ConnectionErrors Code { get; }
}
