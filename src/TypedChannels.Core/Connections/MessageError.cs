namespace TypedChannels;

/// <summary>A message was received, but processing it failed. The connection goes on.</summary>
/// <param name="Code">What went wrong.</param>
/// <param name="Channel">The channel, where it is one that this side knows; otherwise <see langword="null"/>.</param>
/// <param name="Detail">A sentence for the log. Never sent to the peer.</param>
/// <param name="Exception">The exception behind it, where there is one. Never sent to the peer.</param>
public sealed record MessageError(ConnectionErrors Code, string? Channel, string Detail, Exception? Exception);
