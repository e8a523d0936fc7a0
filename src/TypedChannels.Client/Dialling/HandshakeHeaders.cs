using System.Buffers;
using System.Net.WebSockets;

namespace TypedChannels;

/// <summary>What a client adds to the request of its opening handshake (RFC 6455 §4.1): headers of the user's, and a token.</summary>
internal static class HandshakeHeaders
{
    // RFC 9110 §5.6.2: token.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>What is wrong with the headers, without the value of any; null: nothing.</summary>
    public static string? Objection(ClientOptions options)
    {
        foreach (var (name, value) in options.Headers)
        {
            if (name.Length == 0 || name.AsSpan().ContainsAnyExcept(TokenCharacters))
                return "has a name that is none of HTTP's: of letters, digits and the like";
            if (value is null || !IsPrintable(value))
                return $"has a value that is not printable ASCII: that of {name}";
            if (IsOfTheHandshake(name))
                return $"must not have {name}, which the handshake sets itself";
            if (options.TokenProvider is not null && name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                return "must not have Authorization, which TokenProvider sets";
            if (options.Cookies is not null && name.Equals("Cookie", StringComparison.OrdinalIgnoreCase))
                return "must not have Cookie, which Cookies sets";
        }
        return null;
    }

    /// <summary>Adds the headers to the request, and the token that the provider gives now.</summary>
    /// <exception cref="ClientException"><see cref="ClientErrors.TokenFailed"/>.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task AddAsync(ClientOptions options, ClientWebSocketOptions request, CancellationToken cancellationToken)
    {
        foreach (var (name, value) in options.Headers)
            request.SetRequestHeader(name, value);
        if (options.TokenProvider is not { } provider)
            return;
        string? token;
        try
        {
            // Waited for no longer than for the rest, whatever it makes of its token.
            token = await provider(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // It may throw what it likes: the attempt has failed.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ClientException(ClientErrors.TokenFailed, "ClientOptions.TokenProvider has failed.", exception);
        }
        if (token is null)
            return;
        if (token.Length == 0 || token.Contains(' ', StringComparison.Ordinal) || !IsPrintable(token))
            throw new ClientException(ClientErrors.TokenFailed, "ClientOptions.TokenProvider gave a token that no header can carry.");
        request.SetRequestHeader("Authorization", "Bearer " + token);
    }

    private static bool IsPrintable(string value) => !value.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static bool IsOfTheHandshake(string name) =>
        name.StartsWith("Sec-WebSocket-", StringComparison.OrdinalIgnoreCase)
        || name.ToUpperInvariant() is "CONNECTION" or "UPGRADE" or "CONTENT-LENGTH" or "TRANSFER-ENCODING";
}
