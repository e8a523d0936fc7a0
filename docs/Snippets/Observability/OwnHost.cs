#region observability-own-host
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TypedChannels;
#endregion

namespace Snippets.Observability;

internal static class OwnHost
{
    public static async Task RunAsync()
    {
        #region observability-own-host
        using var metrics = Sdk.CreateMeterProviderBuilder().AddMeter("TypedChannels").AddOtlpExporter().Build();
        using var traces = Sdk.CreateTracerProviderBuilder().AddSource("TypedChannels").AddOtlpExporter().Build();

        await using var server = new ChatServer(new ServerOptions { Port = 3549 });
        await server.RunAsync();
        #endregion
    }
}
