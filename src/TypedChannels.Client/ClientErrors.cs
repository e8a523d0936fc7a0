namespace TypedChannels;

/// <summary>Why a client could not connect, send or disconnect.</summary>
public enum ClientErrors
{
    /// <summary>The client is connecting.</summary>
    AlreadyConnecting = 0,

    /// <summary>The client is connected.</summary>
    AlreadyConnected,

    /// <summary>The client is not connected, or is closing.</summary>
    NotAlive,

    /// <summary>Nobody listens at the address, or it cannot be reached.</summary>
    ConnectionRefused,

    /// <summary>
    /// The server, or a proxy before it, answered with something other than a WebSocket, or closed before its ready message.
    /// </summary>
    HandshakeFailed,

    /// <summary>The server's ready message did not arrive in time.</summary>
    ConnectTimeout,

    /// <summary>The message is longer than the whole send queue, or than all that may wait for the connection to come back.</summary>
    MessageTooLarge,

    /// <summary>
    /// The send queue is full: the server takes messages more slowly than they are sent, or too many wait for the connection to come back.
    /// </summary>
    QueueFull,

    /// <summary>TLS could not be agreed on: the server's certificate is not trusted, or the two have no version in common.</summary>
    TlsFailed,

    /// <summary><see cref="ClientOptions.TokenProvider"/> failed, or gave what no header can carry.</summary>
    TokenFailed,
}
