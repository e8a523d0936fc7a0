using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TypedChannels;

/// <summary>Has the application's host wait, when it stops, for the handlers of a server's last connections.</summary>
internal sealed class HostedServer<TServer>(IServiceProvider services) : IHostedService
    where TServer : Server
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        services.GetRequiredService<TServer>().Life.WaitForHostedAsync().WaitAsync(cancellationToken);
}
