#region bearer-tokens
using Microsoft.AspNetCore.Authentication.BearerToken;
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class BearerTokens
{
    public static void Run(string[] args)
    {
        #region bearer-tokens
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication(BearerTokenDefaults.AuthenticationScheme).AddBearerToken(bearer =>
            bearer.Events.OnMessageReceived = context =>
            {
                // new WebSocket(url, ["bearer", token])
                if (context.Request.Headers.SecWebSocketProtocol.ToString().Split(", ") is ["bearer", var token])
                {
                    context.Token = token;
                    // A browser drops a connection whose server agrees to none of the subprotocols that it asked for.
                    context.Response.Headers.SecWebSocketProtocol = "bearer";
                }
                else
                {
                    // new WebSocket(`${url}?access_token=${token}`); null: the Authorization header counts.
                    context.Token = context.Request.Query["access_token"];
                }
                return Task.CompletedTask;
            });
        builder.Services.AddAuthorization();
        builder.Services.AddChannels<ChatServer>();

        var app = builder.Build();
        app.MapChannels<ChatServer>("/chat").RequireAuthorization();
        app.Run();
        #endregion
    }
}
