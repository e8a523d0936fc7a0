using System.IO.Pipelines;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace TypedChannels.Conformance;

/// <summary>Sends text and binary back, on the product's own handshake, frame codec, assembler, transport and closing.</summary>
internal sealed class EchoEndpoint : IAsyncDisposable
{
    private static readonly ConnectionServices Services = new(TimeProvider.System, NullLogger.Instance);

    private readonly WebApplication _application;
    private readonly Sweeper _sweeper = new(TimeProvider.System, Limits.SweepInterval);

    private EchoEndpoint(X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        // The program's own signals end it: no host here takes them for itself.
        builder.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, CallersLifetime>());
        builder.WebHost.UseKestrelCore();
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        _application = builder.Build();
        _application.Run(AcceptAsync);
    }

    /// <summary>Wide enough for the largest cases: the limits have tests of their own.</summary>
    public static ConnectionLimits Limits { get; } = new()
    {
        MaxMessageBytes = 16 * 1024 * 1024,
        MaxFragments = 1_000_000,
        SendQueueBytes = 64 * 1024 * 1024,
        MaxControlFramesPerSecond = 100_000,
        AcceptBinary = true,
    };

    public Uri Uri { get; private set; } = null!;

    public static async Task<EchoEndpoint> StartAsync(X509Certificate2? certificate)
    {
        var endpoint = new EchoEndpoint(certificate);
        await endpoint._application.StartAsync();
        var port = new Uri(endpoint._application.Urls.First()).Port;
        endpoint.Uri = new Uri($"{(certificate is null ? "ws" : "wss")}://127.0.0.1:{port}/");
        return endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var connection in _sweeper.Connections)
            connection.Abort();
        _sweeper.Dispose();
        await _application.DisposeAsync();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        if (OpeningHandshake.Check(context) is { } refusal)
        {
            context.Response.StatusCode = refusal.Status;
            return;
        }
        var bytes = new Bytes(context, context.Features.Get<IConnectionTransportFeature>()!.Transport);
        var deflateWindowBits = DeflateOffer.Choose(OpeningHandshake.Extensions(context), out var extensions);
        await OpeningHandshake.AcceptAsync(context, extensions);
        ChannelConnection connection = null!;
        connection = new ChannelConnection(new Owner(), "echo", Limits, Services, (opcode, payload) =>
        {
            connection.Sending.Post(EncodedMessage.FromBytes(opcode, payload));
            return default;
        });
        var transport = new PipeTransport(connection, bytes, Limits, deflateWindowBits);
        connection.Attach(transport);
        _sweeper.Add(connection);
        await transport.RunAsync();
        _sweeper.Remove(connection);
    }

    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Bytes(HttpContext context, IDuplexPipe pipe) : IByteConnection
    {
        public PipeReader Input => pipe.Input;

        public PipeWriter Output => pipe.Output;

        public CancellationToken Lost => context.RequestAborted;

        public void Abort() => context.Abort();
    }

    /// <summary>Nobody: messages are answered before they come so far.</summary>
    private sealed class Owner : IConnectionOwner
    {
        public ValueTask OpenedAsync() => default;

        public ValueTask DispatchAsync(ReceivedMessage received) => throw new NotSupportedException();

        public bool HandleSystemMessage(ReceivedMessage received) => throw new NotSupportedException();

        public void MessageFailed(MessageError error)
        {
        }

        public Exception Failure(ConnectionErrors code, string message) => new ConnectionException(code, message);

        public bool MeansNotAlive(Exception exception) => exception is ConnectionException { Code: ConnectionErrors.NotAlive };

        public void Left()
        {
        }

        public ValueTask ClosedAsync(Disconnect disconnect) => default;
    }
}
