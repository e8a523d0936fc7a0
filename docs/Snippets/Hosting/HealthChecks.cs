#region health-checks
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedChannels;
#endregion

namespace Snippets.Hosting;

internal static class HealthChecks
{
    public static void Run(string[] args)
    {
        #region health-checks
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddChannels<ChatServer>();
        builder.Services.AddHealthChecks().AddChannels<ChatServer>(tags: ["ready"]);

        var app = builder.Build();
        app.MapChannels<ChatServer>("/chat");
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false });
        app.MapHealthChecks("/health/ready", new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains("ready"),
            ResultStatusCodes = { [HealthStatus.Degraded] = StatusCodes.Status503ServiceUnavailable },
        });
        app.Run();
        #endregion
    }
}
