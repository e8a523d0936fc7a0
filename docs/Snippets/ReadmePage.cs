using TypedChannels;

namespace Snippets;

internal static class ReadmePage
{
    public static WebApplication Host(WebApplicationBuilder builder)
    {
        #region readme-application
        builder.Services.AddChannels<ChatServer>(options => options.MaxMessageBytes = 16 * 1024);
        var app = builder.Build();
        app.MapChannels<ChatServer>("/chat").RequireAuthorization();
        #endregion
        return app;
    }
}
