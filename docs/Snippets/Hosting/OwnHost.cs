#region own-host
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class OwnHost
{
    public static async Task RunAsync()
    {
        #region own-host
        await using var server = new ChatServer(new ServerOptions { Port = 3549, Host = "127.0.0.1", Path = "/chat" });
        server.OnChat += (connection, message) => server.EmitChatAsync(message);
        await server.RunAsync();
        #endregion
    }
}
