#region observability-application
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TypedChannels;
#endregion

namespace Snippets.Observability;

internal static class Application
{
    public static void Run(string[] args)
    {
        #region observability-application
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddChannels<ChatServer>();
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("TypedChannels").AddOtlpExporter())
            .WithTracing(tracing => tracing.AddSource("TypedChannels").AddAspNetCoreInstrumentation().AddOtlpExporter());

        var app = builder.Build();
        app.MapChannels<ChatServer>("/chat");
        app.Run();
        #endregion
    }
}
