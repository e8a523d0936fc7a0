namespace TypedChannels;

/// <summary>What a client comes back from, and what it takes for a last word. docs/client.md has the table.</summary>
internal static class ReconnectRule
{
    /// <summary>Whether a connection is replaced: by the user's decision, or the default.</summary>
    public static bool MayReturn(ReconnectOptions? options, ClientSession session, Disconnect disconnect)
    {
        if (options is null || session.IsLetGo)
            return false;
        try
        {
            if (options.ShouldReconnect is { } decide)
                return decide(disconnect);
        }
#pragma warning disable CA1031 // The user's code may throw what it likes; the default decides then.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            session.Core.LogEventFailure(nameof(ReconnectOptions.ShouldReconnect), exception);
        }
        return IsLoss(disconnect.Code);
    }

    /// <summary>Whether a connection that has ended so is replaced by default.</summary>
    /// <remarks>
    /// A close that the other side has chosen is its decision: it has finished (1000, which stands for no code too, or an application's
    /// own), or it objects to what this client does (1002, 1003, 1007 to 1010), and would again.
    /// </remarks>
    public static bool IsLoss(int code) => code is
        (int)CloseCode.GoingAway or (int)CloseCode.Abnormal or (int)CloseCode.InternalError
        or (int)CloseCode.ServiceRestart or (int)CloseCode.TryAgainLater or (int)CloseCode.BadGateway
        or ChannelConnection.SlowConsumerCode;

    /// <summary>Whether no further attempt can do better than one that has failed so.</summary>
    public static bool IsFinal(ClientException failure) => failure.StatusCode switch
    {
        null => false,
        // A deployment's moment: a proxy that has lost its server, a request that it was too busy for.
        404 or 408 or 425 or 429 => false,
        // Who may not come in (401, 403, 407, a redirect to where one signs in), or asks for what is not there.
        >= 300 and < 500 => true,
        _ => false,
    };
}
