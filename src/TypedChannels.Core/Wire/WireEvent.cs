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
    private WireEvent(WireEventKind kind, ReadOnlySpan<byte> payload)
    {
        Kind = kind;
        Payload = payload;
    }

    public WireEventKind Kind { get; }

    /// <summary>The message's or the ping's or pong's bytes, unmasked; valid until the next read.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>For a message: whether it is compressed yet (RFC 7692 §6). A text is then not yet known to be UTF-8.</summary>
    public bool IsDeflated { get; private init; }

    /// <summary>For a close: the peer's code, 1005 if it sent none.</summary>
    public CloseCode Code { get; private init; }

    /// <summary>For a close: the peer's reason.</summary>
    public string Reason { get => field ?? ""; private init; }

    /// <summary>The rule that was broken, or null.</summary>
    public Violation? Broken { get; private init; }

    public static WireEvent Message(Opcode opcode, ReadOnlySpan<byte> payload, bool isDeflated) =>
        new(opcode == Opcode.Text ? WireEventKind.Text : WireEventKind.Binary, payload) { IsDeflated = isDeflated };

    public static WireEvent Control(Opcode opcode, ReadOnlySpan<byte> payload) =>
        new(opcode == Opcode.Ping ? WireEventKind.Ping : WireEventKind.Pong, payload);

    public static WireEvent Close(CloseCode code, string reason) => new(WireEventKind.Close, default) { Code = code, Reason = reason };

    public static WireEvent Violation(Violation violation) => new(WireEventKind.Violation, default) { Broken = violation };
}
