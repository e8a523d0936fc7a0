using System.Text.RegularExpressions;

namespace TypedChannels.Fuzz.References;

/// <summary>RFC 6455 §4.2 and RFC 8441 §4 once more, and which origins may come.</summary>
internal static partial class HandshakeReference
{
    public const string AllowedOrigin = "https://good.example";

    /// <summary>The status that a request must get; 101 where it is accepted, over HTTP/2 too.</summary>
    public static int Status(RequestHead head)
    {
        var isHttp2 = head.ExtendedProtocol == "websocket";
        if (!isHttp2 && !head.Method.Equals("GET", StringComparison.Ordinal))
            return 405;
        if (!isHttp2 && !(head.HasToken("Upgrade", "websocket") && head.HasToken("Connection", "upgrade")))
            return 426;
        if (!isHttp2 && (head.Protocol != "HTTP/1.1" || head.HasBody))
            return 400;
        if (head.Values("Sec-WebSocket-Version") is not ["13"])
            return 426;
        if (!isHttp2 && !(head.Values("Sec-WebSocket-Key") is [var key] && IsKey(key)))
            return 400;
        if (!Extensions().IsMatch(string.Join(',', head.Values("Sec-WebSocket-Extensions"))))
            return 400;
        var host = string.Join(',', head.Values("Host"));
        return head.Values("Origin") is [] || (head.Values("Origin") is [var origin] && MayCome(origin, host)) ? 101 : 403;
    }

    /// <summary>What a server may answer to an offer of permessage-deflate, that keeps no context (RFC 7692 §7.1).</summary>
    public static bool IsAnswer(string extensions) => Answer().IsMatch(extensions);

    private static bool IsKey(string key) => Base64Of16Bytes().IsMatch(key);

    private static bool MayCome(string origin, string host) =>
        Parts(origin) is { } parts && (parts == Parts(AllowedOrigin) || parts == Parts("http://" + host));

    /// <summary>Scheme, host and port of an origin (RFC 6454 §6.2); null for what is none.</summary>
    private static (string, string, int)? Parts(string origin)
    {
        var match = Origin().Match(origin);
        if (!match.Success)
            return null;
        var scheme = match.Groups["scheme"].Value.ToLowerInvariant();
        var port = match.Groups["port"] is { Success: true, Value: var digits }
            ? (int.TryParse(digits, out var number) && number <= ushort.MaxValue ? number : (int?)null)
            : scheme == "http" ? 80 : 443;
        return port is null ? null : (scheme, match.Groups["host"].Value.ToLowerInvariant(), port.Value);
    }

    [GeneratedRegex("^(?<scheme>[Hh][Tt][Tt][Pp][Ss]?)://(?<host>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:(?<port>0|[1-9][0-9]*))?\\z")]
    private static partial Regex Origin();

    // RFC 6455 §9.1, with the empty elements that a list may have (RFC 9110 §5.6.1).
    private const string Token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private const string Extension = $"{Token}(?:[\t ]*;[\t ]*{Token}(?:[\t ]*=[\t ]*(?:{Token}|\"{Token}\"))?)*";

    [GeneratedRegex($"^[\t ,]*(?:{Extension}(?:[\t ]*,[\t ,]*{Extension})*[\t ,]*)?\\z")]
    private static partial Regex Extensions();

    [GeneratedRegex("^permessage-deflate; server_no_context_takeover; client_no_context_takeover(; server_max_window_bits=(9|1[0-5]))?\\z")]
    private static partial Regex Answer();

    // The last four bits, which belong to no byte, must be 0 (RFC 4648 §3.5).
    [GeneratedRegex("^[A-Za-z0-9+/]{21}[AQgw]==\\z")]
    private static partial Regex Base64Of16Bytes();
}
