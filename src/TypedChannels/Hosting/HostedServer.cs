using Microsoft.Extensions.Hosting;

namespace TypedChannels;

/// <summary>Has the application's host wait, when it stops, for the handlers of a server's last connections.</summary>
internal sealed class HostedServer<TServer> : IHostedService
    where TServer : Server
{
    /// <summary>The server, once somebody has asked for it: one that is not mapped is not made only to be stopped.</summary>
    public TServer? Made { get; set; }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) =>
        Made is { } server ? server.Life.WaitForHostedAsync().WaitAsync(cancellationToken) : Task.CompletedTask;
}
