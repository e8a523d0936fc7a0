using System.Buffers;
using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>
/// The options of a server. They are checked and copied when it starts; later changes have no effect. Not safe for concurrent use.
/// </summary>
public sealed class ServerOptions
{
    /// <summary>The TCP port to listen on.</summary>
    /// <value>0 to 65,535. Default 0: any free port, which <see cref="Server.Port"/> tells.</value>
    public int Port { get; set; }

    /// <summary>The address to listen on: an IP address, or <c>localhost</c> for the loopback interface.</summary>
    /// <value>Default <c>0.0.0.0</c>: all IPv4 interfaces.</value>
    public string Host { get; set; } = "0.0.0.0";

    /// <summary>How many connections may wait to be accepted (the listen backlog).</summary>
    /// <value>1 to 2,147,483,647. Default 10,000.</value>
    public int PendingLimit { get; set; } = 10_000;

    /// <summary>The certificate for TLS.</summary>
    /// <value>Default <see langword="null"/>: no TLS.</value>
    public SslOptions? Ssl { get; set; }

    /// <summary>The path of the WebSocket endpoint.</summary>
    /// <value>Begins with <c>/</c>; escaped or not. Default <c>/</c>.</value>
    public string Path { get; set; } = "/";

    /// <summary>Largest message accepted from a client, in bytes, summed over its fragments (RFC 6455 §5.4).</summary>
    /// <value>1 to 1,073,741,824. Default 65,536 (64 KiB).</value>
    /// <remarks>A larger message closes the connection with 1009 as soon as a frame header announces it (RFC 6455 §7.4.1).</remarks>
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>How many frames one message may come in (RFC 6455 §5.4).</summary>
    /// <value>1 to 2,147,483,647. Default 1,024.</value>
    /// <remarks>A message of more fragments closes the connection with 1008.</remarks>
    public int MaxFragments { get; set; } = 1024;

    /// <summary>How many bytes of messages may wait to be sent to one client, with 64 bytes beside each message's own.</summary>
    /// <value>256 to 1,073,741,824. Default 1,048,576 (1 MiB).</value>
    /// <remarks>What happens beyond it is said by <see cref="SlowConsumer"/>.</remarks>
    public int SendQueueBytes { get; set; } = 1024 * 1024;

    /// <summary>How many bytes of messages from one client may wait for its handlers, with 64 bytes beside each message's own.</summary>
    /// <value>1 to 1,073,741,824. Default 262,144 (256 KiB).</value>
    /// <remarks>A full queue stops reading from that client, and TCP holds it back.</remarks>
    public int ReceiveQueueBytes { get; set; } = 256 * 1024;

    /// <summary>What happens to a client that takes its messages more slowly than they are sent.</summary>
    /// <value>Default <see cref="TypedChannels.SlowConsumer.Disconnect"/>.</value>
    public SlowConsumer SlowConsumer { get; set; }

    /// <summary>How long a client may be silent before it is sent a ping (RFC 6455 §5.5.2).</summary>
    /// <value>More than zero, at most 1 day. Default 15 seconds.</value>
    public TimeSpan PingInterval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a client may take to answer a ping before it is taken for dead and dropped.</summary>
    /// <value>More than zero, at most 1 day. Default 10 seconds.</value>
    public TimeSpan PingTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long an opening handshake may take: TLS, the request, and <see cref="Server.OnHandshakeAsync"/>, each. In an application that
    /// maps the server the first two are Kestrel's own limits.
    /// </summary>
    /// <value>More than zero, at most 1 day. Default 10 seconds.</value>
    /// <remarks>Beyond it the TCP connection is dropped, or the handshake answered with 503.</remarks>
    public TimeSpan HandshakeTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may take to send a message that it has begun, all fragments of it.</summary>
    /// <value>More than zero, at most 1 day. Default 30 seconds.</value>
    /// <remarks>Beyond it the connection is closed with 1008.</remarks>
    public TimeSpan MessageTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many pings and pongs (RFC 6455 §5.5.2–3) a client may send a second; as many may come at once.</summary>
    /// <value>1 to 2,147,483,647. Default 1,000.</value>
    /// <remarks>Beyond it the connection is closed with 1008.</remarks>
    public int MaxControlFramesPerSecond { get; set; } = 1000;

    /// <summary>How many messages a client may send a second; as many may come at once.</summary>
    /// <value>1 to 2,147,483,647, or <see langword="null"/> for any number. Default <see langword="null"/>.</value>
    /// <remarks>
    /// Beyond it the message is refused with <see cref="ConnectionErrors.RateLimited"/> and the connection closed with 1008.
    /// </remarks>
    public int? MaxMessagesPerSecond { get; set; }

    /// <summary>How many bytes of messages a client may send a second; as many may come at once.</summary>
    /// <value>
    /// <see cref="MaxMessageBytes"/> to 2,147,483,647, or <see langword="null"/> for any number. Default <see langword="null"/>.
    /// </value>
    /// <remarks>
    /// Beyond it the message is refused with <see cref="ConnectionErrors.RateLimited"/> and the connection closed with 1008.
    /// </remarks>
    public int? MaxBytesPerSecond { get; set; }

    /// <summary>On which threads handlers begin: those of messages, and of <see cref="Server{TConnection,TProps}.OnConnect"/>.</summary>
    /// <value>Default <see cref="TypedChannels.HandlerScheduling.ThreadPool"/>.</value>
    /// <remarks>
    /// <see cref="TypedChannels.HandlerScheduling.Inline"/> holds for all sockets of the process that are first used after the server has
    /// started, other servers' and clients' too: what awaits them goes on on I/O threads. An application that maps the server decides for
    /// its own host, so there it is refused.
    /// </remarks>
    public HandlerScheduling HandlerScheduling { get; set; }

    /// <summary>Whether messages are compressed, with clients that can (permessage-deflate, RFC 7692).</summary>
    /// <value>Default <see cref="MessageCompression.Off"/>.</value>
    /// <remarks>
    /// <see cref="MaxMessageBytes"/> and <see cref="MaxBytesPerSecond"/> count what comes of inflating: a message beyond the first closes
    /// the connection with 1009, and damaged data with 1007. A message that joins a secret with what an attacker may choose must not be
    /// compressed: its length tells of the secret.
    /// </remarks>
    public MessageCompression Compression { get; set; }

    /// <summary>How long a closing handshake may take (RFC 6455 §7.1.1) before the connection is dropped.</summary>
    /// <value>More than zero, at most 1 day. Default 5 seconds.</value>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many clients may be connected at a time.</summary>
    /// <value>1 to 2,147,483,647. Default 100,000.</value>
    /// <remarks>
    /// Beyond it a handshake is answered with 503. On the server's own host there are no more than the process may open
    /// files for, less some.
    /// </remarks>
    public int MaxConnections { get; set; } = 100_000;

    /// <summary>How many message errors a minute a client may cause; one more closes its connection with 1008.</summary>
    /// <value>0 to 2,147,483,647. Default 60.</value>
    public int MessageErrorLimit { get; set; } = 60;

    /// <summary>
    /// The origins (RFC 6454), such as <c>https://example.com</c>, whose pages may connect besides those of the server's own host and port.
    /// A request without an <c>Origin</c> header comes from no browser and is always let in.
    /// </summary>
    /// <value>Default empty.</value>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Where log messages go.</summary>
    /// <value>
    /// Default <see langword="null"/>: warnings and errors to standard error; in an application that maps the server: the application's.
    /// </value>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>The clock.</summary>
    /// <value>
    /// Default <see cref="TimeProvider.System"/>; in an application that maps the server: the application's, where one is registered.
    /// </value>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Where arrays for messages come from: a test counts them.</summary>
    internal ArrayPool<byte> Buffers { get; set; } = ArrayPool<byte>.Shared;
}
