namespace TypedChannels;

/// <summary>Whether messages are compressed; see <see cref="ServerOptions.Compression"/>.</summary>
public enum MessageCompression
{
    /// <summary>No message is compressed, whatever a client offers.</summary>
    Off,

    /// <summary>
    /// With clients that offer permessage-deflate (RFC 7692), as browsers do, messages are compressed one by one, without context takeover:
    /// nothing is held between messages, and what goes to many clients is compressed once.
    /// </summary>
    Deflate,
}
