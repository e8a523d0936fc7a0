using Microsoft.Extensions.DependencyInjection;

namespace TypedChannels;

/// <summary>Adds servers to an application's services.</summary>
public static class ChannelsServiceCollectionExtensions
{
    /// <summary>
    /// Adds a server, as a singleton. <see cref="ChannelsEndpointRouteBuilderExtensions.MapChannels{TServer}"/> gives it its path.
    /// </summary>
    /// <typeparam name="TServer">The server class. Its constructor may take further services.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets the options. Port, host, path and TLS are the application's own and not used.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddChannels<TServer>(this IServiceCollection services, Action<ServerOptions>? configure = null)
        where TServer : Server, IChannelServer<TServer>
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddSingleton(provider =>
        {
            var options = new ServerOptions();
            configure?.Invoke(options);
            return provider.GetRequiredService<HostedServer<TServer>>().Made = TServer.Create(provider, options);
        });
        services.AddSingleton<HostedServer<TServer>>();
        return services.AddHostedService(provider => provider.GetRequiredService<HostedServer<TServer>>());
    }
}
