using System.Net;
using System.Net.Security;
using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>
/// The options of a client. They are checked and read when it connects, by itself too. Not safe for concurrent use. What they hold of
/// secrets is neither logged nor told by an exception.
/// </summary>
public sealed class ClientOptions
{
    /// <summary>Where the server is: <c>ws://</c> or <c>wss://</c>, host, port and path.</summary>
    /// <value>Required.</value>
    public Uri? Uri { get; set; }

    /// <summary>The address as it may be told and logged: a user's password, or a token in the query, is nobody else's.</summary>
    internal string Address => Uri is { IsAbsoluteUri: true } uri
        ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : "";

    /// <summary>What the handshake's request carries beside its own headers.</summary>
    /// <value>
    /// Default empty. Names are tokens (RFC 9110 §5.6.2), values printable ASCII. What the handshake is made of (<c>Connection</c>,
    /// <c>Upgrade</c>, <c>Sec-WebSocket-…</c>) is not to be set, nor a cookie beside <see cref="Cookies"/>, nor <c>Authorization</c> beside
    /// <see cref="TokenProvider"/>.
    /// </value>
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The cookies that are sent to the server, and where those of its answer go.</summary>
    /// <value>Default <see langword="null"/>: none are sent, and none are kept.</value>
    public CookieContainer? Cookies { get; set; }

    /// <summary>
    /// Gives the token of each attempt to connect, which is sent as <c>Authorization: Bearer</c> (RFC 6750 §2.1). Its time is part of
    /// <see cref="ConnectTimeout"/>, at whose end, or when connecting is cancelled, its own token is cancelled.
    /// </summary>
    /// <value>Default <see langword="null"/>: none is sent, as where it gives <see langword="null"/>.</value>
    /// <remarks>Where it fails, so does the attempt, with <see cref="ClientErrors.TokenFailed"/>.</remarks>
    public Func<CancellationToken, ValueTask<string?>>? TokenProvider { get; set; }

    /// <summary>
    /// How TLS is spoken with a <c>wss://</c> server: this client's own certificates, the authorities that it trusts
    /// (<see cref="SslClientAuthenticationOptions.CertificateChainPolicy"/>), how it checks the server's certificate.
    /// </summary>
    /// <value>Default <see langword="null"/>: no certificate of its own, and what the system trusts.</value>
    public SslClientAuthenticationOptions? Ssl { get; set; }

    /// <summary>The proxy on the way to the server. It is asked for a tunnel (<c>CONNECT</c>).</summary>
    /// <value>
    /// Default <see langword="null"/>: what the environment says (<see cref="HttpClient.DefaultProxy"/>). <c>new WebProxy()</c> uses none.
    /// Its credentials stand in <see cref="IWebProxy.Credentials"/>, not in its address.
    /// </value>
    public IWebProxy? Proxy { get; set; }

    /// <summary>How the client connects again by itself when it has lost its connection.</summary>
    /// <value>Default <see langword="null"/>: it does not.</value>
    public ReconnectOptions? Reconnect { get; set; }

    /// <summary>How long connecting may take, to the server's ready message.</summary>
    /// <value>More than zero, at most 1 day. Default 10 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Largest message accepted from the server, in bytes, summed over its fragments (RFC 6455 §5.4).</summary>
    /// <value>1 to 1,073,741,824. Default 1,048,576 (1 MiB): whatever a server with default options can send.</value>
    /// <remarks>A larger message closes the connection with 1009.</remarks>
    public int MaxMessageBytes { get; set; } = 1024 * 1024;

    /// <summary>How many bytes of messages may wait to be sent. A send beyond it fails with <see cref="ClientErrors.QueueFull"/>.</summary>
    /// <value>1 to 1,073,741,824. Default 1,048,576 (1 MiB).</value>
    public int SendQueueBytes { get; set; } = 1024 * 1024;

    /// <summary>
    /// How many bytes of messages may wait for their handlers. A full queue stops reading, and TCP holds the server back.
    /// </summary>
    /// <value>1 to 1,073,741,824. Default 262,144 (256 KiB).</value>
    public int ReceiveQueueBytes { get; set; } = 256 * 1024;

    /// <summary>How often the server is sent a ping (RFC 6455 §5.5.2).</summary>
    /// <value>More than zero, at most 1 day. Default 15 seconds.</value>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long the server may take to answer a ping before it is taken for dead.</summary>
    /// <value>More than zero, at most 1 day. Default 10 seconds.</value>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a closing handshake may take (RFC 6455 §7.1.1) before the connection is dropped.</summary>
    /// <value>More than zero, at most 1 day. Default 5 seconds.</value>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Where log messages go.</summary>
    /// <value>Default <see langword="null"/>: nowhere. A handler that fails raises <see cref="Client.OnMessageError"/> in any case.</value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The clock.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <exception cref="ArgumentException">An option is out of its range; the message names it.</exception>
    internal void Check() => ClientOptionsCheck.Check(this);
}
