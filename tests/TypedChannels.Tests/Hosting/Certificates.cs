using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TypedChannels.Tests.Hosting;

/// <summary>Certificates made for one test, as the PEM text that the options take.</summary>
internal static class Certificates
{
    public static SslOptions Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        // Valid by a fake clock too, which begins with the year 2000.
        using var certificate = request.CreateSelfSigned(new DateTimeOffset(1999, 1, 1, 0, 0, 0, default), DateTimeOffset.UtcNow.AddDays(1));
        return new SslOptions { Certificate = certificate.ExportCertificatePem(), Key = key.ExportPkcs8PrivateKeyPem() };
    }

    /// <summary>A client's options that trust this certificate and no other.</summary>
    public static SslClientAuthenticationOptions Trust(SslOptions ssl)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPem(ssl.Certificate);
        return new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
    }
}
