using System.Text;
using TypedChannels.Fuzz.Engine;

namespace TypedChannels.Fuzz.Mutating;

/// <summary>One change to the head of an HTTP request, by its lines.</summary>
internal static class HttpMutator
{
    private static readonly string[] Starts =
    [
        "GET / HTTP/1.1", "GET /chat?room=1 HTTP/1.1", "POST / HTTP/1.1", "get / HTTP/1.1", "HEAD / HTTP/1.1", "CONNECT / HTTP/1.1",
        "GET / HTTP/1.0",
        "GET / HTTP/2", "CONNECT / HTTP/2", "GET / HTTP/3", "OPTIONS * HTTP/1.1", "GET",
    ];

    private static readonly string[] Names =
    [
        "Host", "Upgrade", "Connection", "Sec-WebSocket-Version", "Sec-WebSocket-Key", "Origin", "Sec-WebSocket-Protocol",
        "Sec-WebSocket-Extensions",
        "Content-Length", "Transfer-Encoding", ":protocol", "Cookie", "X",
    ];

    private static readonly string[] Values =
    [
        "", " ", ",", ",,", "websocket", "WebSocket", "h2c, websocket", "websocket/13", "websocket;q=1", "upgrade", "Upgrade",
        "keep-alive, Upgrade", "upgrade,",
        "\tupgrade\t", "13", " 13", "013", "8", "13, 8", "13,13", "+13", "99999999999999999999", "dGhlIHNhbXBsZSBub25jZQ==",
        "dGhlIHNhbXBsZSBub25jZQ=",
        "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ===", "dGhlIHNhbXBsZSBub25jZR==", "dGhlIHNhbXBsZSBub25jZS4u",
        "dGhl IHNhbXBsZSBub25jZQ=", "ÄÖÜ",
        "localhost:3549", "localhost", "LOCALHOST:3549", "[::1]:3549", "example.org", "example.org:80", "a b", "user@localhost:3549",
        "http://localhost:3549",
        "http://LOCALHOST:3549", "http://localhost:3549/", "https://localhost:3549", "http://example.org", "http://example.org:80",
        "http://good.example",
        "https://good.example:443", "HTTPS://GOOD.EXAMPLE", "null", "NULL", "file://", "http://", "http:///", "http://user@good.example",
        "http://good.example\\@evil",
        "http://[::1]:3549", "http://xn--e1afmkfd.example", "http://пример.example", "http://good.example%00",
        "http://good.example:99999", "ws://good.example",
        "permessage-deflate; client_max_window_bits", "permessage-deflate;server_max_window_bits=\"9\", x;y=z",
        "permessage-deflate; server_max_window_bits = 10 ; server_no_context_takeover", "permessage-deflate; server_max_window_bits=8",
        ";", "x;", "x y", "x; y=\"z", "x; y=\" z\"", "0", "5", "chunked", "\u202E", "\u007F",
    ];

    public static byte[] Mutate(byte[] input, byte[] other, Dice dice)
    {
        var lines = Encoding.UTF8.GetString(input).Split("\n").ToList();
        if (dice.OneIn(10))
            return ByteMutator.Mutate(input, other, dice);
        var at = dice.Below(lines.Count);
        switch (dice.Below(9))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(at, lines[at]);
                break;
            case 2:
                lines[0] = dice.Of(Starts);
                break;
            case 3:
                lines.Insert(Math.Min(1, lines.Count), $"{dice.Of(Names)}: {dice.Of(Values)}");
                break;
            case 4 or 5:
                lines[at] = $"{lines[at].Split(':')[0]}: {dice.Of(Values)}";
                break;
            case 6:
                // In lists, between commas.
                lines[at] += $"{dice.Of([", ", ",", " "])}{dice.Of(Values)}";
                break;
            case 7:
                lines[at] = Encoding.UTF8.GetString(ByteMutator.Mutate(Encoding.UTF8.GetBytes(lines[at]), other, dice));
                break;
            default:
                lines[at] = dice.OneIn(2) ? lines[at].ToUpperInvariant() : dice.Of(Encoding.UTF8.GetString(other).Split("\n"));
                break;
        }
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }
}
