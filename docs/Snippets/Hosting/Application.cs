#region application
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class Application
{
    public static void Run(string[] args)
    {
        #region application
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddChannels<ChatServer>(options => options.MaxMessageBytes = 16 * 1024);
        builder.Services.AddChannels<AlarmServer>();

        var app = builder.Build();
        app.MapChannels<ChatServer>("/chat");
        app.MapChannels<AlarmServer>("/alarms");
        app.Run();
        #endregion
    }
}
