namespace TypedChannels;

/// <summary>A client could not connect, send or disconnect.</summary>
public sealed class ClientException : Exception
{
    internal ClientException(ClientErrors code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>What went wrong.</summary>
    public ClientErrors Code { get; }
}
