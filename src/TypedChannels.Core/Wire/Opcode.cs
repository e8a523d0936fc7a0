namespace TypedChannels;

/// <summary>What a frame carries (RFC 6455 §5.2, §11.8).</summary>
internal enum Opcode : byte
{
    Continuation = 0x0,
    Text = 0x1,
    Binary = 0x2,
    Close = 0x8,
    Ping = 0x9,
    Pong = 0xA,
}

internal static class OpcodeRules
{
    extension(Opcode opcode)
    {
        // RFC 6455 §5.5: the most significant bit of the four marks a control frame.
        public bool IsControl => ((byte)opcode & 0x8) != 0;

        // RFC 6455 §5.2: 0x3–0x7 and 0xB–0xF are reserved.
        public bool IsReserved => ((byte)opcode & 0x7) > 2;
    }
}
