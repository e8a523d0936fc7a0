namespace TypedChannels;

/// <summary>Which side of a connection sends on a channel.</summary>
public enum ChannelDirection
{
    /// <summary>Server and client both send and receive. The default.</summary>
    Both = 0,

    /// <summary>Only clients send, only the server receives.</summary>
    ToServer = 1,

    /// <summary>Only the server sends, only clients receive.</summary>
    ToClient = 2,
}
