using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TypedChannels.Tests.Hosting;

/// <summary>A user's application on a free port of the loopback interface, which maps servers.</summary>
internal sealed class Application : IAsyncDisposable
{
    private readonly WebApplication _application;

    private Application(WebApplication application, LogSink log) => (_application, Log) = (application, log);

    public LogSink Log { get; }

    public int Port => new Uri(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    public IServiceProvider Services => _application.Services;

    /// <param name="build">Adds services.</param>
    /// <param name="map">Maps endpoints.</param>
    /// <param name="ssl">The certificate, where there is TLS.</param>
    public static async Task<Application> StartAsync(Action<WebApplicationBuilder> build, Action<WebApplication> map, SslOptions? ssl = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var log = new LogSink();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<ILoggerFactory>(log);
        if (ssl is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (ssl is null)
                return;
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(X509Certificate2.CreateFromPem(ssl.Certificate, ssl.Key));
        }));
        build(builder);
        var web = builder.Build();
        map(web);
        await web.StartAsync().Within();
        return new Application(web, log);
    }

    /// <summary>The status that a handshake is answered with.</summary>
    /// <param name="path">Where.</param>
    /// <param name="headers">Further headers, each with its line's end.</param>
    public async Task<int> AskAsync(string path, string headers = "")
    {
        await using var client = await RawClient.DialAsync(Port);
        await client.WriteAsync(RawClient.Handshake(Port, path, headers));
        var response = await client.ReadResponseAsync();
        Assert.StartsWith("HTTP/1.1 ", response, StringComparison.Ordinal);
        return int.Parse(response.AsSpan("HTTP/1.1 ".Length, 3), System.Globalization.CultureInfo.InvariantCulture);
    }

    public Task StopAsync() => _application.StopAsync().Within();

    // Bounded: a test that has failed may have left its server waiting for a clock that stands still.
    public async ValueTask DisposeAsync() => await _application.DisposeAsync().Within();
}
