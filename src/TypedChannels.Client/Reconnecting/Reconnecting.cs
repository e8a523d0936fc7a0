namespace TypedChannels;

/// <summary>A client has lost its connection, and will try to connect again.</summary>
/// <param name="Attempt">Which attempt comes, from 1. Counted on until a connection has lasted.</param>
/// <param name="Delay">How long until then.</param>
/// <param name="Lost">How the connection ended, with how many messages were accepted for sending and not written.</param>
/// <param name="Failure">Why the attempt before has failed; <see langword="null"/> where there was none.</param>
public sealed record Reconnecting(int Attempt, TimeSpan Delay, Disconnect Lost, ClientException? Failure);
