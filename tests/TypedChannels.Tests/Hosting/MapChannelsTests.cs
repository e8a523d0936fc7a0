using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace TypedChannels.Tests.Hosting;

public class MapChannelsTests
{
    private static void AddBoth(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new Greeter { Greeting = "welcome" });
        builder.Services.AddChannels<RoomServer>(options => options.MaxMessageBytes = 100);
        builder.Services.AddChannels<GreetingServer>();
    }

    private static void MapBoth(WebApplication application)
    {
        application.MapChannels<RoomServer>("/room");
        application.MapChannels<GreetingServer>("/greeting");
    }

    [Fact]
    public async Task Handlers_on_the_io_threads_are_refused_where_the_application_owns_them()
    {
        var failure = await Assert.ThrowsAsync<ServerException>(() => Application.StartAsync(
            builder => builder.Services.AddChannels<RoomServer>(options => options.HandlerScheduling = HandlerScheduling.Inline),
            application => application.MapChannels<RoomServer>("/room")));
        Assert.Equal(ServerErrors.InvalidOptions, failure.Code);
        Assert.Contains("ServerOptions.HandlerScheduling", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_share_an_application_on_two_paths_and_take_its_services()
    {
        await using var app = await Application.StartAsync(AddBoth, MapBoth);
        await using var room = await RawClient.OpenAsync(app.Port, "/room");
        await room.ReadReadyAsync();
        await using var greeting = await RawClient.OpenAsync(app.Port, "/greeting");
        await greeting.ReadReadyAsync();
        Assert.Equal("""{"channel":"down","message":{"text":"welcome "}}""", await greeting.ReadTextAsync());
        Assert.Equal(1, app.Services.GetRequiredService<RoomServer>().ConnectionCount);
        Assert.Equal(1, app.Services.GetRequiredService<GreetingServer>().ConnectionCount);

        await using var nowhere = await RawClient.DialAsync(app.Port);
        await nowhere.WriteAsync(RawClient.Handshake(app.Port, "/nowhere"));
        Assert.StartsWith("HTTP/1.1 404 ", await nowhere.ReadResponseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_of_AddChannels_are_applied()
    {
        await using var app = await Application.StartAsync(AddBoth, MapBoth);
        await using var client = await RawClient.OpenAsync(app.Port, "/room");
        await client.ReadReadyAsync();
        await client.SendAsync(new string('x', 101));
        Assert.Equal(1009, (await client.CloseBackAsync()).Code);
    }

    [Fact]
    public async Task RequireAuthorization_refuses_with_401_and_tells_the_user_of_who_is_let_in()
    {
        await using var app = await Application.StartAsync(
            builder =>
            {
                AddBoth(builder);
                builder.Services.AddAuthentication("test").AddScheme<AuthenticationSchemeOptions, TokenHandler>("test", configureOptions: null);
                builder.Services.AddAuthorization();
            },
            application =>
            {
                application.UseAuthentication();
                application.UseAuthorization();
                application.MapChannels<GreetingServer>("/greeting").RequireAuthorization();
            });
        await using var stranger = await RawClient.DialAsync(app.Port);
        await stranger.WriteAsync(RawClient.Handshake(app.Port, "/greeting"));
        Assert.StartsWith("HTTP/1.1 401 ", await stranger.ReadResponseAsync(), StringComparison.Ordinal);

        await using var alice = await RawClient.OpenAsync(app.Port, "/greeting", "Authorization: alice\r\n");
        await alice.ReadReadyAsync();
        Assert.Equal("""{"channel":"down","message":{"text":"welcome alice"}}""", await alice.ReadTextAsync());
        var user = Assert.Single(app.Services.GetRequiredService<GreetingServer>().Connections).User;
        Assert.True(user.Identity!.IsAuthenticated);
    }

    [Fact]
    public async Task Stopping_the_application_closes_with_1001_and_waits_for_the_answers_only()
    {
        var ended = new Seen<Disconnect>();
        await using var app = await Application.StartAsync(AddBoth, MapBoth);
        app.Services.GetRequiredService<RoomServer>().OnDisconnect += async (_, disconnect) =>
        {
            await Task.Yield();
            ended.Add(disconnect);
        };
        var clients = new List<RawClient>();
        for (var i = 0; i < 3; i++)
        {
            clients.Add(await RawClient.OpenAsync(app.Port, "/room"));
            // A connection is one to the application once it is ready; before, a stop only turns it away.
            await clients[i].ReadReadyAsync();
        }
        var stopping = app.StopAsync();
        foreach (var client in clients)
            Assert.Equal(1001, (await client.CloseBackAsync()).Code);
        await stopping;
        Assert.Equal(3, ended.All.Count);
        Assert.All(ended.All, disconnect => Assert.Equal((1001, true), (disconnect.Code, disconnect.WasClean)));
        Assert.Empty(app.Log.Lines);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_that_does_not_answer_holds_up_the_host_for_the_close_timeout_and_no_longer(bool comesWhileStopping)
    {
        var time = new FakeTimeProvider();
        var entered = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        await using var app = await Application.StartAsync(
            builder =>
            {
                // The host's own patience must not be what ends it.
                builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Wait.Bound * 4);
                builder.Services.AddChannels<RoomServer>(options => options.TimeProvider = time);
            },
            application => application.MapChannels<RoomServer>("/room"));
        app.Services.GetRequiredService<RoomServer>().Deciding = async _ =>
        {
            entered.SetResult();
            if (comesWhileStopping)
                await go.Task;
        };
        await using var silent = await RawClient.DialAsync(app.Port);
        await silent.WriteAsync(RawClient.Handshake(app.Port, "/room"));
        await entered.Task.Within();
        Task stopping;
        if (comesWhileStopping)
        {
            // The servers are told of it before this returns.
            stopping = app.StopAsync();
            go.SetResult();
            await silent.ReadResponseAsync();
        }
        else
        {
            await silent.ReadResponseAsync();
            await silent.ReadReadyAsync();
            stopping = app.StopAsync();
        }
        Assert.Equal(1001, (await silent.ReadCloseAsync()).Code);
        time.Advance(TimeSpan.FromSeconds(6));
        await stopping;
        await silent.ReadEndAsync();
        Assert.Equal(0, app.Services.GetRequiredService<RoomServer>().Intake.Count);
    }

    [Fact]
    public async Task Start_stop_and_run_of_a_mapped_server_fail_with_Hosted()
    {
        await using var app = await Application.StartAsync(AddBoth, MapBoth);
        var server = app.Services.GetRequiredService<RoomServer>();
        foreach (var action in new Func<Task>[] { () => server.StartAsync(), () => server.StopAsync(), () => server.RunAsync() })
            Assert.Equal(ServerErrors.Hosted, (await Assert.ThrowsAsync<ServerException>(action)).Code);
        Assert.Equal(0, server.Port);
        await using var client = await RawClient.OpenAsync(app.Port, "/room");
        await client.ReadReadyAsync();
    }

    [Fact]
    public async Task Server_may_be_mapped_twice()
    {
        await using var app = await Application.StartAsync(AddBoth, application =>
        {
            application.MapChannels<RoomServer>("/a");
            application.MapChannels<RoomServer>("/b");
        });
        await using var a = await RawClient.OpenAsync(app.Port, "/a");
        await using var b = await RawClient.OpenAsync(app.Port, "/b");
        await a.ReadReadyAsync();
        await b.ReadReadyAsync();
        Assert.Equal(2, app.Services.GetRequiredService<RoomServer>().ConnectionCount);
    }

    [Fact]
    public async Task Missing_AddChannels_is_told_with_what_to_write()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var failure = Assert.Throws<InvalidOperationException>(() => app.MapChannels<RoomServer>("/room"));
        Assert.Contains("builder.Services.AddChannels<RoomServer>()", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_service_of_a_constructor_is_told_by_name()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddChannels<GreetingServer>();
        await using var app = builder.Build();
        var failure = Assert.Throws<InvalidOperationException>(() => app.MapChannels<GreetingServer>("/greeting"));
        Assert.Contains(nameof(Greeter), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_out_of_its_range_is_told_when_the_server_is_mapped()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddChannels<RoomServer>(options => options.MaxConnections = 0);
        await using var app = builder.Build();
        var failure = Assert.Throws<ServerException>(() => app.MapChannels<RoomServer>("/room"));
        Assert.Equal(ServerErrors.InvalidOptions, failure.Code);
        Assert.Contains("MaxConnections", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Added_server_that_is_never_mapped_is_not_made_and_harms_nothing()
    {
        await using var app = await Application.StartAsync(
            builder => builder.Services.AddChannels<GreetingServer>(), _ => { });
        await app.StopAsync();
        Assert.Empty(app.Log.Lines);
    }

    private sealed class TokenHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers.Authorization is not [{ Length: > 0 } name])
                return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test");
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), "test")));
        }
    }
}
