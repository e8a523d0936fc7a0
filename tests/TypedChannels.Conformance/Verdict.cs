namespace TypedChannels.Conformance;

internal enum Judgement
{
    Ok,
    NonStrict,
    Informational,
    Unimplemented,
    Failed,
}

/// <summary>What became of a case.</summary>
/// <param name="Case">Its identifier.</param>
/// <param name="Endpoint">Which server.</param>
/// <param name="Chopping">How the bytes were cut.</param>
/// <param name="Judgement">The worse of the two verdicts.</param>
/// <param name="Behaviour">What the server sent, where it is not what it must.</param>
/// <param name="Close">How it closed, where it is not how it must.</param>
/// <param name="EndMilliseconds">From the close frames to the end of TCP.</param>
internal sealed record Verdict(
    string Case, string Endpoint, Chopping Chopping, Judgement Judgement, string Behaviour, string Close, double EndMilliseconds)
{
    public override string ToString() => $"{Case,-8} {Endpoint} {Chopping}: {Judgement} {Behaviour} {Close}";
}
