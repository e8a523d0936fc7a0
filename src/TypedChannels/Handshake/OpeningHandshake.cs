using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace TypedChannels;

/// <summary>The server's side of the opening handshake: RFC 6455 §4.2 over HTTP/1.1, RFC 8441 over HTTP/2.</summary>
internal static class OpeningHandshake
{
    private const string Version = "13";

    // RFC 6455 §4.2.2: appended to the client's key before it is hashed.
    private const string AcceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private const int KeyBytes = 16;

    /// <summary>Whether the request is an opening handshake that can be accepted.</summary>
    /// <returns>Null, or why it cannot.</returns>
    public static Refusal? Check(HttpContext context)
    {
        var request = context.Request;
        var overHttp2 = IsExtendedConnect(context);
        // RFC 9110 §9.1: a method has a case.
        if (request.Method != (overHttp2 ? HttpMethods.Connect : HttpMethods.Get))
        {
            context.Response.Headers.Allow = "GET, CONNECT";
            return new(StatusCodes.Status405MethodNotAllowed, "A WebSocket handshake is a GET request, or an extended CONNECT over HTTP/2.");
        }
        if (!overHttp2)
        {
            // RFC 6455 §4.2.1: both are lists, and their tokens have no case.
            if (!HasToken(request.Headers.Upgrade, "websocket") || !HasToken(request.Headers.Connection, "upgrade"))
                return UpgradeRequired(context, "This is a WebSocket endpoint.");
            // RFC 6455 §4.2.1: HTTP/1.1 or later. Kestrel would upgrade HTTP/1.0 too.
            if (HttpProtocol.IsHttp10(request.Protocol) || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true })
                return new(StatusCodes.Status400BadRequest, "A WebSocket handshake needs HTTP/1.1 or later, and no body.");
        }
        if (request.Headers.SecWebSocketVersion is not [Version])
            return UpgradeRequired(context, "The WebSocket version is 13.");
        if (!overHttp2 && !IsKey(request.Headers["Sec-WebSocket-Key"]))
            return new(StatusCodes.Status400BadRequest, "Sec-WebSocket-Key is 16 bytes in base64, once.");
        if (!DeflateOffer.IsWellFormed(Extensions(context)))
            return new(StatusCodes.Status400BadRequest, "Sec-WebSocket-Extensions is no list of extensions.");
        return null;
    }

    /// <summary>What the client offers to extend the protocol with.</summary>
    public static string Extensions(HttpContext context) => context.Request.Headers.SecWebSocketExtensions.ToString();

    /// <summary>Sends the response: 101 over HTTP/1.1, 200 over HTTP/2.</summary>
    /// <param name="context">The request.</param>
    /// <param name="extensions">What is agreed on of the client's extensions; null: nothing.</param>
    public static ValueTask<Stream> AcceptAsync(HttpContext context, string? extensions)
    {
        if (extensions is not null)
            context.Response.Headers.SecWebSocketExtensions = extensions;
        if (IsExtendedConnect(context))
            return context.Features.Get<IHttpExtendedConnectFeature>()!.AcceptAsync();
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        headers["Sec-WebSocket-Accept"] = AcceptKey(context.Request.Headers["Sec-WebSocket-Key"].ToString());
        return new ValueTask<Stream>(context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync());
    }

    /// <summary>RFC 6455 §4.2.2: the hash that proves that the server understood the handshake.</summary>
#pragma warning disable CA5350 // SHA-1 is what the RFC prescribes; nothing is secured by it.
    public static string AcceptKey(string key)
    {
        Span<byte> proven = stackalloc byte[Encoding.ASCII.GetByteCount(key) + AcceptGuid.Length];
        Encoding.ASCII.GetBytes(AcceptGuid, proven[Encoding.ASCII.GetBytes(key, proven)..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(proven, hash);
        return Convert.ToBase64String(hash);
    }
#pragma warning restore CA5350

    private static bool IsExtendedConnect(HttpContext context) =>
        context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true, Protocol: "websocket" };

    private static Refusal UpgradeRequired(HttpContext context, string reason)
    {
        // RFC 6455 §4.4: tells the client which version to come back with. RFC 9110 §15.5.22: a 426 names the protocol.
        context.Response.Headers["Sec-WebSocket-Version"] = Version;
        if (context.Request.Protocol == HttpProtocol.Http11)
            (context.Response.Headers.Upgrade, context.Response.Headers.Connection) = ("websocket", "Upgrade");
        return new(StatusCodes.Status426UpgradeRequired, reason);
    }

    private static bool HasToken(StringValues header, string token)
    {
        foreach (var line in header)
        {
            foreach (var part in (line ?? "").AsSpan().Split(','))
            {
                if (line.AsSpan()[part].Trim(" \t").Equals(token, StringComparison.OrdinalIgnoreCase))
                    return true;
            }
        }
        return false;
    }

    private static bool IsKey(StringValues header) =>
        header is [{ Length: 24 } key] && Base64.IsValid(key, out var bytes) && bytes == KeyBytes;
}
