using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace TypedChannels;

/// <summary>A close frame's payload (RFC 6455 §5.5.1): nothing, or two bytes of code and a reason in UTF-8.</summary>
internal static class ClosePayload
{
    public const int MaxByteCount = 125;

    private const int CodeByteCount = 2;

    /// <summary>What is wrong with a payload of which only the front may have arrived; null if nothing is, so far.</summary>
    public static Violation? Check(ReadOnlySpan<byte> received, bool isWhole)
    {
        if (received.Length < CodeByteCount)
            return null;
        if (!Code(received).IsValidOnTheWire)
            return Violation.CloseCodeInvalid;
        var reason = new Utf8Validator();
        return reason.Append(received[CodeByteCount..]) && (reason.IsComplete || !isWhole) ? null : Violation.CloseReasonNotUtf8;
    }

    /// <summary>Reads a whole payload that passed <see cref="Check"/>.</summary>
    public static (CloseCode Code, string Reason) Parse(ReadOnlySpan<byte> payload) =>
        payload.IsEmpty ? (CloseCode.NoStatus, "") : (Code(payload), Encoding.UTF8.GetString(payload[CodeByteCount..]));

    /// <summary>Writes a payload into <see cref="MaxByteCount"/> bytes; too long a reason is cut between two characters.</summary>
    /// <returns>How many bytes it took.</returns>
    public static int Format(Span<byte> output, CloseCode code, string reason)
    {
        if (code == CloseCode.NoStatus)
            return 0;
        if (!code.IsValidOnTheWire)
            throw new ArgumentOutOfRangeException(nameof(code), code, "The code must not be sent (RFC 6455 §7.4).");
        BinaryPrimitives.WriteUInt16BigEndian(output, (ushort)code);
        Utf8.FromUtf16(reason, output[CodeByteCount..MaxByteCount], out _, out var reasonByteCount);
        return CodeByteCount + reasonByteCount;
    }

    private static CloseCode Code(ReadOnlySpan<byte> payload) => (CloseCode)BinaryPrimitives.ReadUInt16BigEndian(payload);
}
