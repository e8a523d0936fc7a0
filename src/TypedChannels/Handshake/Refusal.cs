namespace TypedChannels;

/// <summary>Why a handshake is refused.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">A sentence for whoever reads the response.</param>
/// <param name="Outcome">What it is counted as.</param>
internal sealed record Refusal(int Status, string Reason, string Outcome = "malformed");
