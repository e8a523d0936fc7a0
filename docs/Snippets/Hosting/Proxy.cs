#region proxy
using Microsoft.AspNetCore.HttpOverrides;
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class Proxy
{
    public static void Run(string[] args)
    {
        #region proxy
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);
        builder.Services.AddChannels<ChatServer>();

        var app = builder.Build();
        app.UseForwardedHeaders();
        app.MapChannels<ChatServer>("/chat");
        app.Run();
        #endregion
    }
}
