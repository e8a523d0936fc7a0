using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;

namespace TypedChannels.Tests.Hosting;

[Trait("RFC", "7468")]
public class PemCertificateTests
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private static readonly CertificateChain Chain = CertificateChain.Make();

    private static string Pkcs8(CertificateChain chain) => chain.Key.ExportPkcs8PrivateKeyPem();

    private static SslOptions Whole(CertificateChain chain) =>
        new() { Certificate = chain.Own + "\n" + chain.Intermediate, Key = Pkcs8(chain) };

    /// <summary>Connects as a client that knows the root and nothing else.</summary>
    private static async Task<List<string>> HandshakeAsync(int port, string root)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port).Within();
        var seen = new List<string>();
        await using var tls = new SslStream(socket.GetStream());
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // Nothing but what the server sends.
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.ImportFromPem(root);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
            {
                seen.Add(certificate!.Subject);
                seen.AddRange(chain!.ChainPolicy.ExtraStore.Select(sent => sent.Subject).Where(subject => subject != certificate.Subject));
                chain.ChainPolicy.TrustMode = policy.TrustMode;
                chain.ChainPolicy.RevocationMode = policy.RevocationMode;
                chain.ChainPolicy.DisableCertificateDownloads = true;
                chain.ChainPolicy.CustomTrustStore.AddRange(policy.CustomTrustStore);
                return chain.Build((X509Certificate2)certificate);
            },
        }).Within();
        return seen;
    }

    private static async Task<string> FailureAsync(SslOptions ssl)
    {
        await using var server = new RoomServer(Room.Options(options => options.Ssl = ssl));
        var failure = await Assert.ThrowsAsync<ServerException>(() => server.StartAsync());
        Assert.Equal(ServerErrors.InvalidCertificate, failure.Code);
        // Nothing is left running: it has no port, and can be started once it is mended.
        Assert.Equal(0, server.Port);
        Assert.Equal(ServerErrors.NotRunning, (await Assert.ThrowsAsync<ServerException>(() => server.StopAsync())).Code);
        var mended = Whole(Chain);
        (ssl.Certificate, ssl.Key) = (mended.Certificate, mended.Key);
        await server.StartAsync().Within();
        Assert.NotEqual(0, server.Port);
        // A key is a secret: not even a part of its text is told.
        Assert.DoesNotContain("BEGIN", failure.ToString(), StringComparison.Ordinal);
        return failure.Message;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chain_is_sent_whole_so_that_a_client_that_knows_the_root_only_accepts(bool isRsa)
    {
        var chain = CertificateChain.Make(isRsa);
        await using var room = await Room.StartAsync(options => options.Ssl = Whole(chain));
        Assert.Equal(["CN=localhost", "CN=intermediate"], await HandshakeAsync(room.Server.Port, chain.Root));
        room.HasLoggedNothing();
    }

    [Fact]
    public async Task Without_its_intermediate_such_a_client_refuses()
    {
        await using var room = await Room.StartAsync(options => options.Ssl = new SslOptions { Certificate = Chain.Own, Key = Pkcs8(Chain) });
        await Assert.ThrowsAsync<AuthenticationException>(() => HandshakeAsync(room.Server.Port, Chain.Root));
    }

    public static TheoryData<string, bool, Func<AsymmetricAlgorithm, string>> KeyForms => new()
    {
        { "PKCS#8", true, key => key.ExportPkcs8PrivateKeyPem() },
        { "PKCS#1", true, key => ((RSA)key).ExportRSAPrivateKeyPem() },
        { "PKCS#8", false, key => key.ExportPkcs8PrivateKeyPem() },
        { "SEC1", false, key => ((ECDsa)key).ExportECPrivateKeyPem() },
        // As `openssl ecparam -genkey` writes it: the curve secp384r1 first.
        { "SEC1 after its parameters", false, key => "-----BEGIN EC PARAMETERS-----\nBgUrgQQAIg==\n-----END EC PARAMETERS-----\n" + ((ECDsa)key).ExportECPrivateKeyPem() },
        { "Windows line ends", true, key => key.ExportPkcs8PrivateKeyPem().ReplaceLineEndings("\r\n") },
    };

    [Theory]
    [MemberData(nameof(KeyForms))]
    public async Task Key_of_either_algorithm_is_read_in_each_of_its_forms(string form, bool isRsa, Func<AsymmetricAlgorithm, string> export)
    {
        var chain = CertificateChain.Make(isRsa);
        var ssl = Whole(chain);
        ssl.Key = export(chain.Key);
        await using var room = await Room.StartAsync(options => options.Ssl = ssl);
        Assert.Equal("CN=localhost", (await HandshakeAsync(room.Server.Port, chain.Root))[0]);
        Assert.NotEqual("", form);
    }

    [Fact]
    public async Task Text_around_the_blocks_and_a_file_that_holds_both_are_no_mistake()
    {
        var both = $"subject=CN = localhost\n{Chain.Own}\nissuer=CN = root\n{Chain.Intermediate}\nKey Attributes: <No Attributes>\n{Pkcs8(Chain)}\n";
        await using var room = await Room.StartAsync(options => options.Ssl = new SslOptions { Certificate = both, Key = both });
        Assert.Equal(["CN=localhost", "CN=intermediate"], await HandshakeAsync(room.Server.Port, Chain.Root));
    }

    public static TheoryData<string, SslOptions> Mistakes
    {
        get
        {
            var (own, key) = (Chain.Own, Pkcs8(Chain));
            var rsa = RSA.Create(2048);
            var encrypted = rsa.ExportEncryptedPkcs8PrivateKeyPem("secret", new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000));
            const string Legacy = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
            // What the framework's readers pass over, as if it were not there.
            var damaged = Chain.Intermediate.Replace("MII", "!!!", StringComparison.Ordinal);
            if (damaged == Chain.Intermediate)
                damaged = Chain.Intermediate.Insert(40, "!!!");
            return new()
            {
                { "Certificate: it is empty", new SslOptions { Key = key } },
                { "Certificate: it is empty", new SslOptions { Certificate = null!, Key = key } },
                { "Certificate: it is empty", new SslOptions { Certificate = " \n", Key = key } },
                { "Certificate: it is no PEM text; it takes the text itself, not a file's name", new SslOptions { Certificate = "/etc/ssl/server.pem", Key = key } },
                { "Certificate: it holds a key and no certificate. Are Certificate and Key exchanged?", new SslOptions { Certificate = key, Key = own } },
                { "Certificate: it holds no certificate", new SslOptions { Certificate = rsa.ExportSubjectPublicKeyInfoPem(), Key = key } },
                { "Certificate: block number 1 is damaged", new SslOptions { Certificate = own.Insert(40, "!!!"), Key = key } },
                { "Certificate: block number 2 is damaged", new SslOptions { Certificate = own + "\n" + damaged, Key = key } },
                { "Certificate: block number 2 is damaged", new SslOptions { Certificate = own + "\n" + Chain.Intermediate[..200], Key = key } },
                { "Certificate: certificate number 2 cannot be read", new SslOptions { Certificate = own + "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", Key = key } },
                { "Certificate: the key belongs to certificate number 2: the server's own must be the first", new SslOptions { Certificate = Chain.Intermediate + "\n" + own, Key = key } },
                { "Key: it is empty", new SslOptions { Certificate = own } },
                { "Key: it is empty", new SslOptions { Certificate = own, Key = null! } },
                { "Key: it is no PEM text; it takes the text itself, not a file's name", new SslOptions { Certificate = own, Key = "/etc/ssl/server.key" } },
                { "Key: it holds a certificate and no key. Are Certificate and Key exchanged?", new SslOptions { Certificate = own, Key = own } },
                { "Key: it holds no private key", new SslOptions { Certificate = own, Key = rsa.ExportSubjectPublicKeyInfoPem() } },
                { "Key: the key is encrypted", new SslOptions { Certificate = own, Key = encrypted } },
                { "Key: the key is encrypted", new SslOptions { Certificate = own, Key = Legacy } },
                { "Key: block number 1 is damaged", new SslOptions { Certificate = own, Key = key.Insert(40, "!!!") } },
                { "Key: the key cannot be read", new SslOptions { Certificate = own, Key = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" } },
                { "Key: the key does not belong to the certificate of CN=localhost", new SslOptions { Certificate = own, Key = Pkcs8(CertificateChain.Make()) } },
                { "Key: the key does not belong to the certificate of CN=localhost", new SslOptions { Certificate = own, Key = rsa.ExportPkcs8PrivateKeyPem() } },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Each_mistake_is_named_and_leaves_nothing_running(string told, SslOptions ssl) =>
        Assert.StartsWith($"ServerOptions.Ssl.{told}", await FailureAsync(ssl), StringComparison.Ordinal);

    [Fact]
    public async Task Certificate_that_is_not_for_servers_is_refused()
    {
        var message = await FailureAsync(Whole(CertificateChain.Make(usage: ClientAuthentication)));
        Assert.Contains("Certificate: the certificate of CN=localhost is not for servers", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-20, -10)]
    [InlineData(10, 20)]
    public async Task Certificate_that_is_not_valid_now_is_warned_of_with_its_dates_and_the_server_starts(int from, int to)
    {
        var now = new DateTimeOffset(2030, 6, 1, 0, 0, 0, TimeSpan.Zero);
        var chain = CertificateChain.Make(notBefore: now.AddDays(from), notAfter: now.AddDays(to));
        await using var room = await Room.StartAsync(options =>
        {
            options.Ssl = new SslOptions { Certificate = chain.Own, Key = Pkcs8(chain) };
            options.TimeProvider = new CountingTime(new FakeTimeProvider(now));
        });
        var line = Assert.Single(room.Log.Lines).Text;
        Assert.Contains($"the certificate of CN=localhost is valid from {now.AddDays(from):u} to {now.AddDays(to):u} only", line, StringComparison.Ordinal);
    }
}
