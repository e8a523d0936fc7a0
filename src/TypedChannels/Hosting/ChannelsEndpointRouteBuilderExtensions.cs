using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>Gives servers their paths in an application.</summary>
public static class ChannelsEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps a server that <c>AddChannels</c> added. It accepts connections while the application runs.
    /// </summary>
    /// <typeparam name="TServer">The server class.</typeparam>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route of the WebSocket endpoint.</param>
    /// <returns>The endpoint, for conventions such as <c>RequireAuthorization</c>.</returns>
    /// <exception cref="InvalidOperationException">The server was not added.</exception>
    /// <exception cref="ServerException">An option is out of its range.</exception>
    public static IEndpointConventionBuilder MapChannels<TServer>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
        where TServer : Server, IChannelServer<TServer>
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var server = services.GetService<TServer>() ?? throw new InvalidOperationException(
            $"Call builder.Services.AddChannels<{typeof(TServer).Name}>() before app.MapChannels<{typeof(TServer).Name}>(…).");
        server.Life.BecomeHosted(
            services.GetService<ILoggerFactory>(),
            services.GetService<IMeterFactory>(),
            services.GetService<TimeProvider>(),
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        return endpoints.Map(pattern, server.Intake.AcceptAsync)
            .WithDisplayName($"{typeof(TServer).Name} {pattern}")
            .WithMetadata(new NoPage());
    }

    /// <summary>Has cookie authentication answer with 401 or 403: a WebSocket cannot follow a redirect to a login page.</summary>
    private sealed class NoPage : IDisableCookieRedirectMetadata;
}
