namespace TypedChannels.Load;

/// <summary>What a connection is for. It says so in its handshake's query.</summary>
internal enum Kind
{
    Honest,
    Stalling,
    Attacker,
}
