using Microsoft.Extensions.DependencyInjection;

namespace TypedChannels;

/// <summary>What one call of <c>AddChannels</c> does to a server's options. Several calls add to each other.</summary>
internal sealed class ServerSetup<TServer>(Action<ServerOptions> configure)
    where TServer : Server
{
    public static ServerOptions Apply(IServiceProvider services)
    {
        var options = new ServerOptions();
        foreach (var setup in services.GetServices<ServerSetup<TServer>>())
            setup.Configure(options);
        return options;
    }

    private void Configure(ServerOptions options) => configure(options);
}
