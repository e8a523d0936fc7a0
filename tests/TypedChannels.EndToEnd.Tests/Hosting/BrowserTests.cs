using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using TypedChannels.Tests.Samples;

namespace TypedChannels.Tests.Hosting;

/// <summary>An application's page, served over TLS, which opens a WebSocket to each of its two servers.</summary>
public class BrowserTests(ITestOutputHelper output)
{
    private const string Page = """
        <!doctype html>
        <title>Two servers</title>
        <link rel="icon" href="data:,">
        <p id="status" data-state="waiting"></p>
        <p id="upper"></p>
        <p id="length"></p>
        <script>
          const ask = name => new Promise(done => {
            const socket = new WebSocket(`wss://${location.host}/${name}`);
            const shown = document.getElementById(name);
            socket.onmessage = event => {
              const { channel, message } = JSON.parse(event.data);
              if (channel === "_system:status:ready")
                socket.send(JSON.stringify({ channel: "ask", message: { text: "hello" } }));
              else if (channel === "answer")
                shown.textContent = message.text;
              if (channel === "answer")
                socket.close(1000);
            };
            socket.onclose = event => { shown.dataset.code = `${event.code} ${event.wasClean}`; done(); };
          });
          Promise.all([ask("upper"), ask("length")]).then(() => document.getElementById("status").dataset.state = "open");
        </script>
        """;

    [Theory]
    [InlineData(HttpProtocols.Http1, "HTTP/1.1 GET")]
    [InlineData(HttpProtocols.Http2, "HTTP/2 CONNECT")]
    [InlineData(HttpProtocols.Http1AndHttp2, "HTTP/2 CONNECT")]
    public async Task Page_served_over_tls_talks_to_two_servers_of_its_application(HttpProtocols protocols, string by)
    {
        var program = Ground.RequireChromium();
        var handshakes = new ConcurrentQueue<string>();
        await using var app = Build(protocols, handshakes);
        await app.StartAsync(TestContext.Current.CancellationToken);
        await using var browser = await Chromium.StartAsync(program, "--ignore-certificate-errors");

        var tab = await browser.OpenAsync(new Uri(app.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal)), 800, 600);

        Assert.Equal("HELLO 1000 true", (string?)await ShownAsync(tab, "upper"));
        Assert.Equal("5 1000 true", (string?)await ShownAsync(tab, "length"));
        Assert.Equal([$"{by} /length", $"{by} /upper"], handshakes.Order(StringComparer.Ordinal));
        Assert.Empty(browser.Errors);
        output.WriteLine(string.Join(", ", handshakes));
    }

    private static Task<System.Text.Json.Nodes.JsonNode?> ShownAsync(Chromium.Tab tab, string id) =>
        tab.EvaluateAsync($"document.getElementById('{id}').textContent + ' ' + document.getElementById('{id}').dataset.code");

    private static WebApplication Build(HttpProtocols protocols, ConcurrentQueue<string> handshakes)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = protocols;
            listen.UseHttps(MakeCertificate());
        }));
        builder.Services.AddChannels<UpperServer>();
        builder.Services.AddChannels<LengthServer>();
        var app = builder.Build();
        app.Use((context, next) =>
        {
            if (context.Request.Path != "/")
                handshakes.Enqueue($"{context.Request.Protocol} {context.Request.Method} {context.Request.Path}");
            return next(context);
        });
        app.MapGet("/", context =>
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(Page);
        });
        app.MapChannels<UpperServer>("/upper");
        app.MapChannels<LengthServer>("/length");
        return app;
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
