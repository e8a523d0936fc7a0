using System.Text;

namespace TypedChannels;

/// <summary>What an application may put into a close frame.</summary>
internal static class CloseArguments
{
    // RFC 6455 §5.5: a control frame carries at most 125 bytes; two of them are the code.
    private const int MaxReasonBytes = 123;

    public static void Check(int code, string reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        if (!IsAllowed(code))
        {
            const string Allowed = "An application closes with 1000, 1001, 1008, 1011, or 3000 to 4999.";
            throw new ArgumentOutOfRangeException(nameof(code), code, Allowed);
        }
        if (Encoding.UTF8.GetByteCount(reason) > MaxReasonBytes)
            throw new ArgumentException($"A close reason has at most {MaxReasonBytes} bytes of UTF-8.", nameof(reason));
    }

    // RFC 6455 §7.4: the rest says what only the protocol itself can know.
    private static bool IsAllowed(int code) =>
        code is (>= 3000 and <= 4999)
            or (int)CloseCode.Normal or (int)CloseCode.GoingAway or (int)CloseCode.PolicyViolation or (int)CloseCode.InternalError;
}
