using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TypedChannels.Tests.Hosting;

public class HealthCheckTests
{
    private static async Task<HealthReportEntry> CheckAsync(Application app, string name = nameof(RoomServer)) =>
        (await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().Within()).Entries[name];

    private static Task<Application> StartAsync(
        Action<IHealthChecksBuilder> add, Action<WebApplication> map, Action<ServerOptions>? configure = null) => Application.StartAsync(
            builder =>
            {
                builder.Services.AddChannels<RoomServer>(configure);
                add(builder.Services.AddHealthChecks());
            },
            map);

    [Fact]
    public async Task Server_that_takes_connections_is_healthy_and_a_full_one_degraded()
    {
        await using var app = await StartAsync(
            checks => checks.AddChannels<RoomServer>(),
            application =>
            {
                application.MapChannels<RoomServer>("/room");
                application.MapHealthChecks("/health");
            },
            options => options.MaxConnections = 2);
        var before = await CheckAsync(app);
        Assert.Equal(HealthStatus.Healthy, before.Status);
        Assert.Equal((0, 2), (before.Data["connections"], before.Data["limit"]));

        await using var one = await RawClient.OpenAsync(app.Port, "/room");
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(app)).Status);
        await using var two = await RawClient.OpenAsync(app.Port, "/room");
        var full = await CheckAsync(app);
        Assert.Equal(HealthStatus.Degraded, full.Status);
        Assert.Equal((2, 2), (full.Data["connections"], full.Data["limit"]));

        using var http = new HttpClient();
        Assert.Equal("Degraded", await http.GetStringAsync(new Uri($"http://127.0.0.1:{app.Port}/health")).Within());

        await two.LeaveAsync();
        await Wait.UntilAsync(() => app.Services.GetRequiredService<RoomServer>().Intake.Count, count => count == 1);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(app)).Status);
    }

    [Fact]
    public async Task Server_that_is_not_mapped_is_unhealthy_and_is_not_made_to_find_that_out()
    {
        await using var app = await Application.StartAsync(
            builder =>
            {
                // Its constructor's service is missing: making it would fail.
                builder.Services.AddChannels<GreetingServer>();
                builder.Services.AddHealthChecks().AddChannels<GreetingServer>().AddChannels<RoomServer>();
            },
            _ => { });
        foreach (var name in new[] { nameof(GreetingServer), nameof(RoomServer) })
        {
            var entry = await CheckAsync(app, name);
            Assert.Equal(HealthStatus.Unhealthy, entry.Status);
            Assert.Contains($"{name} takes no connections", entry.Description, StringComparison.Ordinal);
            Assert.Null(entry.Exception);
        }
    }

    [Fact]
    public async Task Server_that_stops_is_unhealthy_before_its_connections_have_ended()
    {
        await using var app = await StartAsync(
            checks => checks.AddChannels<RoomServer>(), application => application.MapChannels<RoomServer>("/room"));
        await using var client = await RawClient.OpenAsync(app.Port, "/room");
        await client.ReadReadyAsync();
        var stopping = app.StopAsync();
        Assert.Equal(1001, (await client.ReadCloseAsync()).Code);
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(app)).Status);
        await client.SendCloseAsync(1001);
        await stopping;
    }

    [Fact]
    public async Task Name_failure_status_and_tags_are_the_user_s()
    {
        await using var app = await StartAsync(
            checks => checks.AddChannels<RoomServer>("room", HealthStatus.Degraded, ["ready"]), _ => { });
        var entry = await CheckAsync(app, "room");
        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal(["ready"], entry.Tags);
    }
}
