using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using TypedChannels;

/// <summary>The pieces of docs/client.md.</summary>
internal static class ClientPage
{
    public static ChatClient WithIdentity(Func<CancellationToken, ValueTask<string?>> askForToken)
    {
        #region client-identity
        var options = new ClientOptions
        {
            Uri = new("wss://chat.example/chat"),
            Headers = { ["X-Api-Version"] = "2" },
            Cookies = new CookieContainer(),
            TokenProvider = askForToken,
            Proxy = new WebProxy("proxy.example", 8080) { Credentials = new NetworkCredential("user", "password") },
        };
        #endregion
        return new ChatClient(options);
    }

    public static ClientOptions WithCertificates()
    {
        #region client-tls
        var authorities = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        authorities.CustomTrustStore.ImportFromPemFile("authority.pem");
        var options = new ClientOptions
        {
            Uri = new("wss://chat.example/chat"),
            Ssl = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = authorities,
                ClientCertificates = [X509CertificateLoader.LoadPkcs12FromFile("me.pfx", password: null)],
            },
        };
        #endregion
        return options;
    }

    public static async Task ReconnectAsync()
    {
        #region client-reconnect
        await using var client = new ChatClient(new ClientOptions
        {
            Uri = new("wss://chat.example/chat"),
            Reconnect = new ReconnectOptions { WaitingSendBytes = 64 * 1024 },
        });
        client.OnReconnecting += async lost =>
            Console.WriteLine($"Lost ({lost.Lost.Code}); attempt {lost.Attempt} in {lost.Delay.TotalSeconds:0} s.");
        client.OnReconnected += async _ => await client.SendSetNameAsync(new SetName("alice"));
        client.OnDisconnect += async end =>
            Console.WriteLine($"Over: {end.Code}, {end.Unsent} messages not sent. {end.Exception?.Message}");

        await client.ConnectAsync();
        await client.SendSetNameAsync(new SetName("alice"));
        #endregion
    }

    public static void Decide(ClientOptions options)
    {
        #region client-decide
        options.Reconnect = new ReconnectOptions
        {
            FirstDelay = TimeSpan.FromMilliseconds(500),
            MaxDelay = TimeSpan.FromMinutes(1),
            MaxAttempts = 20,
            ShouldReconnect = lost => lost.Code is not (1000 or 4001),
        };
        #endregion
    }

    public static async Task SendAsync(ChatClient client, CancellationToken cancellationToken)
    {
        #region client-send
        try
        {
            await client.SendChatAsync(new ChatMessage("alice", "hi"), cancellationToken);
        }
        catch (ClientException exception) when (exception.Code is ClientErrors.NotAlive or ClientErrors.QueueFull)
        {
            Console.WriteLine("Not sent: the connection is lost, or takes no more.");
        }
        #endregion
    }
}
