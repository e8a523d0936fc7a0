namespace TypedChannels;

internal enum WireEventKind
{
    /// <summary>All of the input is consumed, and nothing came of it yet.</summary>
    NeedMore,
    Text,
    Binary,
    Ping,
    Pong,

    /// <summary>The peer's close frame. Whatever follows is ignored (RFC 6455 §5.5.1).</summary>
    Close,

    /// <summary>The peer broke a rule. Whatever follows is ignored (RFC 6455 §7.1.7).</summary>
    Violation,
}

/// <summary>What a <see cref="FrameReader"/> found: a whole message, a control frame, or the end.</summary>
internal readonly ref struct WireEvent
{
    private WireEvent(WireEventKind kind, ReadOnlySpan<byte> payload, CloseCode code, string? reason)
    {
        Kind = kind;
        Payload = payload;
        Code = code;
        Reason = reason ?? "";
    }

    public WireEventKind Kind { get; }

    /// <summary>The message's or the ping's or pong's bytes, unmasked; valid until the next read.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>For a close: the peer's code, 1005 if it sent none. For a violation: the code to fail the connection with.</summary>
    public CloseCode Code { get; }

    /// <summary>For a close: the peer's reason. For a violation: a sentence that names the rule.</summary>
    public string Reason => field ?? "";

    public static WireEvent Message(Opcode opcode, ReadOnlySpan<byte> payload) =>
        new(opcode == Opcode.Text ? WireEventKind.Text : WireEventKind.Binary, payload, default, null);

    public static WireEvent Control(Opcode opcode, ReadOnlySpan<byte> payload) =>
        new(opcode == Opcode.Ping ? WireEventKind.Ping : WireEventKind.Pong, payload, default, null);

    public static WireEvent Close(CloseCode code, string reason) => new(WireEventKind.Close, default, code, reason);

    public static WireEvent Violation(Violation violation) => new(WireEventKind.Violation, default, violation.Code, violation.Reason);
}
