namespace TypedChannels;

/// <summary>
/// How a client connects again by itself when it has lost its connection. Checked and read when it connects. Not safe for concurrent use.
/// </summary>
public sealed class ReconnectOptions
{
    /// <summary>
    /// The longest delay before the first attempt. Each attempt's is twice the one's before it, up to <see cref="MaxDelay"/>. The delay
    /// itself is drawn evenly between zero and that, so that clients that were cut together do not come back together.
    /// </summary>
    /// <value>More than zero, at most <see cref="MaxDelay"/>. Default 1 second.</value>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest delay before any attempt. A connection that lasts less does not count as a success: the delays grow on.
    /// </summary>
    /// <value>More than zero, at most 1 day. Default 30 seconds.</value>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many attempts in a row may fail before the client gives up.</summary>
    /// <value>1 or more. Default <see langword="null"/>: it tries for ever.</value>
    public int? MaxAttempts { get; set; }

    /// <summary>
    /// How many bytes of messages may wait while the connection is lost, with 64 bytes a message. A send then ends when the new
    /// connection's send queue has its message, and fails with <see cref="ClientErrors.NotAlive"/> when the client does not come back.
    /// </summary>
    /// <value>0 to 1,073,741,824. Default 0: nothing waits, a send fails with <see cref="ClientErrors.NotAlive"/> at once.</value>
    /// <remarks>What does not fit fails with <see cref="ClientErrors.QueueFull"/>.</remarks>
    public int WaitingSendBytes { get; set; }

    /// <summary>Decides whether the client comes back from a connection that has ended so. It must not block.</summary>
    /// <value>
    /// Default <see langword="null"/>: after a loss (1006), a stop of the server (1001), a slow consumer's cut (4408), and what tells of a
    /// passing fault (1011 to 1014); not after any other close.
    /// </value>
    /// <remarks>Not asked after this side's own disconnect. Where it fails, that is logged and the default decides.</remarks>
    public Func<Disconnect, bool>? ShouldReconnect { get; set; }

    /// <summary>Where chance comes from: evenly from 0, inclusive, to 1, exclusive. Safe for concurrent use.</summary>
    internal Func<double> Chance { get; set; } = ReconnectDelay.Draw;
}
