using System.Buffers;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace TypedChannels.Fuzz.References;

/// <summary>A request as Kestrel hands it on: method, protocol, and header fields without white space around their values.</summary>
internal sealed partial record RequestHead(string Method, string Path, string Protocol, IReadOnlyList<(string Name, string Value)> Headers)
{
    private static readonly string[] Protocols = ["HTTP/1.0", "HTTP/1.1", "HTTP/2"];

    private static readonly SearchValues<char> TokenMarks = SearchValues.Create("!#$%&'*+-.^_`|~:");

    /// <summary>HTTP/2 tells by a field of its own what a CONNECT is to become (RFC 8441 §4).</summary>
    public string? ExtendedProtocol => Protocol == "HTTP/2" && Method == "CONNECT" ? Values(":protocol").FirstOrDefault() : null;

    public bool HasBody => Values("Content-Length").Any(length => length != "0") || Values("Transfer-Encoding").Count > 0;

    /// <summary>The values of all fields of the name.</summary>
    public List<string> Values(string name) =>
        [.. Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    /// <summary>The tokens of a field that is a list (RFC 9110 §5.6.1).</summary>
    public bool HasToken(string name, string token) =>
        Values(name).SelectMany(value => value.Split(','))
            .Any(part => part.Trim(' ', '\t').Equals(token, StringComparison.OrdinalIgnoreCase));

    /// <summary>Null for what Kestrel refuses by itself. Fields that it would refuse are left out.</summary>
    public static RequestHead? Parse(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        if (lines[0].Split(' ') is not [{ Length: > 0 } method, var path, var protocol] || !method.All(char.IsAsciiLetter)
            || !path.StartsWith('/') || !Protocols.Contains(protocol))
            return null;
        var headers = lines.Skip(1).TakeWhile(line => line.Length > 0).Select(Field).OfType<(string, string)>().ToList();
        var head = new RequestHead(method, path, protocol, headers);
        return head.Values("Host") is [] || (head.Values("Host") is [var host] && Host().IsMatch(host)) ? head : null;
    }

    public DefaultHttpContext ToContext(out UpgradeFeature upgrade)
    {
        var context = new DefaultHttpContext();
        upgrade = new UpgradeFeature(this, context);
        if (!upgrade.IsHttp2)
            context.Features.Set<IHttpUpgradeFeature>(upgrade);
        context.Features.Set<IHttpExtendedConnectFeature>(upgrade);
        var request = context.Request;
        (request.Method, request.Protocol, request.Scheme) = (Method, Protocol, "http");
        request.Path = new PathString(Path.Split('?')[0]);
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        // Past the setter, which forgets a field without a value; Kestrel does not.
        var fields = Headers.GroupBy(header => header.Name, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(
                field => field.Key, field => new StringValues([.. field.Select(header => header.Value)]), StringComparer.OrdinalIgnoreCase);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().Headers = new HeaderDictionary(fields);
        return context;
    }

    /// <summary>What Kestrel lets through as a host, and no more.</summary>
    [GeneratedRegex(@"^([A-Za-z0-9!$&'()*+,;=._~%-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]+)?\z")]
    private static partial Regex Host();

    private static (string, string)? Field(string line)
    {
        var colon = line.IndexOf(':', line.StartsWith(':') ? 1 : 0);
        if (colon <= 0)
            return null;
        var (name, value) = (line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
        var isName = name.All(c => char.IsAsciiLetterOrDigit(c) || TokenMarks.Contains(c));
        return isName && !value.Any(c => c is (< ' ' and not '\t') or '\u007F') ? (name, value) : null;
    }
}
