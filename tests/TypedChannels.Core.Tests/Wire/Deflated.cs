using System.IO.Compression;

namespace TypedChannels.Tests.Wire;

/// <summary>Messages compressed as a client does it (RFC 7692 §7.2.1), without any of the product's code.</summary>
internal static class Deflated
{
    /// <summary>The message in blocks, without the empty one at the end.</summary>
    public static byte[] Flushed(byte[] message, CompressionLevel level = CompressionLevel.Optimal)
    {
        // RFC 7692 §7.2.3.6. DeflateStream writes nothing at all for it.
        if (message.Length == 0)
            return [0];
        using var output = new MemoryStream();
        using var deflate = new DeflateStream(output, level);
        deflate.Write(message);
        deflate.Flush();
        return output.ToArray()[..^4];
    }

    /// <summary>The message with a final block at its end, and without the byte that a client must add to it (RFC 7692 §7.2.3.4).</summary>
    public static byte[] Final(byte[] message)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.Optimal))
            deflate.Write(message);
        return output.ToArray();
    }

    /// <summary>A block that is not compressed (RFC 1951 §3.2.4).</summary>
    public static byte[] Stored(byte[] message) =>
        [0, (byte)message.Length, (byte)(message.Length >> 8), (byte)~message.Length, (byte)(~message.Length >> 8), .. message];

    public static byte[] Inflate(byte[] deflated)
    {
        using var input = new MemoryStream([.. deflated, 0, 0, 0xFF, 0xFF]);
        using var inflate = new DeflateStream(input, CompressionMode.Decompress);
        using var output = new MemoryStream();
        inflate.CopyTo(output);
        return output.ToArray();
    }
}
