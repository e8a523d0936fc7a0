using System.Buffers;

namespace TypedChannels;

/// <summary>Writes whole unfragmented frames as a server does: unmasked (RFC 6455 §5.1).</summary>
internal static class FrameWriter
{
    /// <summary>The longest header of an unmasked frame.</summary>
    public const int MaxHeaderByteCount = 10;

    /// <summary>The longest payload for <see cref="WriteWhole"/>: half of a pipe's block, so that little is left unused at its end.</summary>
    public const int MaxWholeByteCount = 2048;

    public static void WritePing(IBufferWriter<byte> output, ReadOnlySpan<byte> payload) => WriteControl(output, Opcode.Ping, payload);

    /// <summary>RFC 6455 §5.5.3: a pong that answers carries the ping's payload.</summary>
    public static void WritePong(IBufferWriter<byte> output, ReadOnlySpan<byte> payload) => WriteControl(output, Opcode.Pong, payload);

    /// <summary>Writes a close frame: empty for 1005. A reason over 123 bytes is cut between two characters.</summary>
    public static void WriteClose(IBufferWriter<byte> output, CloseCode code, string reason)
    {
        Span<byte> payload = stackalloc byte[ClosePayload.MaxByteCount];
        WriteControl(output, Opcode.Close, payload[..ClosePayload.Format(payload, code, reason)]);
    }

    /// <summary>Writes the header of a frame whose payload the caller writes after it.</summary>
    public static void WriteHeader(IBufferWriter<byte> output, Opcode opcode, int payloadByteCount, bool isDeflated = false) =>
        output.Advance(FrameHeader.Format(output.GetSpan(MaxHeaderByteCount), opcode, isFinal: true, payloadByteCount, isDeflated));

    /// <summary>Writes a frame of a short payload, with one look for room.</summary>
    public static void WriteWhole(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var frame = output.GetSpan(MaxHeaderByteCount + payload.Length);
        var headerByteCount = FrameHeader.Format(frame, opcode, isFinal: true, payload.Length);
        payload.CopyTo(frame[headerByteCount..]);
        output.Advance(headerByteCount + payload.Length);
    }

    private static void Write(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        WriteHeader(output, opcode, payload.Length);
        output.Write(payload);
    }

    private static void WriteControl(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload)
    {
        // RFC 6455 §5.5.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, 125, nameof(payload));
        Write(output, opcode, payload);
    }
}
