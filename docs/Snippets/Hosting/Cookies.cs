#region cookies
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class Cookies
{
    public static void Run(string[] args)
    {
        #region cookies
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireRole("staff"));
        builder.Services.AddChannels<ChatServer>();
        builder.Services.AddChannels<AlarmServer>();

        var app = builder.Build();
        // In place of yours, which asks for a password and knows who is on the staff.
        app.MapPost("/login/{name}", (HttpContext context, string name) => context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
            [new(ClaimTypes.Name, name), new(ClaimTypes.Role, name == "alice" ? "staff" : "guest")], "login"))));
        app.MapChannels<ChatServer>("/chat").RequireAuthorization();
        app.MapChannels<AlarmServer>("/alarms").RequireAuthorization("staff");
        app.Services.GetRequiredService<ChatServer>().OnChat += (connection, message) =>
            connection.SendChatAsync(message with { User = connection.User.Identity!.Name! });
        app.Run();
        #endregion
    }
}
