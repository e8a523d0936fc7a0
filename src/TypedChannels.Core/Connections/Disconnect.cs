namespace TypedChannels;

/// <summary>How a connection ended.</summary>
/// <param name="Code">The close code (RFC 6455 §7.4); 1006 where no close frame came, 1005 where one came without a code.</param>
/// <param name="Reason">The close reason; empty where none was given.</param>
/// <param name="WasClean">Whether the closing handshake was completed (RFC 6455 §7.1.4).</param>
public sealed record Disconnect(int Code, string Reason, bool WasClean);
