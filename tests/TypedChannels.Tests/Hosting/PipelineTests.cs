using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;

namespace TypedChannels.Tests.Hosting;

/// <summary>What an application has before its endpoints: routes and middleware.</summary>
public class PipelineTests
{
    private static Task<Application> StartAsync(Action<WebApplication> map, Action<WebApplicationBuilder>? build = null) =>
        Application.StartAsync(
            builder =>
            {
                builder.Services.AddChannels<RoomServer>();
                build?.Invoke(builder);
            },
            map);

    private static async Task EchoesAsync(Application app, string path, string headers = "")
    {
        app.Services.GetRequiredService<RoomServer>().OnSay += (connection, message) => connection.SendSayAsync(message);
        await using var client = await RawClient.OpenAsync(app.Port, path, headers);
        await client.ReadReadyAsync();
        await client.SendAsync("""{"channel":"say","message":{"text":"x","number":1}}""");
        Assert.Equal("""{"channel":"say","message":{"text":"x","number":1}}""", await client.ReadTextAsync());
        await client.LeaveAsync();
    }

    [Fact]
    public async Task Route_values_can_be_read_in_the_handshake_and_after_the_end()
    {
        var decided = new Seen<string?>();
        await using var app = await StartAsync(application => application.MapChannels<RoomServer>("/rooms/{room}/{seat:int?}"));
        var server = app.Services.GetRequiredService<RoomServer>();
        server.Deciding = handshake =>
        {
            decided.Add((string?)handshake.RouteValues["room"]);
            return default;
        };
        Assert.Equal(404, await app.AskAsync("/rooms/blue/window"));
        RoomConnection connection;
        await using (var client = await RawClient.OpenAsync(app.Port, "/rooms/blue%20sky/7?x=1"))
        {
            await client.ReadReadyAsync();
            connection = Assert.Single(server.Connections);
            await client.LeaveAsync();
        }
        await connection.Core.Finished.Within();
        Assert.Equal(101, await app.AskAsync("/rooms/red"));
        Assert.Equal("blue sky", await decided.NextAsync());
        var values = connection.Handshake.RouteValues;
        Assert.Equal(("blue sky", "7"), (values["room"], values["seat"]));
        Assert.Equal("/rooms/blue sky/7", connection.Handshake.Path.Value);
    }

    [Fact]
    public async Task Route_values_are_empty_on_the_own_host()
    {
        await using var room = await Room.StartAsync();
        await using var client = await room.JoinAsync();
        Assert.Empty((await room.Connected.NextAsync()).Handshake.RouteValues);
    }

    [Fact]
    public async Task Route_group_gives_its_prefix_and_its_conventions()
    {
        await using var app = await StartAsync(application =>
        {
            var group = application.MapGroup("/api/{tenant}").RequireHost("127.0.0.1");
            group.MapChannels<RoomServer>("/chat");
        });
        await EchoesAsync(app, "/api/blue/chat");
        Assert.Equal(404, await app.AskAsync("/chat"));
    }

    [Fact]
    public async Task Path_base_is_not_part_of_the_path()
    {
        await using var app = await StartAsync(application =>
        {
            application.UsePathBase("/base");
            application.UseRouting();
            application.MapChannels<RoomServer>("/chat");
        });
        await using var client = await RawClient.OpenAsync(app.Port, "/base/chat");
        await client.ReadReadyAsync();
        Assert.Equal("/chat", Assert.Single(app.Services.GetRequiredService<RoomServer>().Connections).Handshake.Path.Value);
    }

    [Fact]
    public async Task RequireHost_lets_in_by_the_named_host_only()
    {
        await using var app = await StartAsync(application => application.MapChannels<RoomServer>("/chat").RequireHost("chat.example"));
        Assert.Equal(404, await app.AskAsync("/chat"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task UseWebSockets_makes_no_difference(bool uses)
    {
        await using var app = await StartAsync(application =>
        {
            if (uses)
                application.UseWebSockets();
            application.MapChannels<RoomServer>("/chat");
        });
        await EchoesAsync(app, "/chat");
        Assert.Equal(403, await app.AskAsync("/chat", "Origin: https://evil.example\r\n"));
    }

    [Fact]
    public async Task Middleware_that_looks_at_requests_and_bodies_does_no_harm()
    {
        await using var app = await StartAsync(
            application =>
            {
                application.UseExceptionHandler("/error");
                application.UseStatusCodePages();
                application.UseHttpLogging();
                application.UseResponseCompression();
                application.UseRouting();
                application.UseCors();
                application.UseOutputCache();
                application.MapChannels<RoomServer>("/chat");
            },
            builder =>
            {
                builder.Services.AddHttpLogging(options => options.LoggingFields = Microsoft.AspNetCore.HttpLogging.HttpLoggingFields.All);
                builder.Services.AddResponseCompression();
                builder.Services.AddOutputCache(options => options.AddBasePolicy(policy => policy.Cache()));
                builder.Services.AddCors();
            });
        await EchoesAsync(app, "/chat");
    }

    [Fact]
    public async Task Cors_lets_nobody_in_whom_AllowedOrigins_does_not()
    {
        await using var app = await StartAsync(
            application =>
            {
                application.UseRouting();
                application.UseCors(policy => policy.AllowAnyOrigin());
                application.MapChannels<RoomServer>("/chat");
            },
            builder =>
            {
                builder.Services.AddCors();
                builder.Services.AddChannels<RoomServer>(options => options.AllowedOrigins.Add("https://friend.example"));
            });
        Assert.Equal(101, await app.AskAsync("/chat", "Origin: https://friend.example\r\n"));
        Assert.Equal(403, await app.AskAsync("/chat", "Origin: https://evil.example\r\n"));
    }

    [Fact]
    public async Task Rate_limit_refuses_handshakes_and_leaves_connections_alone()
    {
        await using var app = await StartAsync(
            application =>
            {
                application.UseRateLimiter();
                application.MapChannels<RoomServer>("/chat").RequireRateLimiting("two");
            },
            builder => builder.Services.AddRateLimiter(limiter =>
            {
                limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
                limiter.AddConcurrencyLimiter("two", options => options.PermitLimit = 2);
            }));
        await using var one = await RawClient.OpenAsync(app.Port, "/chat");
        await one.ReadReadyAsync();
        await using (var two = await RawClient.OpenAsync(app.Port, "/chat"))
        {
            // A connection is a request that lasts: it has its permit to its end.
            Assert.Equal(429, await app.AskAsync("/chat"));
            await two.LeaveAsync();
        }
        while (await app.AskAsync("/chat") == 429)
            await Task.Yield();
        await one.LeaveAsync();
    }

    [Fact]
    public async Task Request_timeout_of_the_application_is_one_for_the_handshake_and_not_for_the_connection()
    {
        var timedOut = new TaskCompletionSource();
        await using var app = await StartAsync(
            application =>
            {
                application.UseRequestTimeouts();
                application.MapChannels<RoomServer>("/chat");
                application.MapGet("/slow", async context =>
                {
                    await using var registration = context.RequestAborted.Register(timedOut.SetResult);
                    await timedOut.Task;
                });
            },
            builder => builder.Services.AddRequestTimeouts(options =>
                options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromSeconds(2) }));
        app.Services.GetRequiredService<RoomServer>().OnSay += (connection, message) => connection.SendSayAsync(message);
        await using var client = await RawClient.OpenAsync(app.Port, "/chat");
        await client.ReadReadyAsync();
        // Begun later than the connection: when it is timed out, the connection would have been.
        using var http = new HttpClient();
        using var slow = await http.GetAsync(new Uri($"http://127.0.0.1:{app.Port}/slow")).Within();
        Assert.True(timedOut.Task.IsCompleted);
        await client.SendAsync("""{"channel":"say","message":{"text":"x","number":1}}""");
        Assert.Equal("""{"channel":"say","message":{"text":"x","number":1}}""", await client.ReadTextAsync());
    }

    [Theory]
    [InlineData("https://chat.example", "X-Forwarded-Host: chat.example\r\nX-Forwarded-Proto: https\r\n", true, 101)]
    [InlineData("http://chat.example", "X-Forwarded-Host: chat.example\r\nX-Forwarded-Proto: https\r\n", true, 403)]
    [InlineData("https://chat.example", "X-Forwarded-Host: chat.example\r\n", true, 403)]
    [InlineData("https://evil.example", "X-Forwarded-Host: chat.example\r\nX-Forwarded-Proto: https\r\n", true, 403)]
    [InlineData("https://chat.example", "X-Forwarded-Host: chat.example\r\nX-Forwarded-Proto: https\r\n", false, 403)]
    public async Task Behind_a_proxy_the_origin_is_compared_with_the_public_host_and_scheme(string origin, string headers, bool uses, int status)
    {
        await using var app = await StartAsync(
            application =>
            {
                if (uses)
                    application.UseForwardedHeaders();
                application.MapChannels<RoomServer>("/chat");
            },
            builder => builder.Services.Configure<ForwardedHeadersOptions>(options =>
            {
                options.ForwardedHeaders = ForwardedHeaders.All;
                options.KnownProxies.Add(IPAddress.Loopback);
            }));
        Assert.Equal(status, await app.AskAsync("/chat", headers + $"Origin: {origin}\r\n"));
        if (status == 101)
            return;
        // Both, so that whoever set up the proxy sees which half it lost.
        var line = Assert.Single(app.Log.Lines).Text;
        var seen = !uses ? $"http://127.0.0.1:{app.Port}" : headers.Contains("Proto", StringComparison.Ordinal) ? "https://chat.example" : "http://chat.example";
        Assert.Contains($"from origin {origin} to {seen}.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_a_proxy_the_remote_end_point_is_the_client_s()
    {
        await using var app = await StartAsync(
            application =>
            {
                application.UseForwardedHeaders();
                application.MapChannels<RoomServer>("/chat");
            },
            builder => builder.Services.Configure<ForwardedHeadersOptions>(options => options.ForwardedHeaders = ForwardedHeaders.XForwardedFor));
        await using var client = await RawClient.OpenAsync(app.Port, "/chat", "X-Forwarded-For: 203.0.113.7\r\n");
        await client.ReadReadyAsync();
        var connection = Assert.Single(app.Services.GetRequiredService<RoomServer>().Connections);
        Assert.Equal(IPAddress.Parse("203.0.113.7"), connection.RemoteEndPoint!.Address);
    }
}
