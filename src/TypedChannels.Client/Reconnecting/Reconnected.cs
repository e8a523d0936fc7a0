namespace TypedChannels;

/// <summary>A client that had lost its connection has connected again. For the server it is another client.</summary>
/// <param name="Attempts">How many attempts it took.</param>
public sealed record Reconnected(int Attempts);
