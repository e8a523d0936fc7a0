namespace TypedChannels;

/// <summary>A rule that the peer broke, and the code that the connection is failed with (RFC 6455 §7.1.7). The sentence fits a close frame.</summary>
internal sealed class Violation(CloseCode code, string reason)
{
    public static readonly Violation ReservedBits = new(CloseCode.ProtocolError, "Reserved bits must be 0: no extension was negotiated (RFC 6455 §5.2).");
    public static readonly Violation ReservedOpcode = new(CloseCode.ProtocolError, "The opcode is reserved (RFC 6455 §5.2).");
    public static readonly Violation FragmentedControl = new(CloseCode.ProtocolError, "A control frame must not be fragmented (RFC 6455 §5.5).");
    public static readonly Violation LongControl = new(CloseCode.ProtocolError, "A control frame carries at most 125 bytes (RFC 6455 §5.5).");
    public static readonly Violation Unmasked = new(CloseCode.ProtocolError, "A client frame must be masked (RFC 6455 §5.1).");
    public static readonly Violation LengthNotMinimal = new(CloseCode.ProtocolError, "The payload length is not minimally encoded (RFC 6455 §5.2).");
    public static readonly Violation LengthTopBit = new(CloseCode.ProtocolError, "The top bit of a payload length must be 0 (RFC 6455 §5.2).");
    public static readonly Violation NothingToContinue = new(CloseCode.ProtocolError, "A continuation frame has nothing to continue (RFC 6455 §5.4).");
    public static readonly Violation MessageUnfinished = new(CloseCode.ProtocolError, "A message began inside a fragmented one (RFC 6455 §5.4).");
    public static readonly Violation CloseOfOneByte = new(CloseCode.ProtocolError, "A close payload is empty or begins with two bytes of code (RFC 6455 §5.5.1).");
    public static readonly Violation CloseCodeInvalid = new(CloseCode.ProtocolError, "The close code must not be sent (RFC 6455 §7.4).");
    public static readonly Violation CloseReasonNotUtf8 = new(CloseCode.InvalidPayload, "The close reason is not UTF-8 (RFC 6455 §5.5.1).");
    public static readonly Violation BinaryRefused = new(CloseCode.UnsupportedData, "Binary messages are not accepted (RFC 6455 §7.4.1).");
    public static readonly Violation TextNotUtf8 = new(CloseCode.InvalidPayload, "The text is not UTF-8 (RFC 6455 §8.1).");
    public static readonly Violation TooManyFragments = new(CloseCode.PolicyViolation, "The message has too many fragments (RFC 6455 §10.4).");
    public static readonly Violation MessageTooBig = new(CloseCode.MessageTooBig, "The message is larger than the limit (RFC 6455 §10.4).");

    public CloseCode Code => code;

    public string Reason => reason;
}
