using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TypedChannels;

/// <summary>Reads a server's certificate, its chain and its key from PEM text (RFC 7468), and says which mistake it finds.</summary>
internal static class PemCertificate
{
    private const string CertificateLabel = "CERTIFICATE";
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string Exchanged = "Are Certificate and Key exchanged?";

    /// <returns>The server's own certificate with its key, and then those of its chain.</returns>
    /// <exception cref="ServerException"><see cref="ServerErrors.InvalidCertificate"/>.</exception>
    public static X509Certificate2Collection Read(SslOptions ssl)
    {
        var certificates = ReadCertificates(ssl.Certificate);
        try
        {
            CheckKey(ssl.Key);
            var own = WithKey(certificates, ssl);
            certificates[0].Dispose();
            certificates[0] = own;
            if (!IsForServers(own))
                throw Invalid(nameof(ssl.Certificate), $"the certificate of {own.Subject} is not for servers (Extended Key Usage, RFC 5280 §4.2.1.12)");
            return certificates;
        }
        catch
        {
            Dispose(certificates);
            throw;
        }
    }

    public static void Dispose(X509Certificate2Collection certificates)
    {
        foreach (var certificate in certificates)
            certificate.Dispose();
    }

    private static X509Certificate2Collection ReadCertificates(string text)
    {
        var blocks = PemBlock.ReadAll(nameof(SslOptions.Certificate), text);
        var certificates = new X509Certificate2Collection();
        foreach (var block in blocks.Where(block => block.Label == CertificateLabel))
        {
            try
            {
                certificates.Add(X509CertificateLoader.LoadCertificate(block.Data));
            }
            catch (CryptographicException exception)
            {
                var place = certificates.Count + 1;
                Dispose(certificates);
                throw Invalid(nameof(SslOptions.Certificate), $"certificate number {place} cannot be read. {exception.Message}", exception);
            }
        }
        if (certificates.Count > 0)
            return certificates;
        throw Invalid(
            nameof(SslOptions.Certificate),
            blocks.Any(block => block.IsPrivateKey) ? $"it holds a key and no certificate. {Exchanged}" : "it holds no certificate");
    }

    private static void CheckKey(string text)
    {
        // In two forms: a label of its own (RFC 7468 §11), or a header in the block (RFC 1421 §4.6.1.1), which RFC 7468 does not know.
        if (text?.Contains("ENCRYPTED", StringComparison.Ordinal) == true)
            throw Invalid(nameof(SslOptions.Key), "the key is encrypted, and must not be: `openssl pkey -in encrypted.pem -out key.pem` decrypts it");
        var blocks = PemBlock.ReadAll(nameof(SslOptions.Key), text);
        if (blocks.Any(block => block.IsPrivateKey))
            return;
        throw Invalid(
            nameof(SslOptions.Key),
            blocks.Any(block => block.Label == CertificateLabel) ? $"it holds a certificate and no key. {Exchanged}" : "it holds no private key");
    }

    private static X509Certificate2 WithKey(X509Certificate2Collection certificates, SslOptions ssl)
    {
        if (TryWithKey(certificates[0], ssl.Key) is { } own)
            return own;
        if (!IsKey(RSA.Create(), ssl.Key) && !IsKey(ECDsa.Create(), ssl.Key))
            throw Invalid(nameof(ssl.Key), "the key cannot be read, or is neither of RSA nor of ECDSA");
        for (var i = 1; i < certificates.Count; i++)
        {
            using var other = TryWithKey(certificates[i], ssl.Key);
            if (other is not null)
                throw Invalid(nameof(ssl.Certificate), $"the key belongs to certificate number {i + 1}: the server's own must be the first");
        }
        throw Invalid(nameof(ssl.Key), $"the key does not belong to the certificate of {certificates[0].Subject}");
    }

    private static X509Certificate2? TryWithKey(X509Certificate2 certificate, string key)
    {
        try
        {
            var own = X509Certificate2.CreateFromPem(certificate.ExportCertificatePem(), key);
            if (!OperatingSystem.IsWindows())
                return own;
            // TLS on Windows takes no key that lives in memory only.
            using (own)
                return X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null);
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static bool IsKey(AsymmetricAlgorithm algorithm, string text)
    {
        using (algorithm)
        {
            try
            {
                algorithm.ImportFromPem(text);
                return true;
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                return false;
            }
        }
    }

    private static bool IsForServers(X509Certificate2 certificate)
    {
        var usages = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().ToArray();
        return usages.Length == 0 || usages.Any(usage => usage.EnhancedKeyUsages[ServerAuthentication] is not null);
    }

    internal static ServerException Invalid(string option, string what, Exception? exception = null) =>
        new(ServerErrors.InvalidCertificate, $"ServerOptions.Ssl.{option}: {what}.", exception);
}
