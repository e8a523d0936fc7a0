using static TypedChannels.CloseCode;

namespace TypedChannels;

/// <summary>A rule that the peer broke, as a close frame tells it: the code, and a sentence (RFC 6455 §7.1.7).</summary>
/// <remarks>One that breaks a limit names the option that sets it.</remarks>
internal sealed class Violation(CloseCode code, string reason, string? limit = null)
{
    public static readonly Violation ReservedBits = new(ProtocolError, "Reserved bits must be 0 (RFC 6455 §5.2).");
    public static readonly Violation ReservedOpcode = new(ProtocolError, "The opcode is reserved (RFC 6455 §5.2).");
    public static readonly Violation FragmentedControl = new(ProtocolError, "A control frame must not be fragmented (RFC 6455 §5.5).");
    public static readonly Violation LongControl = new(ProtocolError, "A control frame carries at most 125 bytes (RFC 6455 §5.5).");
    public static readonly Violation Unmasked = new(ProtocolError, "A client frame must be masked (RFC 6455 §5.1).");
    public static readonly Violation LengthNotMinimal = new(ProtocolError, "The payload length is not minimally encoded (RFC 6455 §5.2).");
    public static readonly Violation LengthTopBit = new(ProtocolError, "The top bit of a payload length must be 0 (RFC 6455 §5.2).");
    public static readonly Violation NothingToContinue = new(ProtocolError, "A continuation has nothing to continue (RFC 6455 §5.4).");
    public static readonly Violation MessageUnfinished = new(ProtocolError, "A message began inside a fragmented one (RFC 6455 §5.4).");
    public static readonly Violation CloseOfOneByte = new(ProtocolError, "A close payload of one byte has no code (RFC 6455 §5.5.1).");
    public static readonly Violation CloseCodeInvalid = new(ProtocolError, "The close code must not be sent (RFC 6455 §7.4).");
    public static readonly Violation CloseReasonNotUtf8 = new(InvalidPayload, "The close reason is not UTF-8 (RFC 6455 §5.5.1).");
    public static readonly Violation BinaryRefused = new(UnsupportedData, "Binary messages are not accepted (RFC 6455 §7.4.1).");
    public static readonly Violation TextNotUtf8 = new(InvalidPayload, "The text is not UTF-8 (RFC 6455 §8.1).");
    public static readonly Violation NotDeflate = new(InvalidPayload, "The compressed data is damaged (RFC 7692 §7.2.2).");
    public static readonly Violation TooManyFragments = new(
        PolicyViolation, "The message has too many fragments (RFC 6455 §10.4).", nameof(ConnectionLimits.MaxFragments));
    public static readonly Violation MessageTooBig = new(
        CloseCode.MessageTooBig, "The message is larger than the limit (RFC 6455 §10.4).", nameof(ConnectionLimits.MaxMessageBytes));
    public static readonly Violation MessageTooSlow = new(
        PolicyViolation, "The message was not finished in time (RFC 6455 §10.4).", nameof(ConnectionLimits.MessageTimeout));
    public static readonly Violation TooManyControlFrames = new(
        PolicyViolation, "Too many pings and pongs a second (RFC 6455 §10.4).", nameof(ConnectionLimits.MaxControlFramesPerSecond));
    public static readonly Violation TooManyMessages = new(
        PolicyViolation, "Too many messages a second (RFC 6455 §10.4).", nameof(ConnectionLimits.MaxMessagesPerSecond));
    public static readonly Violation TooManyBytes = new(
        PolicyViolation, "Too many bytes a second (RFC 6455 §10.4).", nameof(ConnectionLimits.MaxBytesPerSecond));

    public CloseCode Code => code;

    public string Reason => reason;

    /// <summary>The option whose limit was exceeded; null for a rule of the protocol.</summary>
    public string? Limit => limit;
}
