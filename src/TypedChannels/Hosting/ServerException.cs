namespace TypedChannels;

/// <summary>A server could not be started or stopped.</summary>
public sealed class ServerException : Exception
{
    internal ServerException(ServerErrors code, string message, Exception? innerException = null)
        : base(message, innerException) => Code = code;

    /// <summary>What went wrong.</summary>
    public ServerErrors Code { get; }
}
