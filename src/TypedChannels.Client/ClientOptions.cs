using Microsoft.Extensions.Logging;

namespace TypedChannels;

/// <summary>The options of a client. They are checked and read when it connects. Not safe for concurrent use.</summary>
public sealed class ClientOptions
{
    /// <summary>Where the server is: <c>ws://</c> or <c>wss://</c>, host, port and path.</summary>
    /// <value>Required.</value>
    public Uri? Uri { get; set; }

    /// <summary>The address as it may be told and logged: a user's password, or a token in the query, is nobody else's.</summary>
    internal string Address => Uri!.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

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
    internal void Check()
    {
        const int MaxBytes = 1024 * 1024 * 1024;
        var maxTime = TimeSpan.FromDays(1);
        if (Uri is not { IsAbsoluteUri: true, Scheme: "ws" or "wss" })
            throw new ArgumentException("ClientOptions.Uri must be absolute and begin with ws:// or wss://.");
        foreach (var (name, value) in new[]
        {
            (nameof(MaxMessageBytes), MaxMessageBytes),
            (nameof(SendQueueBytes), SendQueueBytes),
            (nameof(ReceiveQueueBytes), ReceiveQueueBytes),
        })
        {
            if (value is < 1 or > MaxBytes)
                throw OutOfRange(name, FormattableString.Invariant($"1 to {MaxBytes:N0}, not {value:N0}"));
        }
        foreach (var (name, value) in new[]
        {
            (nameof(ConnectTimeout), ConnectTimeout),
            (nameof(PingInterval), PingInterval),
            (nameof(PingTimeout), PingTimeout),
            (nameof(CloseTimeout), CloseTimeout),
        })
        {
            if (value <= TimeSpan.Zero || value > maxTime)
                throw OutOfRange(name, FormattableString.Invariant($"more than zero and at most {maxTime}, not {value}"));
        }
    }

    private static ArgumentException OutOfRange(string name, string what) => new($"ClientOptions.{name} must be {what}.");
}
