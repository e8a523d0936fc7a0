namespace TypedChannels;

/// <summary>What RFC 6455 and the limits ask of a client's frame header, decided on as few of its bytes as possible.</summary>
internal static class FrameRules
{
    /// <summary>The rule that a header breaks, of which only the front may have arrived; null if it breaks none, so far.</summary>
    public static Violation? Check(in FrameHeader header, MessageAssembler message, in FrameReaderLimits limits) =>
        CheckFirstByte(header, message, limits) ?? (header.HasSecondByte ? CheckRest(header, message) : null);

    private static Violation? CheckFirstByte(in FrameHeader header, MessageAssembler message, in FrameReaderLimits limits)
    {
        var opcode = header.Opcode;
        // RFC 7692 §6: only a message's first frame may say that it is compressed.
        var mayBeDeflated = limits.AcceptDeflated && opcode is Opcode.Text or Opcode.Binary;
        if (header.HasReservedBits || (header.IsDeflated && !mayBeDeflated))
            return Violation.ReservedBits;
        if (opcode.IsReserved)
            return Violation.ReservedOpcode;
        // RFC 6455 §5.5: control frames are never fragmented, and may stand between the fragments of a message.
        if (opcode.IsControl)
            return header.IsFinal ? null : Violation.FragmentedControl;
        // RFC 6455 §5.4: a message is one frame, or one with an opcode and then continuations up to the final one.
        if (opcode == Opcode.Continuation)
        {
            if (!message.IsOpen)
                return Violation.NothingToContinue;
            return message.IsFull ? Violation.TooManyFragments : null;
        }
        if (message.IsOpen)
            return Violation.MessageUnfinished;
        return opcode == Opcode.Binary && !limits.AcceptBinary ? Violation.BinaryRefused : null;
    }

    private static Violation? CheckRest(in FrameHeader header, MessageAssembler message)
    {
        if (!header.IsMasked)
            return Violation.Unmasked;
        if (header.Opcode.IsControl)
        {
            // RFC 6455 §5.5: at most 125 bytes, which is what the second byte can say. A longer form is refused whatever follows it.
            if (header.HasLongLength)
                return Violation.LongControl;
            // RFC 6455 §5.5.1: a close payload, if there is any, begins with two bytes of code.
            return header.Opcode == Opcode.Close && header.MostPayloadBytes == 1 ? Violation.CloseOfOneByte : null;
        }
        if (header.IsLengthNotMinimal)
            return Violation.LengthNotMinimal;
        if (header.LeastPayloadBytes > long.MaxValue)
            return Violation.LengthTopBit;
        return message.Exceeds(header.LeastPayloadBytes, header.IsDeflated) ? Violation.MessageTooBig : null;
    }
}
