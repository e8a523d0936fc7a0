using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace TypedChannels;

/// <summary>A server's own host: Kestrel with one endpoint, and nothing of an application around it.</summary>
internal sealed class KestrelHost : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ServerOptions _options;
    private readonly X509Certificate2Collection? _certificates;

    private KestrelHost(WebApplication application, ServerOptions options, X509Certificate2Collection? certificates) =>
        (_application, _options, _certificates) = (application, options, certificates);

    /// <summary>The user's logging; where there is none, warnings and errors go to standard error.</summary>
    public ILoggerFactory LoggerFactory => _application.Services.GetRequiredService<ILoggerFactory>();

    /// <summary>The port that the host listens on.</summary>
    public int Port { get; private set; }

    /// <exception cref="ServerException"><see cref="ServerErrors.InvalidCertificate"/>.</exception>
    public static KestrelHost Build(ServerOptions options, ConnectionRoom room, RequestDelegate endpoint)
    {
        var certificate = options.Ssl is null ? null : PemCertificate.Read(options.Ssl);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Configure(kestrel, options, room, certificate));
        builder.Services.Configure<SocketTransportOptions>(sockets =>
        {
            sockets.Backlog = options.PendingLimit;
            // Sockets complete on the pool unless handlers are wanted inline, and .NET has another thread of it take the next socket before it
            // runs what this one's completion leads to; a transport gives its thread back in turn. So a further change of thread gains
            // nothing. Under TLS it stays: HTTP/2 counts on it, and ends a connection of rapid resets in another way without.
            sockets.UnsafePreferInlineScheduling = certificate is null || options.HandlerScheduling == HandlerScheduling.Inline;
        });
        if (options.HandlerScheduling == HandlerScheduling.Inline)
            InlineSockets.Enable();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.CloseTimeout);
        // The framework's own lifetime would install signal handlers; see Server.StartAsync.
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, CallersLifetime>());
        var time = options.TimeProvider ?? TimeProvider.System;
        if (options.LoggerFactory is { } logging)
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(new HostLoggerFactory(logging, time, isOwn: false)));
        }
        else
        {
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.SingleLine = true);
            builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
            builder.Services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(services =>
            {
                var filter = services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>();
                return new HostLoggerFactory(new LoggerFactory(services.GetServices<ILoggerProvider>(), filter), time, isOwn: true);
            }));
        }
        var application = builder.Build();
        // A request's path is compared decoded.
        var path = PathString.FromUriComponent(options.Path);
        application.Run(context =>
        {
            if (context.Request.Path == path)
                return endpoint(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
        return new KestrelHost(application, options, certificate);
    }

    /// <summary>Warns of a certificate that no client will take. The server starts: its clock may be the one that is wrong.</summary>
    public void TellOfCertificates(ILogger logger, DateTimeOffset now)
    {
        foreach (var certificate in _certificates ?? [])
        {
            if (now < certificate.NotBefore || now > certificate.NotAfter)
                ServerLog.CertificateNotValidNow(
                    logger, certificate.Subject, certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        }
    }

    /// <exception cref="ServerException"><see cref="ServerErrors.AddressInUse"/> or <see cref="ServerErrors.InvalidOptions"/>.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _application.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            throw new ServerException(ServerErrors.AddressInUse, $"Another process listens on {_options.Host}:{_options.Port}.", exception);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            throw new ServerException(
                ServerErrors.InvalidOptions,
                $"ServerOptions.Host and Port: cannot listen on {_options.Host}:{_options.Port}. {exception.Message}",
                exception);
        }
        var addresses = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Port = BindingAddress.Parse(addresses.Addresses.First()).Port;
    }

    public Task StopAsync() => _application.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync().ConfigureAwait(false);
        if (_certificates is not null)
            PemCertificate.Dispose(_certificates);
    }

    private static void Configure(
        KestrelServerOptions kestrel, ServerOptions options, ConnectionRoom room, X509Certificate2Collection? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.RequestHeadersTimeout = options.HandshakeTimeout;
        // A connection that has not sent a byte counts as kept alive.
        kestrel.Limits.KeepAliveTimeout = options.HandshakeTimeout;
        // Those that have not finished their handshake: one that is upgraded counts no longer.
        kestrel.Limits.MaxConcurrentConnections = room.Handshakes;
        if (options.Host == "localhost" && options.Port != 0)
            kestrel.ListenLocalhost(options.Port, Endpoint);
        else
            kestrel.Listen(options.Host == "localhost" ? IPAddress.Loopback : IPAddress.Parse(options.Host), options.Port, Endpoint);

        void Endpoint(ListenOptions listen)
        {
            // HTTP/2 is agreed on inside TLS; without it there is only HTTP/1.1.
            listen.Protocols = certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
            if (certificate is not null)
            {
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = certificate[0],
                    ServerCertificateChain = certificate,
                    HandshakeTimeout = options.HandshakeTimeout,
                });
            }
            listen.Use(certificate is null ? HandOver.Use : HandOver.UseInTls);
        }
    }

    /// <summary>A life that whoever started the host ends.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
