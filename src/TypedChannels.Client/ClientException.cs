namespace TypedChannels;

/// <summary>A client could not connect, send or disconnect.</summary>
public sealed class ClientException : Exception
{
    internal ClientException(ClientErrors code, string message, Exception? innerException = null, int? statusCode = null)
        : base(message, innerException) => (Code, StatusCode) = (code, statusCode);

    /// <summary>What went wrong.</summary>
    public ClientErrors Code { get; }

    /// <summary>The HTTP status with which the server, or a proxy before it, refused the handshake.</summary>
    /// <value><see langword="null"/> where the handshake was not refused with a status.</value>
    public int? StatusCode { get; }
}
