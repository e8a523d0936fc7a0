using System.IO.Compression;

namespace TypedChannels;

/// <summary>Inflates messages that were compressed one by one: permessage-deflate without context takeover (RFC 7692 §7.2.2).</summary>
internal static class MessageInflater
{
    private const int LeastRoomBytes = 1024;

    /// <summary>Inflates a message, and stops where it becomes too large.</summary>
    /// <param name="deflated">What the message's frames carried.</param>
    /// <param name="maxByteCount">The most that may come of it.</param>
    /// <param name="output">Where it goes.</param>
    /// <returns>The rule that the peer broke; null: the message is whole.</returns>
    public static Violation? Inflate(ReadOnlySpan<byte> deflated, int maxByteCount, PooledBufferWriter output)
    {
        // An empty message is to be sent as one byte, but some send none.
        if (deflated.IsEmpty)
            return null;
        using var input = new InflaterInput(deflated);
        using var inflater = new DeflateStream(input, CompressionMode.Decompress);
        try
        {
            for (var byteCount = 0; ReadPart(inflater, output, maxByteCount - byteCount + 1) is var read and > 0;)
            {
                byteCount += read;
                if (byteCount > maxByteCount)
                    return Violation.MessageTooBig;
                // The added final block says nothing; it was taken for the inside of another.
                if (input.IsAtFinalBlock)
                    return Violation.NotDeflate;
            }
        }
        catch (InvalidDataException)
        {
            return Violation.NotDeflate;
        }
        var isWhole = input.IsAtFinalBlock ? input.IsFinished : EndsWithFinalBlock(deflated);
        return isWhole ? null : Violation.NotDeflate;
    }

    private static int ReadPart(DeflateStream inflater, PooledBufferWriter output, int mostByteCount)
    {
        var room = output.GetSpan(LeastRoomBytes);
        var read = inflater.Read(room[..Math.Min(room.Length, mostByteCount)]);
        output.Advance(read);
        return read;
    }

    /// <summary>
    /// Whether a final block is really the end of a message (RFC 7692 §7.2.3.4: an empty block's first byte may follow it). A second look, a
    /// byte at a time, since the inflater does not say where it stopped.
    /// </summary>
    private static bool EndsWithFinalBlock(ReadOnlySpan<byte> deflated)
    {
        using var input = new InflaterInput(deflated, isByteByByte: true);
        using var inflater = new DeflateStream(input, CompressionMode.Decompress);
        Span<byte> ignored = stackalloc byte[LeastRoomBytes];
        while (inflater.Read(ignored) > 0)
        {
        }
        var rest = deflated[Math.Min(input.ReadByteCount, deflated.Length)..];
        return rest.IsEmpty || rest is [0];
    }
}
