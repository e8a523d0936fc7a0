namespace TypedChannels.LoadGenerator;

/// <summary>Why there is no figure.</summary>
internal sealed class LoadException(string message) : Exception(message);
