using System.Net;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TypedChannels.Tests.Hosting;

/// <summary>An application whose users sign in by an HTTP request, and then connect with the cookie that they got.</summary>
public class AuthenticationTests
{
    private static Task<Application> StartAsync(
        Action<WebApplication> map, Action<AuthorizationBuilder>? authorize = null, Action<WebApplicationBuilder>? build = null) =>
        Application.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton(new Greeter { Greeting = "welcome" });
                builder.Services.AddChannels<RoomServer>();
                builder.Services.AddChannels<GreetingServer>();
                builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
                var authorization = builder.Services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireRole("staff"));
                authorize?.Invoke(authorization);
                build?.Invoke(builder);
            },
            application =>
            {
                application.MapPost("/login/{name}/{role}", context => SignInAsync(context, scheme: null)).AllowAnonymous();
                application.MapPost("/token/{name}", context => SignInAsync(context, BearerTokenDefaults.AuthenticationScheme)).AllowAnonymous();
                map(application);
            });

    private static Task SignInAsync(HttpContext context, string? scheme)
    {
        var values = context.Request.RouteValues;
        var claims = new[] { new Claim(ClaimTypes.Name, (string)values["name"]!), new Claim(ClaimTypes.Role, (string?)values["role"] ?? "") };
        return context.SignInAsync(scheme, new ClaimsPrincipal(new ClaimsIdentity(claims, "login")));
    }

    /// <summary>The header line that a browser sends after it has signed in.</summary>
    private static async Task<string> SignInAsync(Application app, string name, string role)
    {
        var cookies = new CookieContainer();
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies });
        var site = new Uri($"http://127.0.0.1:{app.Port}/");
        using var response = await http.PostAsync(new Uri(site, $"login/{name}/{role}"), content: null).Within();
        response.EnsureSuccessStatusCode();
        return $"Cookie: {cookies.GetCookieHeader(site)}\r\n";
    }

    [Fact]
    public async Task Cookie_of_a_sign_in_lets_in_and_its_claims_are_the_user_s_until_after_the_end()
    {
        var ended = new Seen<ClaimsPrincipal>();
        await using var app = await StartAsync(application => application.MapChannels<RoomServer>("/room").RequireAuthorization());
        app.Services.GetRequiredService<RoomServer>().OnDisconnect += (connection, _) =>
        {
            ended.Add(connection.User);
            return default;
        };
        Assert.Equal(401, await app.AskAsync("/room"));
        Assert.Equal(401, await app.AskAsync("/room", "Cookie: .AspNetCore.Cookies=forged\r\n"));

        var cookie = await SignInAsync(app, "alice", "guest");
        RoomConnection connection;
        await using (var alice = await RawClient.OpenAsync(app.Port, "/room", cookie))
        {
            await alice.ReadReadyAsync();
            connection = Assert.Single(app.Services.GetRequiredService<RoomServer>().Connections);
            Assert.Equal("alice", connection.User.Identity!.Name);
            await alice.LeaveAsync();
        }
        var user = await ended.NextAsync();
        // Kestrel has taken back the request, and serves others with its context.
        Assert.Equal(401, await app.AskAsync("/room"));
        Assert.Same(user, connection.User);
        Assert.True(user.Identity!.IsAuthenticated);
        Assert.True(user.IsInRole("guest"));
    }

    [Fact]
    public async Task Two_servers_have_their_own_policies()
    {
        await using var app = await StartAsync(application =>
        {
            application.MapChannels<RoomServer>("/room").RequireAuthorization("staff");
            application.MapChannels<GreetingServer>("/greeting").RequireAuthorization();
        });
        var guest = await SignInAsync(app, "gus", "guest");
        var staff = await SignInAsync(app, "stella", "staff");
        Assert.Equal(401, await app.AskAsync("/room"));
        Assert.Equal(403, await app.AskAsync("/room", guest));
        Assert.Equal(101, await app.AskAsync("/room", staff));
        Assert.Equal(401, await app.AskAsync("/greeting"));

        await using var gus = await RawClient.OpenAsync(app.Port, "/greeting", guest);
        await gus.ReadReadyAsync();
        Assert.Equal("""{"channel":"down","message":{"text":"welcome gus"}}""", await gus.ReadTextAsync());
    }

    [Fact]
    public async Task Fallback_policy_applies_and_AllowAnonymous_overrules_it()
    {
        await using var app = await StartAsync(
            application =>
            {
                application.MapChannels<RoomServer>("/room");
                application.MapChannels<GreetingServer>("/greeting").AllowAnonymous();
            },
            authorization => authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build()));
        Assert.Equal(401, await app.AskAsync("/room"));
        Assert.Equal(101, await app.AskAsync("/room", await SignInAsync(app, "alice", "guest")));
        Assert.Equal(101, await app.AskAsync("/greeting"));
    }

    [Fact]
    public async Task Who_the_application_turns_away_never_reaches_the_server()
    {
        var asked = 0;
        await using var app = await StartAsync(application => application.MapChannels<RoomServer>("/room").RequireAuthorization());
        app.Services.GetRequiredService<RoomServer>().Deciding = _ =>
        {
            asked++;
            return default;
        };
        Assert.Equal(401, await app.AskAsync("/room"));
        Assert.Equal(0, asked);
        Assert.Equal(101, await app.AskAsync("/room", await SignInAsync(app, "alice", "guest")));
        Assert.Equal(1, asked);
    }

    [Fact]
    public async Task OnHandshakeAsync_refuses_a_user_who_is_signed_in_with_its_own_status()
    {
        await using var app = await StartAsync(application => application.MapChannels<RoomServer>("/room").RequireAuthorization());
        var server = app.Services.GetRequiredService<RoomServer>();
        server.Deciding = async handshake =>
        {
            await Task.Yield();
            if (handshake.User.Identity?.Name == "mallory")
                handshake.Refuse(StatusCodes.Status429TooManyRequests);
        };
        Assert.Equal(429, await app.AskAsync("/room", await SignInAsync(app, "mallory", "guest")));
        Assert.Equal(0, server.ConnectionCount);
        Assert.Equal(101, await app.AskAsync("/room", await SignInAsync(app, "alice", "guest")));
    }

    [Fact]
    public async Task Page_of_another_origin_cannot_connect_with_the_user_s_cookie()
    {
        await using var app = await StartAsync(application => application.MapChannels<RoomServer>("/room").RequireAuthorization());
        var cookie = await SignInAsync(app, "alice", "guest");
        Assert.Equal(403, await app.AskAsync("/room", cookie + "Origin: https://evil.example\r\n"));
        Assert.Equal(101, await app.AskAsync("/room", cookie + $"Origin: http://127.0.0.1:{app.Port}\r\n"));
    }

    /// <summary>A browser's WebSocket sets no headers of its own: a token goes into the query, or among the subprotocols.</summary>
    [Theory]
    [InlineData("/greeting?access_token={token}", "")]
    [InlineData("/greeting", "Sec-WebSocket-Protocol: bearer, {token}\r\n")]
    [InlineData("/greeting", "Authorization: Bearer {token}\r\n")]
    public async Task Bearer_token_signs_in_by_query_subprotocol_or_header_and_stays_out_of_the_log(string path, string headers)
    {
        await using var app = await StartAsync(
            application => application.MapChannels<GreetingServer>("/greeting").RequireAuthorization("bearer"),
            authorization => authorization.AddPolicy("bearer", policy => policy
                .AddAuthenticationSchemes(BearerTokenDefaults.AuthenticationScheme).RequireAuthenticatedUser()),
            builder => builder.Services.AddAuthentication().AddBearerToken(bearer => bearer.Events.OnMessageReceived = TakeToken));
        using var http = new HttpClient();
        using var signedIn = await http.PostAsync(new Uri($"http://127.0.0.1:{app.Port}/token/alice"), content: null).Within();
        using var answer = JsonDocument.Parse(await signedIn.Content.ReadAsStringAsync());
        var token = answer.RootElement.GetProperty("accessToken").GetString()!;
        string With(string text, string value) => text.Replace("{token}", value, StringComparison.Ordinal);

        Assert.Equal(401, await app.AskAsync("/greeting"));
        Assert.Equal(401, await app.AskAsync(With(path, "forged"), With(headers, "forged")));
        Assert.Equal(403, await app.AskAsync(With(path, token), With(headers, token) + "Origin: https://evil.example\r\n"));
        await using var client = await RawClient.DialAsync(app.Port);
        await client.WriteAsync(RawClient.Handshake(app.Port, With(path, token), With(headers, token)));
        var response = await client.ReadResponseAsync();
        Assert.StartsWith("HTTP/1.1 101 ", response, StringComparison.Ordinal);
        // A browser drops a connection whose server agrees to none of the subprotocols that it asked for.
        Assert.Equal(headers.Contains("Protocol", StringComparison.Ordinal), response.Contains("Sec-WebSocket-Protocol: bearer\r\n", StringComparison.Ordinal));
        await client.ReadReadyAsync();
        Assert.Equal("""{"channel":"down","message":{"text":"welcome alice"}}""", await client.ReadTextAsync());
        Assert.DoesNotContain(app.Log.Lines, line => line.Text.Contains(token, StringComparison.Ordinal));
    }

    private static Task TakeToken(MessageReceivedContext context)
    {
        if (context.Request.Headers.SecWebSocketProtocol.ToString().Split(", ") is ["bearer", var token])
        {
            context.Token = token;
            context.Response.Headers.SecWebSocketProtocol = "bearer";
        }
        else
        {
            // Null: the handler looks at the Authorization header.
            context.Token = context.Request.Query["access_token"];
        }
        return Task.CompletedTask;
    }
}
