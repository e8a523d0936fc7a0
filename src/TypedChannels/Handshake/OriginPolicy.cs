namespace TypedChannels;

/// <summary>
/// Which pages may connect (RFC 6455 §10.2): those of the request's own host and port, and those that
/// the options list. Without this, any page a user visits could connect with that user's cookies.
/// </summary>
internal sealed class OriginPolicy(IEnumerable<string> allowed)
{
    // RFC 6454 §4: scheme and host have no case; Uri writes both small and drops the scheme's own port.
    private readonly HashSet<string> _allowed = [.. allowed.Select(origin => Normalize(origin) ?? origin)];

    public static bool IsOrigin(string text) => Normalize(text) is not null;

    /// <summary>Whether the page may connect.</summary>
    /// <param name="origin">The one value of the <c>Origin</c> header.</param>
    /// <param name="scheme">The request's scheme: http or https.</param>
    /// <param name="host">The request's host, with its port where it is not the scheme's own.</param>
    public bool Allows(string origin, string scheme, string host)
    {
        var normal = Normalize(origin);
        return normal is not null && (normal == Normalize($"{scheme}://{host}") || _allowed.Contains(normal));
    }

    private static string? Normalize(string origin)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps))
            return null;
        // An origin has no path, not even `/`, which Uri adds; and no user, not even an empty one, which Uri does not tell.
        var isOrigin = origin.Equals(uri.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase)
            || origin.Equals($"{uri.Scheme}://{uri.Authority}:{uri.Port}", StringComparison.OrdinalIgnoreCase);
        if (!isOrigin || origin.Contains('@', StringComparison.Ordinal))
            return null;
        try
        {
            return $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}";
        }
        catch (UriFormatException)
        {
            // A host that looks like an international one (xn--) and is none: Uri finds out only here.
            return null;
        }
    }
}
