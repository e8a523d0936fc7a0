using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace TypedChannels;

/// <summary>Adds servers to an application's health checks.</summary>
public static class ChannelsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of a server that <c>AddChannels</c> added. It is healthy while the server takes connections, degraded
    /// while there are as many as <see cref="ServerOptions.MaxConnections"/> allows, and fails where the server is not mapped or stops.
    /// </summary>
    /// <typeparam name="TServer">The server class.</typeparam>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name. Default <see langword="null"/>: that of the server class.</param>
    /// <param name="failureStatus">What a failure is. Default <see langword="null"/>: <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">Tags to choose the check by. Default <see langword="null"/>: none.</param>
    /// <returns>The health checks.</returns>
    /// <remarks>
    /// The data are <c>connections</c>, those whose handshake is under way or that are closing among them, and <c>limit</c>.
    /// </remarks>
    public static IHealthChecksBuilder AddChannels<TServer>(
        this IHealthChecksBuilder builder, string? name = null, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
        where TServer : Server, IChannelServer<TServer>
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? typeof(TServer).Name,
            services => new ServerHealthCheck(typeof(TServer).Name, services.GetService<HostedServer<TServer>>()?.Made),
            failureStatus,
            tags));
    }
}
