using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TypedChannels.Conformance;

/// <summary>The product's two endpoints, each over ws and wss, in this process.</summary>
internal sealed class BuiltInEndpoints : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _servers = [];

    public List<Endpoint> All { get; } = [];

    public static async Task<BuiltInEndpoints> StartAsync()
    {
        var endpoints = new BuiltInEndpoints();
        var (certificate, ssl) = MakeCertificate();
        foreach (var isSecure in new[] { false, true })
        {
            var scheme = isSecure ? "wss" : "ws";
            var echo = await EchoEndpoint.StartAsync(isSecure ? certificate : null);
            endpoints._servers.Add(echo);
            endpoints.All.Add(new Endpoint($"echo over {scheme}", echo.Uri, EndpointKind.Echo));

            var channels = new ChannelEndpoint(ChannelEndpoint.Wide(isSecure ? ssl : null));
            endpoints._servers.Add(channels);
            await channels.StartAsync();
            var uri = new Uri($"{scheme}://127.0.0.1:{channels.Port}/");
            endpoints.All.Add(new Endpoint($"channels over {scheme}", uri, EndpointKind.Channels));
        }
        return endpoints;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync();
    }

    private static (X509Certificate2 Certificate, SslOptions Ssl) MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return (certificate, new SslOptions { Certificate = certificate.ExportCertificatePem(), Key = key.ExportPkcs8PrivateKeyPem() });
    }
}
