using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;

namespace TypedChannels;

/// <summary>Opens the framework's client socket.</summary>
internal static class WebSocketDialer
{
    // The framework's clock runs on while nobody reads, because handlers do not keep up, and would drop a server that is well. Ours stops:
    // see WebSocketTransport. Its pings it sends all the same.
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    // What a server may answer the handshake with, as its own bound for the request.
    private const int MaxResponseHeadersKilobytes = 32;

    /// <exception cref="ClientException">The server cannot be reached, or refuses; or there is no token for it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<WebSocket> DialAsync(ClientOptions options, ReceiveClock clock, CancellationToken cancellationToken)
    {
        var socket = new ClientWebSocket();
        try
        {
            await HandshakeHeaders.AddAsync(options, socket.Options, cancellationToken).ConfigureAwait(false);
            socket.Options.KeepAliveInterval = options.PingInterval;
            socket.Options.KeepAliveTimeout = Never;
            socket.Options.CollectHttpResponseDetails = true;
            // What it has opened lives on without it.
            using var invoker = new HttpMessageInvoker(NewHandler(options, clock));
            await socket.ConnectAsync(options.Uri!, invoker, cancellationToken).ConfigureAwait(false);
            // They would be kept as long as the socket.
            socket.HttpResponseHeaders = null;
            return socket;
        }
        catch (WebSocketException exception)
        {
            var status = (int)socket.HttpStatusCode;
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw DialFailure.Of(exception, status, options.Address);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static SocketsHttpHandler NewHandler(ClientOptions options, ReceiveClock clock)
    {
        var (server, isDialled) = (new DnsEndPoint(options.Uri!.IdnHost, options.Uri.Port), false);
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (context, token) =>
            {
                // The handler would dial again, at once and unseen, where a server ends the connection unanswered. A proxy it may ask
                // twice: who this client is comes second.
                if (context.DnsEndPoint.Equals(server) && Interlocked.Exchange(ref isDialled, true))
                    throw new IOException("The server has ended the connection without an answer.");
                return ConnectAsync(context.DnsEndPoint, clock, token);
            },
            // Whoever redirects would be sent the cookies and headers of somebody else.
            AllowAutoRedirect = false,
            MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
            // A refusal is known by its status: nothing of its page is waited for.
            MaxResponseDrainSize = 0,
            Proxy = options.Proxy,
            UseCookies = options.Cookies is not null,
        };
        if (options.Cookies is { } cookies)
            handler.CookieContainer = cookies;
        if (options.Ssl is { } ssl)
            handler.SslOptions = ssl;
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint server, ReceiveClock clock, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            return new HeardStream(socket, clock);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
