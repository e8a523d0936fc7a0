using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TypedChannels;

/// <summary>Says whether a server takes connections.</summary>
/// <param name="name">The server class.</param>
/// <param name="server">Null: nobody has asked for the server yet, as mapping it does.</param>
internal sealed class ServerHealthCheck(string name, Server? server) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check(context.Registration.FailureStatus));

    private HealthCheckResult Check(HealthStatus failure)
    {
        if (server?.Intake.MaxConnections is not { } limit)
            return new HealthCheckResult(failure, $"{name} takes no connections: it is not mapped, or it stops.");
        // One more than the limit is one that is being refused.
        var connections = Math.Min(server.Intake.Count, limit);
        var data = new Dictionary<string, object> { ["connections"] = connections, ["limit"] = limit };
        // Degraded and no failure: whoever is connected is served, and a restart would cut them all off.
        return connections < limit
            ? HealthCheckResult.Healthy($"{name} takes connections.", data)
            : HealthCheckResult.Degraded($"{name} is full.", data: data);
    }
}
