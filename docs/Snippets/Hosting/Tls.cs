#region tls
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class Tls
{
    public static async Task RunAsync()
    {
        #region tls
        await using var server = new ChatServer(new ServerOptions
        {
            Port = 443,
            Ssl = new SslOptions
            {
                Certificate = await File.ReadAllTextAsync("/etc/letsencrypt/live/example.com/fullchain.pem"),
                Key = await File.ReadAllTextAsync("/etc/letsencrypt/live/example.com/privkey.pem"),
            },
        });
        await server.RunAsync();
        #endregion
    }
}
