using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace TypedChannels;

/// <summary>Adds servers to an application's services.</summary>
#pragma warning disable RS0026 // One overload needs a section: no call fits both.
public static class ChannelsServiceCollectionExtensions
{
    /// <summary>
    /// Adds a server, as a singleton. <see cref="ChannelsEndpointRouteBuilderExtensions.MapChannels{TServer}"/> gives it its path.
    /// </summary>
    /// <typeparam name="TServer">The server class. Its constructor may take further services, but no scoped ones.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">
    /// Sets the options. Port, host, backlog, path and TLS are the application's own and not used; a warning is logged where one is set.
    /// </param>
    /// <returns>The services.</returns>
    /// <remarks>Where it is called again for the same server, its options add to those of the calls before.</remarks>
    public static IServiceCollection AddChannels<TServer>(this IServiceCollection services, Action<ServerOptions>? configure = null)
        where TServer : Server, IChannelServer<TServer>
    {
        ArgumentNullException.ThrowIfNull(services);
        return Add<TServer>(services, configure ?? (_ => { }));
    }

    /// <summary>
    /// Adds a server, as a singleton, with options from the application's configuration.
    /// <see cref="ChannelsEndpointRouteBuilderExtensions.MapChannels{TServer}"/> gives it its path.
    /// </summary>
    /// <typeparam name="TServer">The server class. Its constructor may take further services, but no scoped ones.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="section">
    /// The section whose keys are names of options: numbers; times such as <c>00:00:15</c>; names of enum values; and the list
    /// <c>AllowedOrigins</c>. It is read when the server is made, which mapping it does; later changes have no effect.
    /// </param>
    /// <param name="configure">Sets further options, after the section's.</param>
    /// <returns>The services.</returns>
    /// <remarks>
    /// Mapping the server fails with <see cref="ServerErrors.InvalidOptions"/>, which names the key, where a key is no option, where it is
    /// one that an application does not use (<c>Port</c>, <c>Host</c>, <c>PendingLimit</c>, <c>Path</c>, <c>Ssl</c>), and where a value
    /// cannot be read.
    /// </remarks>
    public static IServiceCollection AddChannels<TServer>(
        this IServiceCollection services, IConfiguration section, Action<ServerOptions>? configure = null)
        where TServer : Server, IChannelServer<TServer>
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        Add<TServer>(services, options => ServerOptionsReader.Read(section, options));
        return configure is null ? services : Add<TServer>(services, configure);
    }

    private static IServiceCollection Add<TServer>(IServiceCollection services, Action<ServerOptions> configure)
        where TServer : Server, IChannelServer<TServer>
    {
        services.AddSingleton(new ServerSetup<TServer>(configure));
        if (services.Any(service => service.ServiceType == typeof(HostedServer<TServer>)))
            return services;
        services.AddSingleton(provider =>
        {
            var from = new ServerServices(provider, services, typeof(TServer).Name);
            return provider.GetRequiredService<HostedServer<TServer>>().Made = TServer.Create(from, ServerSetup<TServer>.Apply(provider));
        });
        services.AddSingleton<HostedServer<TServer>>();
        return services.AddHostedService(provider => provider.GetRequiredService<HostedServer<TServer>>());
    }
}
