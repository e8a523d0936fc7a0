using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TypedChannels.Tests.Hosting;

/// <summary>A root, an intermediate authority, and a server's certificate, which only both together lead to the root.</summary>
internal sealed class CertificateChain
{
    private CertificateChain(string root, string intermediate, string own, AsymmetricAlgorithm key) =>
        (Root, Intermediate, Own, Key) = (root, intermediate, own, key);

    public string Root { get; }

    public string Intermediate { get; }

    public string Own { get; }

    public AsymmetricAlgorithm Key { get; }

    /// <param name="isRsa">Whether the server's key is one of RSA, and not of ECDSA.</param>
    /// <param name="notBefore">When it begins to be valid.</param>
    /// <param name="notAfter">When it ends to be valid.</param>
    /// <param name="usage">What it may be used for, where that is said: an object identifier.</param>
    public static CertificateChain Make(
        bool isRsa = false, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null, string? usage = null)
    {
        var (from, to) = (notBefore ?? DateTimeOffset.UtcNow.AddDays(-2), notAfter ?? DateTimeOffset.UtcNow.AddDays(2));
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=root", rootKey).CreateSelfSigned(from, to);
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middle = Authority("CN=intermediate", middleKey).Create(root, from, to, [1]).CopyWithPrivateKey(middleKey);
        AsymmetricAlgorithm key = isRsa ? RSA.Create(2048) : ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var request = key is RSA rsa
            ? new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest("CN=localhost", (ECDsa)key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        if (usage is not null)
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], critical: false));
        var issuer = X509SignatureGenerator.CreateForECDsa(middleKey);
        using var own = request.Create(middle.SubjectName, issuer, from, to, [2]);
        return new CertificateChain(root.ExportCertificatePem(), middle.ExportCertificatePem(), own.ExportCertificatePem(), key);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }
}
