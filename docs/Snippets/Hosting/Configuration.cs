#region configuration
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class Configuration
{
    public static void Run(string[] args)
    {
        #region configuration
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddChannels<ChatServer>(
            builder.Configuration.GetRequiredSection("Chat"),
            options => options.MessageErrorLimit = 10);

        var app = builder.Build();
        app.MapChannels<ChatServer>("/chat");
        app.Run();
        #endregion
    }
}
