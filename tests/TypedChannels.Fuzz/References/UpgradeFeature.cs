using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TypedChannels.Fuzz.References;

/// <summary>Kestrel's side of an upgrade: the client has gone as soon as it has its answer.</summary>
internal sealed class UpgradeFeature(RequestHead head, HttpContext context) : IHttpUpgradeFeature, IHttpExtendedConnectFeature
{
    public bool IsUpgraded { get; private set; }

    public bool IsHttp2 => head.Protocol == "HTTP/2";

    // Kestrel looks at Connection, and at HTTP/1.0 the same.
    public bool IsUpgradableRequest => !IsHttp2 && head.HasToken("Connection", "upgrade") && !head.HasBody;

    public bool IsExtendedConnect => head.ExtendedProtocol is not null;

    public string? Protocol => head.ExtendedProtocol;

    public Task<Stream> UpgradeAsync()
    {
        context.Response.StatusCode = StatusCodes.Status101SwitchingProtocols;
        return Upgraded();
    }

    public ValueTask<Stream> AcceptAsync() => new(Upgraded());

    private Task<Stream> Upgraded()
    {
        IsUpgraded = true;
        return Task.FromResult(Stream.Null);
    }
}
